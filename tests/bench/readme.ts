import { tableOf } from "./table.ts";
import type { Row } from "./row.ts";

const FILE = new URL("../../README.md", import.meta.url);
const START = "<!-- bench: written by `deno task bench --readme` -->";
const END = "<!-- end of bench -->";

/**
 * Puts the table into the README, between its two marks.
 *
 * @param machine What it was measured on, in one line.
 * @param day When.
 * @throws {Error} Where the README has no marks.
 */
export async function writeReadme(
  rows: readonly Row[],
  machine: string,
  day: string,
): Promise<void> {
  const text = await Deno.readTextFile(FILE);
  const [before, rest] = text.split(START);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) {
    throw new Error(`README.md has no place for the table: put the lines\n${START}\n${END}`);
  }
  const measured =
    `Measured on ${day}: ${machine}. The figures are medians of pairs of runs that ` +
    `took turns, with the least and the largest; both sides gave the same numbers.`;
  await Deno.writeTextFile(
    FILE,
    `${before}${START}\n\n${measured}\n\n${tableOf(rows)}\n\n${END}${after}`,
  );
}
