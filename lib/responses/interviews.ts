import { type ColumnTable, escape, fromCSV } from "arquero";
import { InputError } from "./input_error.ts";
import { decodeText } from "./readers/decode_text.ts";
import { dataFile } from "./study.ts";

const COLUMNS = [
  "id",
  "page",
  "kind",
  "themes",
  "gender",
  "age_group",
  "role",
  "gist_da",
  "gist_en",
];

/**
 * Reads the coded passages of the interviews, one row per passage.
 *
 * @param file A CSV file as described in data/README.md.
 * @returns An Arquero table with the file's columns: `page` is a number, `themes` a list of ids;
 *   `gender`, `age_group` and `role` are codebook ids, or null where the report names no speaker.
 * @throws {InputError} If the file cannot be read or a column is missing.
 */
export function readInterviews(file: string | URL = dataFile("interviews.csv")): ColumnTable {
  const name = String(file).split(/[\\/]/).at(-1) ?? String(file);
  let bytes: Uint8Array;
  try {
    bytes = Deno.readFileSync(file);
  } catch (error) {
    throw new InputError(
      `Cannot read the interviews in ${name}: ${(error as Error).message}. Check the path.`,
    );
  }
  const table = fromCSV(decodeText(bytes, name), { autoType: false });
  const missing = COLUMNS.filter((c) => !table.columnNames().includes(c));
  if (missing.length > 0) {
    throw new InputError(
      `Cannot use the interviews in ${name}: no column ${missing.join(", ")}. ` +
        `Add it to the header; data/README.md says what it holds.`,
    );
  }
  return table.derive({
    page: escape((row: { page: string }) => Number(row.page)),
    themes: escape((row: { themes: string | null }) => row.themes?.split(";") ?? []),
  });
}
