import { ColumnTable } from "arquero";
import { InputError } from "../responses/input_error.ts";
import type { Codebook } from "../responses/codebook.ts";
import type { Estimate } from "../statistics/estimate.ts";

/** Estimates as `shares()` gives them, after any of Arquero's verbs, or an array of them. */
export type EstimateRows = ColumnTable | readonly Partial<Estimate>[];

/**
 * Rows of a table as estimates. Columns that say nothing new may have been left out: who was asked,
 * the set beside a category, the variable of rows that are of everyone.
 *
 * @throws {InputError} Where there is no row, or one lacks what it is a share of.
 */
export function estimatesOfRows(rows: EstimateRows, { questions }: Codebook): Estimate[] {
  const all = rows instanceof ColumnTable
    ? rows.objects() as readonly Partial<Estimate>[]
    : [...rows];
  if (all.length === 0) throw new InputError("There is no estimate to draw: the table has no row.");
  return all.map((row, index): Estimate => {
    const { question, set = null, category = null, variable = null, group = null } = row;
    const lacks = typeof question !== "string"
      ? "question"
      : set === null && category === null
      ? "set or category"
      : group !== null && variable === null
      ? "variable"
      : typeof row.share !== "number" && row.share !== null
      ? "share"
      : null;
    if (lacks !== null) {
      throw new InputError(
        `Row ${index + 1} of ${all.length} is no estimate: it has no ${lacks}. It has: ${
          Object.keys(row).join(", ")
        }. Keep the columns that shares() gives.`,
      );
    }
    const share = numberOf(row.share);
    return {
      question: question!,
      set,
      category: set === null ? category : null,
      base: row.base ?? questions[question!]?.base ?? "",
      variable,
      group,
      n: row.n ?? NaN,
      count: numberOf(row.count),
      share,
      low: numberOf(row.low),
      high: numberOf(row.high),
      weighted: row.weighted ?? false,
      suppressed: row.suppressed ?? share === null,
    };
  });
}

/** A number that may not be shown is NaN in a table. */
function numberOf(value: number | null | undefined): number | null {
  return value === undefined || value === null || Number.isNaN(value) ? null : value;
}
