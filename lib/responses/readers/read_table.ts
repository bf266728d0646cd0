import { DataProblems, problem } from "../problem.ts";
import { fileKind, type Kind, KINDS } from "./file_kind.ts";
import type { ResponseTable } from "./response_table.ts";

type Read = (
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  isKnown: (name: string) => boolean,
) => ResponseTable | Promise<ResponseTable>;

/**
 * The formats that can be read. A new format is one file in this folder and one line here. Each is
 * loaded when a file needs it, so that reading a CSV file waits for no other.
 */
const READERS: Partial<Record<Kind, () => Promise<Read>>> = {
  text: async () => (await import("./csv.ts")).readCsv,
  excel: async () => (await import("./workbook.ts")).readWorkbook,
  spss: async () => (await import("./spss.ts")).readSpss,
  parquet: async () => (await import("./parquet.ts")).readParquet,
  arrow: async () => (await import("./apart.ts")).readArrow,
};

/** The endings of file names that are read, without the dot. */
export const ENDINGS: readonly string[] = (Object.keys(READERS) as Kind[])
  .flatMap((kind) => KINDS[kind].endings);

/**
 * Reads a response file of any known format as texts.
 *
 * @param bytes The whole file.
 * @param file Its name; the ending has to fit the content.
 * @param isKnown Whether a column name is one that is looked for: tells the sheet with the answers
 *   from the others.
 * @throws {DataProblems} If the file is empty, of a kind that is not read, misnamed or damaged.
 */
export async function readTable(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  isKnown: (name: string) => boolean,
): Promise<ResponseTable> {
  if (bytes.length === 0) {
    throw new DataProblems(file, [
      problem("empty_file", "a header and one row per respondent (0 bytes)"),
    ]);
  }
  const read = READERS[checkKind(fileKind(bytes), file)]!;
  return await (await read())(bytes, file, isKnown);
}

/** @throws {DataProblems} If a file is of a kind that is not read, or is called what it is not. */
export function checkKind(kind: Kind, file: string): Kind {
  const refused = (expected: string) => new DataProblems(file, [problem("wrong_kind", expected)]);
  const ending = /\.([^.]+)$/.exec(file)?.[1]?.toLowerCase() ?? "";
  const called = (Object.keys(KINDS) as Kind[])
    .find((k) => (KINDS[k].endings as readonly string[]).includes(ending));
  if (called !== undefined && called !== kind) {
    throw refused(
      `${KINDS[called].name}, as its ending .${ending} says, but by its content it is ` +
        KINDS[kind].name,
    );
  }
  if (kind in READERS) return kind;
  const readable = ENDINGS.map((each) => `.${each}`).join(", ");
  throw refused(`one of ${readable}; by its content the file is ${KINDS[kind].name}`);
}
