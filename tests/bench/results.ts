import { join } from "node:path";
import { exists } from "./exists.ts";
import type { Machine } from "./machine.ts";
import type { Row } from "./row.ts";

/** What one case has given, as it is stored. */
export interface Results {
  readonly case: string;
  readonly day: string;
  readonly machine: Machine;
  /** How many programs wanted a core meanwhile: the least and the most. */
  readonly load: readonly [number, number];
  /** Competitors that could not be installed, with the reason. */
  readonly missing: readonly string[];
  readonly rows: readonly Row[];
}

/** Stores a row of a case, in the place of what was measured of the same before. */
export async function storeRow(folder: string, results: Results): Promise<void> {
  const [before] = await readResults(folder, [results.case]);
  const keys = new Set(results.rows.map(({ key }) => key));
  const rows = [...before?.rows.filter(({ key }) => !keys.has(key)) ?? [], ...results.rows]
    .toSorted((a, b) => a.key.localeCompare(b.key, "en", { numeric: true }));
  const load = [...before?.load ?? [], ...results.load];
  const text = JSON.stringify(
    { ...results, rows, load: [Math.min(...load), Math.max(...load)] },
    null,
    2,
  );
  await Deno.writeTextFile(join(folder, `${results.case}.json`), text + "\n");
}

/** The stored results of these cases, those that there are. */
export async function readResults(folder: string, cases: readonly string[]): Promise<Results[]> {
  const all: Results[] = [];
  for (const name of cases) {
    const path = join(folder, `${name}.json`);
    if (await exists(path)) all.push(JSON.parse(await Deno.readTextFile(path)));
  }
  return all;
}
