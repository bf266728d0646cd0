import { DataProblems, problem } from "../problem.ts";
import { damaged, damagedBy } from "./damaged.ts";
import { cellText, type ResponseTable, responseTable } from "./response_table.ts";
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
  const header = positions.map((c) => cellText(names[c], "", file)?.trim() ?? "");
  const columns = positions.map((c, i) =>
    rows.map((cells) => cellText(cells[c], header[i] ?? "", file))
  );
  return responseTable(header, columns, (row) => headerRow + 2 + row);
}

/** A cell by its position, from 0, with what stands in for its value. */
interface LostCell {
  readonly row: number;
  readonly column: number;
  readonly text: string;
}

/**
 * Finds the cells that the library which reads workbooks takes for empty although they are not: errors
 * such as #DIV/0!, and formulas that were never worked out. Taken for empty they would silently be no
 * answer.
 *
 * @param parts The parts of the workbook by name.
 * @returns Cells by the sheet's name.
 * @throws {DataProblems} If a cell is where Excel has none: the library would fill the memory.
 */
function lostCells(
  parts: ReadonlyMap<string, Uint8Array>,
  file: string,
): Map<string, LostCell[]> {
  const text = (name: string) => new TextDecoder().decode(parts.get(name));
  const targets = new Map(
    elements(text("xl/_rels/workbook.xml.rels"), "Relationship")
      .map(({ Id = "", Target = "" }) => [Id, Target.replace(/^(?:\/?xl)?\//, "")] as const),
  );
  const found = new Map<string, LostCell[]>();
  for (const { name = "", ...sheet } of elements(text("xl/workbook.xml"), "sheet")) {
    const target = targets.get(sheet["r:id"] ?? "");
    const content = parts.get(`xl/${target}`);
    if (!content) continue;
    found.set(unescape(name), cellsOf(new TextDecoder().decode(content), file));
  }
  return found;
}

function cellsOf(sheet: string, file: string): LostCell[] {
  // Excel has 1,048,576 rows and columns up to XFD.
  if (/ r="(?:[A-Z]{4,}\d|[A-Z]*\d{8})/.test(sheet)) {
    throw damaged(file, "rows up to 1,048,576 and columns up to XFD");
  }
  const lost: LostCell[] = [];
  const cell = /<(?:\w+:)?c\s([^>]*[^>/])>(.*?)<\/(?:\w+:)?c>/gs;
  for (const [, attributes = "", content = ""] of sheet.matchAll(cell)) {
    const [, letters = "", row = ""] = /\br="([A-Z]+)(\d+)"/.exec(attributes) ?? [];
    const value = /<(?:\w+:)?v>([^<]+)</.exec(content)?.[1];
    const isError = /\bt="e"/.test(attributes);
    // A formula whose result is an empty text has a type; one that was never worked out has none.
    const isFormula = value === undefined && /<(?:\w+:)?f[\s>/]/.test(content) &&
      !/\bt="str"/.test(attributes);
    if (!isError && !isFormula) continue;
    lost.push({
      row: Number(row) - 1,
      column: [...letters].reduce((sum, letter) => 26 * sum + letter.charCodeAt(0) - 64, 0) - 1,
      text: isError ? unescape(value ?? "#ERROR") : "(a formula without its result)",
    });
  }
  return lost;
}

/** The attributes of every element of a name; enough XML for the small parts of a workbook. */
function elements(xml: string, name: string): Record<string, string>[] {
  return [...xml.matchAll(new RegExp(`<(?:\\w+:)?${name}\\s([^>]*)>`, "g"))].map((
    [, inside = ""],
  ) =>
    Object.fromEntries(
      [...inside.matchAll(/([\w:]+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, value]),
    )
  );
}

function unescape(text: string): string {
  const named: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return text.replace(/&(\w+);/g, (whole, name: string) => named[name] ?? whole);
}
