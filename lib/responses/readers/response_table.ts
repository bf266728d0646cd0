import { DataProblems, type Problem, problem } from "../problem.ts";

/** A value of a column as it stands in a file; null, undefined and "" where there is none. */
export type CellText = string | null | undefined;

/** What stands in the table for a formula that was never worked out, so that it has no value. */
export const NOT_CALCULATED = "(a formula without its result)";

/** What a file says about one of its columns; SPSS files do. */
export interface AboutColumn {
  /** A second name, such as the question as it was put. */
  readonly title?: string;
  /** Values of the table that the file declares as missing ("user-missing"), as they stand in it. */
  readonly missing?: ReadonlySet<string>;
  /** The code behind each label of the table, where the file holds codes and their labels. */
  readonly labels?: ReadonlyMap<string, string>;
  /** Whether the file weighs its respondents by it. */
  readonly isWeight?: boolean;
}

/** A response file as it stands: its columns, before anything is known about them. */
export interface ResponseTable {
  /** The column names as they stand in the file. */
  readonly header: readonly string[];
  /** The values of each column, one per respondent. */
  readonly columns: readonly (readonly CellText[])[];
  readonly respondents: number;
  /** The line on which a respondent (from 0) begins, or null where the file has no lines. */
  readonly lineOf: (row: number) => number | null;
  /** What the file says about its columns beyond their names, by position. */
  readonly about?: ReadonlyMap<number, AboutColumn>;
  /** Columns that cannot be read, by position: nobody minds where nobody needs them. */
  readonly unread?: ReadonlyMap<number, Problem>;
  /** What was noticed while reading and can be lived with. */
  readonly notes?: readonly Problem[];
}

/**
 * Makes the table of a file that has been read into columns. Rows without a single value are left
 * out, since they are no respondents; where a column cannot be read, nobody knows which those are.
 *
 * @param header The names as they stand in the file.
 * @param columns The values of each column.
 * @param lineOf The line of a row of `columns` (from 0), where the file has lines.
 */
export function responseTable(
  header: readonly string[],
  columns: readonly (readonly CellText[])[],
  lineOf: (row: number) => number | null = () => null,
  unread: NonNullable<ResponseTable["unread"]> = new Map(),
): ResponseTable {
  const rows = columns[0]?.length ?? 0;
  const kept: number[] = [];
  for (let row = 0; row < rows; row++) {
    if (unread.size > 0 || columns.some((values) => values[row])) kept.push(row);
  }
  return {
    header,
    respondents: kept.length,
    columns: kept.length === rows
      ? columns
      : columns.map((values) => kept.map((row) => values[row])),
    lineOf: (row) => lineOf(kept[row] ?? row),
    unread,
  };
}

/**
 * Writes a value of a typed format (Parquet, Arrow, a workbook) as the text that a CSV file of the
 * same answers would have: a date without a zone, true and false as 1 and 0.
 *
 * @param column The column's name, for the message.
 * @throws {DataProblems} If the value is a list, a record or the like, which no answer is.
 */
export function cellText(value: unknown, column: string, file: string): string | null {
  switch (typeof value) {
    case "undefined":
      return null;
    case "string":
      return value;
    case "boolean":
      return value ? "1" : "0";
    case "number":
      // Data frames write NaN where there is none.
      return Number.isNaN(value) ? null : String(value);
    case "bigint":
      return String(value);
  }
  if (value === null) return null;
  if (value instanceof Date) return dateText(value);
  throw noAnswer(column, file);
}

/** A column that holds what no answer is: lists or records. */
export function noAnswer(column: string, file: string): DataProblems {
  return new DataProblems(file, [
    problem("damaged", "texts, numbers and dates; this column holds lists or records", { column }),
  ]);
}

/**
 * Reads a column, or notes why it cannot be read.
 *
 * @param unread What is wrong with columns, by position; it is added to.
 * @param rows How many values the column has.
 */
export function readColumn(
  unread: Map<number, Problem>,
  position: number,
  rows: number,
  read: () => readonly CellText[],
): readonly CellText[] {
  try {
    return read();
  } catch (error) {
    // The formats' libraries throw errors of every kind at a damaged column.
    const value = error instanceof Error ? error.message : String(error);
    const [first] = error instanceof DataProblems ? error.problems : [];
    unread.set(position, first ?? problem("damaged", "values that can be read", { value }));
    return new Array(rows).fill(null);
  }
}

/** These formats hold dates as UTC, whatever the zone of the machine that reads them. */
function dateText(date: Date): string | null {
  if (isNaN(date.getTime())) return null;
  // A workbook counts in days, so that a second may come out a little short.
  const text = new Date(1000 * Math.round(date.getTime() / 1000)).toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text.slice(0, 19);
}
