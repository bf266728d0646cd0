import { DataProblems, problem } from "../problem.ts";
import { fileKind, type Kind, KINDS } from "./file_kind.ts";
import type { Reader, ResponseTable } from "./reader.ts";

/**
 * The formats that can be read. A new format is one file in this folder and one line here. Each is
 * loaded when a file needs it, so that reading a CSV file waits for no other.
 */
const READERS: Partial<Record<Kind, () => Promise<Reader>>> = {
  text: async () => (await import("./csv.ts")).csv,
  excel: async () => (await import("./workbook.ts")).workbook,
  spss: async () => (await import("./spss.ts")).spss,
  parquet: async () => (await import("./columnar.ts")).parquet,
  arrow: async () => (await import("./columnar.ts")).arrow,
};

/**
 * Reads a response file of any known format into one table of strings.
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
): Promise<ResponseTable> {
  if (bytes.length === 0) {
    throw new DataProblems(file, [
      problem("empty_file", "a header and one row per respondent (0 bytes)"),
    ]);
  }
  const kind = fileKind(bytes);
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
  return await (await reader()).read(bytes, file, isKnown);
}
