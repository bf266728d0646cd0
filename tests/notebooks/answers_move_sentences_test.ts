/** One changed answer category changes the sentences that speak of it, and those alone. */
import assert from "node:assert/strict";
import { findNotebooks } from "../../lib/commands/project.ts";
import { withFile } from "../responses/with_file.ts";
import { type Block, changedAnswers, narrativeOf } from "./narrative_of.ts";

/** The shipped answers with every other answer of one category to one question moved to another. */
async function withMoved(question: string, from: string, to: string): Promise<string> {
  let seen = 0;
  const moved = await changedAnswers((values, at) => {
    if (values[at(question)] === from && seen++ % 2 === 0) values[at(question)] = to;
  });
  assert(seen > 100, `${seen} people answered "${from}" to ${question}`);
  return moved;
}

const textsOf = (blocks: readonly Block[], notebook: string) =>
  blocks.filter(({ at }) => at.startsWith(notebook)).map(({ language, text }) =>
    `${language}: ${text}`
  );

Deno.test("fewer who feel the growing workload: its sentences move, those of other questions do not", async () => {
  const paths = findNotebooks(["04", "06", "08"]);
  const csv = await withMoved("workload_quality", "Delvist enig", "Helt uenig");
  const before = await narrativeOf(paths, "");
  const after = await withFile("moved.csv", csv, (file) => narrativeOf(paths, file));

  for (const untouched of ["04_decisions", "08_cooperation"]) {
    assert(textsOf(before, untouched).length > 20, untouched);
    assert.deepEqual(textsOf(after, untouched), textsOf(before, untouched), untouched);
  }
  const [said, says] = [before, after].map((blocks) =>
    new Set(textsOf(blocks, "06_time_and_workload"))
  );
  assert(said && says);
  const gone = [...said].filter((text) => !says.has(text));
  const stayed = [...said].filter((text) => says.has(text));
  // Both languages, headlines and the verdicts among them.
  for (const about of [/^da: .*58 pct\./, /^en: .*58%/, /^da: holder/, /^en: holds/]) {
    assert(gone.some((text) => about.test(text)), `no sentence like ${about} has changed`);
  }
  assert([...says].some((text) => /^en: does not hold/.test(text)), "a claim broke");
  // Haste is another question on another page.
  assert(stayed.some((text) => /^da: .*53 pct\./.test(text)));
  assert(!gone.some((text) => /^en: holds .*\(page 14\)/.test(text)));
});
