import { type ColumnTable, table } from "arquero";
import type { Estimate } from "./estimate.ts";

/** The columns of a table of estimates, in order. */
export const ESTIMATE_COLUMNS = [
  "question",
  "set",
  "category",
  "base",
  "variable",
  "group",
  "n",
  "count",
  "share",
  "low",
  "high",
  "weighted",
  "suppressed",
] as const satisfies readonly (keyof Estimate)[];

/** Estimates as a plain Arquero table, one row each; shares are numbers from 0 to 1. */
export function toTable(estimates: readonly Estimate[]): ColumnTable {
  return table(ESTIMATE_COLUMNS.map((name) => [
    name,
    estimates.map((estimate) => estimate[name]),
  ]));
}
