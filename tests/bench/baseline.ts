import { exists } from "./exists.ts";
import type { Row } from "./row.ts";

const FILE = new URL("./baseline.json", import.meta.url);

/** The median ratio of each comparison when the baseline was stored. */
export type Baseline = Readonly<Record<string, number>>;

/** A ratio that falls by less than this part is what a busy machine does. */
const SLACK = 0.3;

/** The stored baseline; empty where there is none. */
export async function readBaseline(): Promise<Baseline> {
  return await exists(FILE.pathname) ? JSON.parse(await Deno.readTextFile(FILE)) : {};
}

/** Stores these ratios, and leaves those of comparisons that were not made. */
export async function storeBaseline(rows: readonly Row[]): Promise<void> {
  const merged = { ...await readBaseline(), ...ratiosOf(rows) };
  const sorted = Object.fromEntries(Object.entries(merged).sort(([a], [b]) => a < b ? -1 : 1));
  await Deno.writeTextFile(FILE, JSON.stringify(sorted, null, 2) + "\n");
}

/** What has become slower than it was, in words. */
export function slowerThan(baseline: Baseline, rows: readonly Row[]): string[] {
  return Object.entries(ratiosOf(rows)).flatMap(([key, ratio]) => {
    const before = baseline[key];
    if (before === undefined || ratio >= before * (1 - SLACK)) return [];
    return [`slower: ${key} is ${ratio} times as fast as the other side, and was ${before}`];
  });
}

function ratiosOf(rows: readonly Row[]): Record<string, number> {
  return Object.fromEntries(
    rows.flatMap(({ key, ratio }) => ratio ? [[key, Number(ratio.median.toPrecision(3))]] : []),
  );
}
