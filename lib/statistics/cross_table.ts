import { transpose } from "./matrix.ts";
import { categoriesCounted, type Counts, groupsCounted } from "./counts.ts";

/** People by row, then by column. */
export interface Cells {
  readonly n: readonly (readonly number[])[];
  readonly w: readonly (readonly number[])[];
  readonly w2: readonly (readonly number[])[];
}

/** People by row and column, without empty rows and columns. */
export interface CrossTable extends Cells {
  /** Ids of the rows and of the columns that are left. */
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** The sample that the people are from. */
  readonly sample: Counts["sample"];
  /** The same weights by `partsOf()` the sample, where it has some. */
  readonly parts?: readonly Cells[];
}

/** A category, or several taken as one. */
type Together = string | readonly string[];

/**
 * The groups of a variable by the answers to a question, for what speaks of a whole table: without
 * those who have no group or answer, and without rows and columns that nobody is in.
 *
 * @param options Which groups and answers count, in order; all of them by default. A list among them is
 *   taken together; its id joins theirs with "+".
 * @throws {RangeError} Where the counts have no variable, or no such group or answer.
 */
export function crossTable(
  counts: Counts,
  { groups, answers }: { groups?: readonly Together[]; answers?: readonly Together[] } = {},
): CrossTable {
  if (counts.variable === null) throw new RangeError("A table needs counts by a variable");
  const width = counts.answers.length;
  const placed = (ids: readonly Together[], all: readonly (string | null)[], of: string) =>
    ids.map((each) => {
      const joined = [each].flat();
      const at = joined.map((id) => all.indexOf(id));
      if (at.includes(-1)) throw new RangeError(`"${joined[at.indexOf(-1)]}" is no ${of}`);
      return { id: joined.join("+"), at };
    });
  const rows = placed(
    groups ?? groupsCounted(counts) as string[],
    counts.groups,
    `group of ${counts.variable}`,
  );
  const columns = placed(
    answers ?? categoriesCounted(counts),
    counts.answers,
    `answer to ${counts.question}`,
  );
  type Placed = (typeof rows)[number];
  const sumIn = (sums: Float64Array, row: Placed, column: Placed) =>
    sumOf(row.at.flatMap((r) => column.at.map((c) => sums[r * width + c]!)));
  const hasPeople = (row: Placed, column: Placed) => sumIn(counts.n, row, column) > 0;
  const keptRows = rows.filter((row) => columns.some((column) => hasPeople(row, column)));
  const keptColumns = columns.filter((column) => rows.some((row) => hasPeople(row, column)));
  const pick = (sums: Float64Array) =>
    keptRows.map((row) => keptColumns.map((column) => sumIn(sums, row, column)));
  const sums = ({ n, w, w2 }: Counts) => ({ n: pick(n), w: pick(w), w2: pick(w2) });
  return {
    rows: keptRows.map(({ id }) => id),
    columns: keptColumns.map(({ id }) => id),
    ...sums(counts),
    sample: counts.sample,
    ...counts.parts && { parts: counts.parts.map(sums) },
  };
}

/** The same table with its columns as rows. */
export function transposed(table: CrossTable): CrossTable {
  const turn = ({ n, w, w2 }: Cells): Cells => ({
    n: transpose(n),
    w: transpose(w),
    w2: transpose(w2),
  });
  return {
    ...{ rows: table.columns, columns: table.rows, sample: table.sample, ...turn(table) },
    ...table.parts && { parts: table.parts.map(turn) },
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
