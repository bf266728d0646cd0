import type { Counts } from "./counts.ts";

/** People by row and column, without empty rows and columns. */
export interface CrossTable {
  /** Ids of the rows and of the columns that are left. */
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** Row by row, then column by column. */
  readonly n: readonly (readonly number[])[];
  readonly w: readonly (readonly number[])[];
  readonly w2: readonly (readonly number[])[];
  /** The sample that the people are from. */
  readonly sample: Counts["sample"];
  /** The same weights by stratum, in the order of the sample's strata, where it has some. */
  readonly strata?: readonly Pick<CrossTable, "n" | "w" | "w2">[];
}

/**
 * The groups of a variable by the answers to a question, for what speaks of a whole table. Those
 * without a group or an answer are left out, and so are rows and columns without people: nothing
 * can be said of them.
 *
 * @param counts Counts by a variable (or by another question).
 * @param options Which groups and answers count, in order; all of them by default. For ordinal
 *   measures leave out "don't know".
 * @throws {RangeError} Where the counts have no variable, or no such group or answer.
 */
export function crossTable(
  counts: Counts,
  { groups, answers }: { groups?: readonly string[]; answers?: readonly string[] } = {},
): CrossTable {
  if (counts.variable === null) throw new RangeError("A table needs counts by a variable");
  const rows = (groups ?? counts.groups.slice(0, -2)).map((group) => {
    const at = counts.groups.indexOf(group);
    if (at < 0) throw new RangeError(`"${group}" is no group of ${counts.variable}`);
    return { id: group ?? "", at };
  });
  const columns = (answers ?? counts.answers.slice(0, -2)).map((answer) => {
    const at = counts.answers.indexOf(answer);
    if (at < 0) throw new RangeError(`"${answer}" is no answer to ${counts.question}`);
    return { id: answer, at };
  });
  const people = (row: { at: number }, column: { at: number }) =>
    counts.n[row.at * counts.answers.length + column.at] ?? 0;
  const keptRows = rows.filter((row) => columns.some((column) => people(row, column) > 0));
  const keptColumns = columns.filter((column) => rows.some((row) => people(row, column) > 0));
  const pick = (sums: Float64Array) =>
    keptRows.map((row) =>
      keptColumns.map((column) => sums[row.at * counts.answers.length + column.at] ?? 0)
    );
  const sums = ({ n, w, w2 }: Counts) => ({ n: pick(n), w: pick(w), w2: pick(w2) });
  return {
    rows: keptRows.map(({ id }) => id),
    columns: keptColumns.map(({ id }) => id),
    ...sums(counts),
    sample: counts.sample,
    ...counts.strata && { strata: counts.strata.map(sums) },
  };
}

/** The sum of some numbers. */
export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Sums by row, by column, and over all. */
export function margins(
  cells: readonly (readonly number[])[],
): { rows: number[]; columns: number[]; total: number } {
  const rows = cells.map(sumOf);
  const columns = (cells[0] ?? []).map((_, j) => sumOf(cells.map((row) => row[j] ?? 0)));
  return { rows, columns, total: sumOf(rows) };
}

/**
 * The people of one stratum by row and column; of all of them for null.
 *
 * @throws {RangeError} Where the sample has strata, and the table is not counted by them.
 */
export function tableOfStratum(
  table: CrossTable,
  stratum: number | null,
): Pick<CrossTable, "n" | "w" | "w2"> {
  if (stratum === null) return table;
  const own = table.strata?.[stratum];
  if (own === undefined) {
    throw new RangeError("The sample has strata, and this table is not counted by them");
  }
  return own;
}
