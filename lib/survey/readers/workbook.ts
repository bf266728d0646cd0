import { DataProblems, problem } from "../problem.ts";
import { damaged, damagedBy } from "./damaged.ts";
import { type Reader, type ResponseTable, responseTable } from "./reader.ts";
import { asText } from "./value_as_text.ts";
import { zipEntries } from "./zip_entries.ts";

/** So many rows may stand above the header: a title, who exported when. */
const HEADER_WITHIN = 20;

/** Excel workbooks (.xlsx): the sheet and the header row that know the most columns. */
export const workbook: Reader = {
  async read(bytes, file, isKnown) {
    checkParts(bytes, file);
    const { default: readXlsxFile } = await import("read-excel-file/universal");
    const sheets = await damagedBy(
      file,
      () =>
        readXlsxFile(bytes.buffer).catch((error: unknown) => {
          throw cellError(error, file) ?? error;
        }),
    );
    const found = sheets.map(({ sheet, data }) => ({ sheet, data, ...headerOf(data, isKnown) }))
      .filter(({ data }) => data.length > 0);
    const [first] = found;
    if (!first) {
      throw new DataProblems(file, [
        problem("empty_file", "a sheet with a header and one row per respondent"),
      ]);
    }
    const best = found.reduce((a, b) => (b.known > a.known ? b : a), first);
    const others = found.filter((each) => each !== best && each.known > 2);
    return {
      ...sheetTable(best.data, best.row, file),
      notes: others.map(({ sheet, known }) =>
        problem("other_sheet", `one sheet with answers; "${best.sheet}" was read`, {
          value: sheet,
          column: null,
          count: known,
        })
      ),
    };
  },
};

type Cells = readonly (readonly unknown[])[];

/** The row with the most names that are known: the first of those, or where none is, the first row. */
function headerOf(data: Cells, isKnown: (name: string) => boolean): { row: number; known: number } {
  const counts = data.slice(0, HEADER_WITHIN)
    .map((cells) => cells.filter((cell) => typeof cell === "string" && isKnown(cell)).length);
  const known = Math.max(0, ...counts);
  const filled = data.findIndex((cells) => cells.some((cell) => cell !== null));
  return { row: known > 0 ? counts.indexOf(known) : filled, known };
}

function sheetTable(data: Cells, headerRow: number, file: string): ResponseTable {
  const names = data[headerRow] ?? [];
  const rows = data.slice(headerRow + 1);
  const positions = [...names.keys()].filter((c) =>
    names[c] !== null || rows.some((cells) => (cells[c] ?? null) !== null)
  );
  const header = positions.map((c) => asText(names[c], "", file)?.trim() ?? "");
  const columns = positions.map((c, i) =>
    rows.map((cells) => asText(cells[c], header[i] ?? "", file))
  );
  return responseTable(header, columns, (row) => headerRow + 2 + row);
}

/** Looks for what would make the library fill the memory, and compares all parts with their checksums. */
function checkParts(bytes: Uint8Array, file: string) {
  const parts = zipEntries(bytes, file, (name) => /\.(xml|rels)$/.test(name));
  for (const [name, content] of parts) {
    if (!name.includes("worksheets/")) continue;
    const text = new TextDecoder().decode(content);
    // Excel has 1,048,576 rows and columns up to XFD.
    if (/ r="(?:[A-Z]{4,}\d|[A-Z]*\d{8})/.test(text)) {
      throw damaged(file, `rows up to 1,048,576 and columns up to XFD in ${name}`);
    }
  }
}

/** The library names a cell with an error in it as `<c/> at row 3, col 2: #N/A`. */
function cellError(error: unknown, file: string): DataProblems | null {
  const found = /at row (\d+), col (\d+): (.+)$/.exec((error as Error)?.message ?? "");
  if (!found) return null;
  const [, row, column, value = ""] = found;
  return new DataProblems(file, [
    problem("cell_error", `a value in column ${column}`, { line: Number(row), value }),
  ]);
}
