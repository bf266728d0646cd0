import type { Problem } from "../problem.ts";
import type { Begin } from "./receiver.ts";
import type { Source } from "./source.ts";

/** A response file whose values were handed on, and how to speak of its rows. */
export interface ReadFile {
  /** The column names as they stand in the file. */
  readonly header: readonly string[];
  /** For each column whether it is one: without a name and without a value it is not. Absent: all. */
  readonly kept?: readonly boolean[];
  readonly respondents: number;
  /** The line on which a respondent (from 0) begins, or null where the file has no lines. */
  readonly lineOf: (row: number) => number | null;
  /** The value of a respondent in a column, by its position in the header; null where it is empty. */
  readonly textOf: (row: number, position: number) => string | null;
  /** What the file says about its columns beyond their names, by position; SPSS files do. */
  readonly about?: ReadonlyMap<number, AboutColumn>;
  /** What was noticed while reading and can be lived with. */
  readonly notes?: readonly Problem[];
}

/** What a file says about one of its columns. */
export interface AboutColumn {
  /** A second name, such as the question as it was put. */
  readonly title?: string;
  /** Values of the table that the file declares as missing ("user-missing"), as they stand in it. */
  readonly missing?: ReadonlySet<string>;
  /** The code behind each label of the table, where the file holds codes and their labels. */
  readonly labels?: ReadonlyMap<string, string>;
}

/**
 * What a file format has to do to be read: one file in this folder, and a line in read_table.ts. A
 * format whose files are read whole makes a {@link WholeReader} and leaves the rest to whole_reader.ts.
 */
export interface Reader {
  /**
   * Hands the values of a file on, column by column or in parts of columns. Rows without a single value
   * are left out, since they are no respondents.
   *
   * @param source The file, not empty.
   * @param begin Is told the columns and says who takes their values. It may be called again, where
   *   reading has to begin anew; what was handed on before then is void.
   * @param isKnown Whether a column name is one that is looked for: tells the sheet with the answers
   *   from the others.
   * @throws {DataProblems} If the file is damaged.
   */
  read(
    source: Source,
    begin: Begin,
    isKnown: (name: string) => boolean,
  ): Promise<ReadFile>;
}

/** A response file that was read whole: its columns, before anything is known about them. */
export interface ResponseTable {
  /** The column names as they stand in the file. */
  readonly header: readonly string[];
  /** The values of each column, null or undefined where empty. */
  readonly columns: readonly (readonly Value[])[];
  /** The line on which a respondent (from 0) begins, or null where the file has no lines. */
  readonly lineOf: (row: number) => number | null;
  /** See {@link ReadFile}. */
  readonly about?: ReadonlyMap<number, AboutColumn>;
  /** See {@link ReadFile}. */
  readonly notes?: readonly Problem[];
}

/** A value of a column as it stands in a file; null and undefined where there is none. */
export type Value = string | null | undefined;

/**
 * Makes the table of a file that has been read into columns. Rows without a single value are left
 * out, since they are no respondents.
 *
 * @param header The names as they stand in the file.
 * @param columns The values of each column.
 * @param lineOf The line of a row of `columns` (from 0), where the file has lines.
 */
export function responseTable(
  header: readonly string[],
  columns: readonly (readonly Value[])[],
  lineOf: (row: number) => number | null = () => null,
): ResponseTable {
  const rows = [...Array(columns[0]?.length ?? 0).keys()];
  const kept = rows.filter((row) => columns.some((values) => values[row]));
  const all = kept.length === rows.length;
  return {
    header,
    columns: all ? columns : columns.map((values) => kept.map((row) => values[row])),
    lineOf: (row) => lineOf(kept[row] ?? row),
  };
}
