import { fileURLToPath } from "node:url";
import { runProgram } from "../jupyter/python_environment.ts";
import { machineLine } from "./machine.ts";
import type { Results } from "./results.ts";
import { tableOf } from "./table.ts";

const FILE = new URL("README.md", import.meta.url);
const START = "<!-- bench: written by `deno task bench --readme` -->";
const END = "<!-- end of bench -->";

/**
 * Puts what was measured into tests/bench/README.md, between its two marks.
 *
 * @throws {Error} Where it has no marks.
 */
export async function writeReadme(results: readonly Results[]): Promise<void> {
  const text = await Deno.readTextFile(FILE);
  const [before, rest] = text.split(START);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) {
    throw new Error(
      `tests/bench/README.md has no place for the table: put the lines\n${START}\n${END}`,
    );
  }
  const rows = results.flatMap(({ rows }) => rows)
    // Where the time goes is for whoever wants to change it.
    .filter(({ key }) => !key.startsWith("report/time/"));
  const machines = new Set(results.map(({ machine }) => machineLine(machine)));
  const days = results.map(({ day }) => day).sort();
  const loads = results.flatMap(({ load }) => load).sort((a, b) => a - b);
  const when = days[0] === days.at(-1) ? days[0] : `${days[0]} to ${days.at(-1)}`;
  const measured = `Measured ${when} on ${[...machines].join("; ")}, while ${loads[0]} to ` +
    `${
      loads.at(-1)
    } programs wanted a core. "Times as fast": the median over pairs of runs that took ` +
    `turns, with the least and the largest; both sides gave the same numbers.`;
  const section = `${START}\n\n${measured}\n\n${tableOf(rows)}\n\n${END}`;
  await Deno.writeTextFile(FILE, `${before}${section}${after}`);
  await runProgram(Deno.execPath(), ["fmt", "--quiet", fileURLToPath(FILE)]);
}
