import type { ColumnTable } from "arquero";
import { KeptTexts } from "./kept_texts.ts";
import type { ReadFile } from "./reader.ts";
import { readInto } from "./read_into.ts";
import { bytesSource } from "./source.ts";

/** A response file as it stands, before anything is known about its columns. */
export interface TextTable extends Pick<ReadFile, "lineOf" | "about" | "notes"> {
  /** The file's columns in order, values as strings, null where empty. Names are unique. */
  readonly table: ColumnTable;
  /** The column names as they stand in the file, in the order of the table's columns. */
  readonly header: readonly string[];
}

/**
 * Reads a response file of any known format into one Arquero table of strings.
 *
 * @param bytes The whole file.
 * @param file Its name; the ending has to fit the content.
 * @param isKnown Whether a column name is one that is looked for.
 * @throws {DataProblems} If the file is empty, of a kind that is not read, misnamed or damaged.
 */
export async function readTable(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  isKnown: (name: string) => boolean,
): Promise<TextTable> {
  let columns: KeptTexts[] = [];
  const read = await readInto(bytesSource(bytes, file), (header) => {
    columns = header.map(() => new KeptTexts());
    return columns;
  }, isKnown);
  const { table } = await import("arquero");
  const kept = [...read.header.keys()].filter((position) => read.kept?.[position] ?? true);
  const header = kept.map((position) => read.header[position] ?? "");
  const entries = uniqueNames(header)
    .map((name, i): [string, (string | null)[]] => [name, columns[kept[i] ?? -1]?.values ?? []]);
  return { ...read, table: table(entries) as ColumnTable, header };
}

/** Makes names unique, so that they can name the columns of one table: a second "a" is "a (2)". */
function uniqueNames(header: readonly string[]): string[] {
  const taken = new Set<string>();
  return header.map((name) => {
    let unique = name;
    for (let i = 2; taken.has(unique); i++) unique = `${name} (${i})`;
    taken.add(unique);
    return unique;
  });
}
