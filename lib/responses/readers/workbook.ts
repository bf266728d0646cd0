import { DataProblems, problem } from "../problem.ts";
import { damaged, damagedBy } from "./damaged.ts";
import { cellText, NOT_CALCULATED, type ResponseTable, responseTable } from "./response_table.ts";
import { zipEntries } from "./zip_entries.ts";

/** So many rows may stand above the header: a title, who exported when. */
const HEADER_WITHIN = 20;

/**
 * Excel workbooks (.xlsx): of the sheets that are shown, the one and the header row in which the most
 * column names are known. Nothing of a cell is lost: an error stands in the table as Excel shows it, such
 * as #DIV/0!, and a formula that was never worked out as {@link NOT_CALCULATED}.
 */
export async function readWorkbook(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  isKnown: (name: string) => boolean,
): Promise<ResponseTable> {
  const parts = zipEntries(bytes, file, (name) => /\.(xml|rels)$/.test(name));
  const stated = sheetsOf(parts);
  for (const { xml } of stated.values()) checkExtent(xml, file);
  const { default: readXlsxFile } = await import("read-excel-file/universal");
  const sheets = await damagedBy(file, () => readXlsxFile(bytes.buffer));
  const found = sheets.flatMap(({ sheet, data }) => {
    const { xml, isHidden } = stated.get(sheet) ?? { xml: "", isHidden: false };
    // A sheet that is nothing but a chart has no cells.
    const cells: unknown[][] = data ?? [];
    putBack(cells, xml, parts, file);
    return cells.length > 0 ? [{ sheet, isHidden, data: cells, ...headerOf(cells, isKnown) }] : [];
  });
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
    ...sheetTable(best.data, best.row, file),
    notes: others.map(({ sheet, isHidden, known }) =>
      problem("other_sheet", `one sheet with answers; "${best.sheet}" was read`, {
        value: isHidden ? `${sheet} (hidden)` : sheet,
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

/** The sheets of a workbook by name, as their XML. */
function sheetsOf(
  parts: ReadonlyMap<string, Uint8Array>,
): Map<string, { readonly xml: string; readonly isHidden: boolean }> {
  const targets = new Map(
    elements(textOf(parts, "xl/_rels/workbook.xml.rels"), "Relationship")
      .map(({ Id = "", Target = "" }) => [Id, Target.replace(/^(?:\/?xl)?\//, "")] as const),
  );
  return new Map(
    elements(textOf(parts, "xl/workbook.xml"), "sheet").map(({ name = "", state, ...sheet }) => {
      const xml = textOf(parts, `xl/${targets.get(sheet["r:id"] ?? "")}`);
      return [unescape(name), { xml, isHidden: /hidden/i.test(state ?? "") }];
    }),
  );
}

function textOf(parts: ReadonlyMap<string, Uint8Array>, name: string): string {
  return new TextDecoder().decode(parts.get(name));
}

/** A cell that is not empty, by its position from 0. */
interface StatedCell {
  readonly at: string;
  readonly row: number;
  readonly column: number;
  /** "s": a place among the shared texts; "e": an error; "str" and "inlineStr": a text, and so on. */
  readonly type: string;
  readonly hasFormula: boolean;
  /** What stands there; null where a formula has no result. */
  readonly value: string | null;
}

/** The cells of a sheet that hold a value or a formula. */
function* cellsOf(xml: string, file: string): Generator<StatedCell> {
  const cell = /<(?:\w+:)?c\b((?:[^>"']|"[^"]*"|'[^']*')*?)(?:\/>|>(.*?)<\/(?:\w+:)?c>)/gs;
  for (const [, attributes = "", content = ""] of xml.matchAll(cell)) {
    const { r: at = "", t: type = "n" } = attributesOf(attributes);
    const hasFormula = /<(?:\w+:)?f[\s>/]/.test(content);
    const texts = type === "inlineStr"
      ? /<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)</g
      : /<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)</g;
    const value = unescape([...content.matchAll(texts)].map(([, text]) => text).join("")).trim();
    if (value === "" && !hasFormula && type !== "e") continue;
    const [, letters = "", row = ""] = /^([A-Z]+)(\d+)$/.exec(at) ?? [];
    if (row === "") throw damaged(file, "the position of every cell; save it again in Excel");
    if (letters.length > 3 || Number(row) > 2 ** 20) {
      throw damaged(file, "rows up to 1,048,576 and columns up to XFD");
    }
    const column = [...letters].reduce((sum, letter) => 26 * sum + letter.charCodeAt(0) - 64, 0);
    // A formula whose result is an empty text has a type; one that was never worked out has none.
    const isEmptyText = value === "" && type === "str";
    if (isEmptyText) continue;
    yield {
      ...{ at, type, hasFormula, value: value === "" ? null : value },
      ...{ row: Number(row) - 1, column: column - 1 },
    };
  }
}

/** So many cells beside those with a value do no harm. */
const MOST_EMPTY = 2_000_000, MOST_EMPTY_PER_CELL = 50;

/** @throws {DataProblems} If a cell stands so far off that the space between would fill the memory. */
function checkExtent(xml: string, file: string): void {
  let [rows, columns, cells] = [0, 0, 0];
  for (const { at, row, column, value } of cellsOf(xml, file)) {
    rows = Math.max(rows, row + 1);
    columns = Math.max(columns, column + 1);
    cells++;
    if (rows * columns <= MOST_EMPTY + MOST_EMPTY_PER_CELL * cells) continue;
    throw new DataProblems(file, [
      problem("far_cell", `no value in cell ${at}, far from all others`, { value }),
    ]);
  }
}

/**
 * Puts into a sheet what the library that reads workbooks takes for empty although it is not: errors,
 * formulas that were never worked out, and values it cannot read, with the rows of such cells. Taken for
 * empty they would silently be no answer, or nobody.
 */
function putBack(
  data: unknown[][],
  xml: string,
  parts: ReadonlyMap<string, Uint8Array>,
  file: string,
): void {
  const shared = textOf(parts, "xl/sharedStrings.xml").match(/<(?:\w+:)?si[\s>/]/g)?.length ?? 0;
  // What was written without working formulas out holds 0 for each, and asks Excel to do it on opening.
  const isToBeCalculated = elements(textOf(parts, "xl/workbook.xml"), "calcPr")
    .some(({ fullCalcOnLoad }) => fullCalcOnLoad === "1" || fullCalcOnLoad === "true");
  const results = new Map<number, Set<string | null>>();
  if (isToBeCalculated) {
    for (const { column, hasFormula, value } of cellsOf(xml, file)) {
      if (hasFormula) results.set(column, (results.get(column) ?? new Set()).add(value));
    }
  }
  for (const { row, column, type, hasFormula, value } of cellsOf(xml, file)) {
    const isZero = hasFormula && value === "0" && results.get(column)?.size === 1;
    const isUnread = (data[row]?.[column] ?? null) === null &&
      (type !== "s" || !(Number(value) < shared));
    if (!isZero && !isUnread) continue;
    while (data.length <= row) data.push([]);
    const cells = data[row]!;
    while (cells.length <= column) cells.push(null);
    cells[column] = isZero || value === null ? type === "e" ? "#ERROR" : NOT_CALCULATED : value;
  }
}

/** The attributes of every element of a name; enough XML for the small parts of a workbook. */
function elements(xml: string, name: string): Record<string, string>[] {
  return [...xml.matchAll(new RegExp(`<(?:\\w+:)?${name}\\s([^>]*)>`, "g"))]
    .map(([, inside = ""]) => attributesOf(inside));
}

function attributesOf(inside: string): Record<string, string> {
  return Object.fromEntries(
    [...inside.matchAll(/([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)]
      .map(([, key = "", quoted, single = ""]) => [key, quoted ?? single]),
  );
}

function unescape(text: string): string {
  const named: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return text.replace(
    /&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi,
    (whole, decimal, hex, name) =>
      decimal || hex ? String.fromCodePoint(Number(decimal || `0x${hex}`)) : named[name] ?? whole,
  );
}
