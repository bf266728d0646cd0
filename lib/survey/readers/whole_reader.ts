import { packTexts } from "./open_dictionary.ts";
import type { Reader, ResponseTable } from "./reader.ts";

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
      const table = await format.read(source.whole(), source.name, isKnown);
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
    },
  };
}
