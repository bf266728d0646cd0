import { DataProblems, problem } from "../problem.ts";
import { fileKind, type Kind, KINDS } from "./file_kind.ts";
import type { Reader, ReadFile } from "./reader.ts";
import type { Begin } from "./receiver.ts";
import type { Source } from "./source.ts";
import { wholeReader } from "./whole_reader.ts";

/**
 * The formats that can be read. A new format is one file in this folder and one line here. Each is
 * loaded when a file needs it, so that reading a CSV file waits for no other.
 */
const READERS: Partial<Record<Kind, () => Promise<Reader>>> = {
  text: async () => (await import("./csv.ts")).csv,
  excel: async () => wholeReader((await import("./workbook.ts")).workbook),
  spss: async () => wholeReader((await import("./spss.ts")).spss),
  parquet: async () => (await import("./parquet.ts")).parquet,
  arrow: async () => (await import("./arrow.ts")).arrow,
};

/** So many bytes at the beginning of a file tell its kind. */
const HEAD = 2 ** 16;

/**
 * Reads a response file of any known format and hands its values on, as texts.
 *
 * @param source The file; the ending of its name has to fit the content.
 * @param begin Says who takes the values of each column.
 * @param isKnown Whether a column name is one that is looked for.
 * @throws {DataProblems} If the file is empty, of a kind that is not read, misnamed or damaged.
 */
export async function readInto(
  source: Source,
  begin: Begin,
  isKnown: (name: string) => boolean,
): Promise<ReadFile> {
  const { name: file, size } = source;
  if (size === 0) {
    throw new DataProblems(file, [
      problem("empty_file", "a header and one row per respondent (0 bytes)"),
    ]);
  }
  const kind = kindOf(source);
  const reader = READERS[kind];
  const ending = /\.([^.]+)$/.exec(file)?.[1]?.toLowerCase() ?? "";
  const called = (Object.keys(KINDS) as Kind[])
    .find((k) => (KINDS[k].endings as readonly string[]).includes(ending));
  if (called !== undefined && called !== kind) {
    throw new DataProblems(file, [
      problem(
        "wrong_kind",
        `${KINDS[called].name}, as its ending .${ending} says, but by its content it is ` +
          KINDS[kind].name,
      ),
    ]);
  }
  if (!reader) {
    const readable = (Object.keys(READERS) as Kind[])
      .flatMap((k) => KINDS[k].endings.map((e) => `.${e}`)).join(", ");
    throw new DataProblems(file, [
      problem(
        "wrong_kind",
        `one of ${readable}; by its content the file is ${KINDS[kind].name}`,
      ),
    ]);
  }
  return await (await reader()).read(source, begin, isKnown);
}

function kindOf(source: Source): Kind {
  const head = new Uint8Array(Math.min(HEAD, source.size));
  source.copy(0, head);
  // What an archive holds stands at its end.
  return fileKind(head[0] === 0x50 && head[1] === 0x4b ? source.whole() : head);
}
