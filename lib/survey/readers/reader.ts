import type { ColumnTable } from "arquero";

/** A response file as it stands, before anything is known about its columns. */
export interface ResponseTable {
  /** The file's columns in order, values as strings, null where empty. Names are unique. */
  readonly table: ColumnTable;
  /** The column names as they stand in the file, in the order of the table's columns. */
  readonly header: readonly string[];
  /** The line on which a respondent (from 0) begins, or null where the file has no lines. */
  readonly lineOf: (row: number) => number | null;
}

/** What a file format has to do to be read: one file in this folder, and a line in read_table.ts. */
export interface Reader {
  /**
   * @param bytes The whole file, not empty.
   * @param file Its name, for messages.
   * @throws {DataProblems} If the file is damaged.
   */
  read(bytes: Uint8Array, file: string): ResponseTable | Promise<ResponseTable>;
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
