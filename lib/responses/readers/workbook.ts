import { DataProblems, problem } from "../problem.ts";
import { readApart } from "./apart.ts";
import { type ResponseTable, responseTable } from "./response_table.ts";
import type { Sheet } from "./sheets.ts";

/** So many rows may stand above the header: a title, who exported when. */
const HEADER_WITHIN = 20;

/**
 * Excel workbooks (.xlsx): of the sheets that are shown, the one and the header row in which the most
 * column names are known.
 */
export async function readWorkbook(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  isKnown: (name: string) => boolean,
): Promise<ResponseTable> {
  const sheets = await readApart("workbook", bytes, file);
  const found = sheets.filter(({ rows }) => rows.size > 0)
    .map((sheet) => ({ ...sheet, ...headerOf(sheet.rows, isKnown) }));
  const shown = found.filter(({ isHidden, known }) => !isHidden && known > 0);
  const among = shown.length > 0 ? shown : found;
  const [first] = among;
  if (!first) {
    throw new DataProblems(file, [
      problem("empty_file", "a sheet with a header and one row per respondent"),
    ]);
  }
  const best = among.reduce((a, b) => (b.known > a.known ? b : a), first);
  const others = found.filter((each) => each !== best && each.known > 2);
  return {
    ...sheetTable(best.rows, best.header),
    notes: others.map(({ name, isHidden, known }) =>
      problem("other_sheet", `one sheet with answers; "${best.name}" was read`, {
        value: isHidden ? `${name} (hidden)` : name,
        column: null,
        count: known,
      })
    ),
  };
}

/** The number of the row with the most names that are known: the first of those, or where none is, the first row. */
function headerOf(rows: Sheet["rows"], isKnown: (name: string) => boolean) {
  let [header, known] = [Infinity, 0];
  for (const row of rows.keys()) header = Math.min(header, row);
  for (let row = 1; row <= HEADER_WITHIN; row++) {
    const count = rows.get(row)?.filter((text) => text && isKnown(text)).length ?? 0;
    if (count > known) [header, known] = [row, count];
  }
  return { header, known };
}

function sheetTable(rows: Sheet["rows"], header: number): ResponseTable {
  const names = rows.get(header)!;
  const below = [...rows.keys()].filter((row) => row > header).sort((a, b) => a - b);
  const used = new Set(names.keys().filter((column) => names[column]));
  for (const row of below) rows.get(row)!.forEach((text, column) => text && used.add(column));
  const positions = [...used].sort((a, b) => a - b);
  return responseTable(
    positions.map((column) => names[column] ?? ""),
    positions.map((column) => below.map((row) => rows.get(row)![column])),
    (row) => below[row]!,
  );
}
