import { packTexts } from "./open_dictionary.ts";
import type { Reader, ReadFile, ResponseTable } from "./reader.ts";
import type { Begin } from "./receiver.ts";

/** A format whose files are read whole, such as workbooks. */
export interface WholeReader {
  /**
   * @param bytes The whole file, not empty.
   * @param file Its name, for messages.
   * @param isKnown Whether a column name is one that is looked for.
   * @throws {DataProblems} If the file is damaged.
   */
  read(
    bytes: Uint8Array<ArrayBuffer>,
    file: string,
    isKnown: (name: string) => boolean,
  ): ResponseTable | Promise<ResponseTable>;
}

/** Makes a reader that hands the columns of a whole file on. */
export function wholeReader(format: WholeReader): Reader {
  return {
    async read(source, begin, isKnown) {
      return handOn(await format.read(source.whole(), source.name, isKnown), begin);
    },
  };
}

/** Hands the columns of a file on that was read whole. */
export function handOn(table: ResponseTable, begin: Begin): ReadFile {
  const { header, columns, lineOf, about, notes } = table;
  const sinks = begin(header, about);
  sinks.forEach((sink, position) => {
    const values = columns[position] ?? [];
    sink?.expect?.(values.length);
    sink?.texts(0, packTexts(values));
  });
  return {
    header,
    respondents: columns[0]?.length ?? 0,
    lineOf,
    textOf: (row, position) => columns[position]?.[row] || null,
    ...(about ? { about } : {}),
    ...(notes ? { notes } : {}),
  };
}
