/** The library is the machine and data/ the study: lib/ names nothing of the codebook. */
import assert from "node:assert/strict";
import { codebook } from "../../lib/responses/study.ts";

/** Every id that the codebook gives a name to: questions, variables, bases, scales and their sets. */
const { questions, variables, bases, scales } = codebook();
const ids = new Set([
  ...[questions, variables, bases, scales].flatMap((named) => Object.keys(named)),
  ...Object.values(scales).flatMap(({ sets }) => Object.keys(sets)),
]);

/**
 * Ids that are plain English words too, where the word is no id: the ends of an interval, all of
 * several, an element's role, an attribute.
 */
const WORDS = new Set(["all", "low", "high", "role", "agree", "disagree", "degree", "frequency"]);

async function* typescriptIn(folder: URL): AsyncGenerator<URL> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const at = new URL(isDirectory ? `${name}/` : name, folder);
    if (isDirectory) yield* typescriptIn(at);
    else if (name.endsWith(".ts")) yield at;
  }
}

/** The code without comments; names in it are strings, keys, or parts of an expression. */
const codeOf = (text: string) =>
  text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[^:"'`])\/\/.*$/gm, "$1");

Deno.test("lib/ names no question, variable, base, scale or set of data/codebook.json", async () => {
  const found: string[] = [];
  let files = 0;
  for await (const file of typescriptIn(new URL("../../lib/", import.meta.url))) {
    files++;
    const code = codeOf(await Deno.readTextFile(file));
    for (const id of ids) {
      // An id with "_" is no English word, so it is looked for anywhere; others as a string or key.
      const pattern = id.includes("_")
        ? new RegExp(`\\b${id}\\b`)
        : new RegExp(`["'\`]${id}["'\`]|\\.${id}\\b|[{,]\\s*${id}:`);
      if (!WORDS.has(id) && pattern.test(code)) found.push(`${file.pathname}: ${id}`);
    }
  }
  assert(files > 100, "files were read");
  assert.deepEqual(found, []);
});
