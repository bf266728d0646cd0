import { equal, ok } from "node:assert/strict";
import { join } from "node:path";
import { findNotebooks } from "../../lib/commands/project.ts";
import { notebookOf, outputsOf, textsOf } from "../report/notebook_of.ts";
import { readNotebook } from "../../lib/report/notebook_json.ts";
import { runNotebook } from "../../lib/report/run_notebooks.ts";

/** How many files of jsdom the kernel has loaded. Its own modules are CommonJS, which Node lists. */
const LOADED = `
import { Module } from "node:module";
console.log(Object.keys(Module._cache).filter((path) => path.includes("/jsdom/")).length);
`;

async function lastText(folder: string, ...cells: string[]): Promise<string> {
  const path = join(folder, "counting.ipynb");
  const { failure, notebook } = await runNotebook(path, notebookOf(...cells, LOADED));
  equal(failure?.message, undefined);
  return textsOf(outputsOf(notebook).at(-1)!).join();
}

Deno.test("a notebook draws its charts without a document of jsdom", async () => {
  const [path = ""] = findNotebooks(["02"]);
  const { cells } = await readNotebook(path);
  const sources = cells.flatMap((cell) => cell.cell_type === "code" ? [cell.source] : []);
  ok(sources.some((source) => source.includes("Plot.plot")), "it draws");
  const folder = join(path, "..");
  equal(await lastText(folder, ...sources), "stdout: 0\n");
  const loaded = await lastText(folder, `await import("jsdom");`);
  ok(Number(/\d+/.exec(loaded)?.[0]) > 100, `what counts them finds ${loaded}`);
});
