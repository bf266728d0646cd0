import { join } from "node:path";
import { exists } from "./exists.ts";
import type { Machine } from "./machine.ts";
import type { Row } from "./row.ts";

/** What one case has given, as it is stored. */
export interface Results {
  readonly case: string;
  readonly day: string;
  readonly machine: Machine;
  /** How many programs wanted a core when the case began and when it ended. */
  readonly load: readonly [number, number];
  /** Competitors that could not be installed, with the reason. */
  readonly missing: readonly string[];
  readonly rows: readonly Row[];
}

/** Stores the results of a case in the place of its earlier ones. */
export async function storeResults(folder: string, results: Results): Promise<void> {
  const text = JSON.stringify(results, null, 2) + "\n";
  await Deno.writeTextFile(join(folder, `${results.case}.json`), text);
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
