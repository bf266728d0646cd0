import { DataProblems, problem } from "../problem.ts";
import { damagedBy } from "./damaged.ts";
import { type ResponseTable, responseTable } from "./response_table.ts";
import { asText } from "./value_as_text.ts";
import { lostCells } from "./workbook_cells.ts";
import { zipEntries } from "./zip_entries.ts";

/** So many rows may stand above the header: a title, who exported when. */
const HEADER_WITHIN = 20;

/**
 * Excel workbooks (.xlsx): the sheet and the header row in which the most column names are known. An
 * error in a cell stands in the table as Excel shows it, such as #DIV/0!.
 */
export async function readWorkbook(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  isKnown: (name: string) => boolean,
): Promise<ResponseTable> {
  const parts = zipEntries(bytes, file, (name) => /\.(xml|rels)$/.test(name));
  const lost = lostCells(parts, file);
  const { default: readXlsxFile } = await import("read-excel-file/universal");
  const sheets = await damagedBy(file, () => readXlsxFile(bytes.buffer));
  for (const { sheet, data } of sheets) {
    for (const { row, column, text } of lost.get(sheet) ?? []) {
      const cells = (data as unknown[][])[row];
      if (cells) { while (cells.length <= column) cells.push(null); }
      if (cells) cells[column] = text;
    }
  }
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
}

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
