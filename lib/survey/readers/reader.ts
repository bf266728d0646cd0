import { type ColumnTable, table } from "arquero";
import type { Problem } from "../problem.ts";

/** A response file as it stands, before anything is known about its columns. */
export interface ResponseTable {
  /** The file's columns in order, values as strings, null where empty. Names are unique. */
  readonly table: ColumnTable;
  /** The column names as they stand in the file, in the order of the table's columns. */
  readonly header: readonly string[];
  /** The line on which a respondent (from 0) begins, or null where the file has no lines. */
  readonly lineOf: (row: number) => number | null;
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

/** What a file format has to do to be read: one file in this folder, and a line in read_table.ts. */
export interface Reader {
  /**
   * @param bytes The whole file, not empty.
   * @param file Its name, for messages.
   * @param isKnown Whether a column name is one that is looked for: tells the sheet with the answers
   *   from the others.
   * @throws {DataProblems} If the file is damaged.
   */
  read(
    bytes: Uint8Array<ArrayBuffer>,
    file: string,
    isKnown: (name: string) => boolean,
  ): ResponseTable | Promise<ResponseTable>;
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
  const entries = uniqueNames(header).map((name, c): [string, Value[]] => {
    const values = columns[c] ?? [];
    return [name, all ? [...values] : kept.map((row) => values[row])];
  });
  return {
    table: table(entries) as ColumnTable,
    header,
    lineOf: (row) => lineOf(kept[row] ?? row),
  };
}

/** Makes names unique, so that they can name the columns of one table: a second "a" is "a (2)". */
export function uniqueNames(header: readonly string[]): string[] {
  const taken = new Set<string>();
  return header.map((name) => {
    let unique = name;
    for (let i = 2; taken.has(unique); i++) unique = `${name} (${i})`;
    taken.add(unique);
    return unique;
  });
}
