import { damaged } from "./damaged.ts";

/** A cell by its position, from 0, with what stands in for its value. */
export interface LostCell {
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
export function lostCells(
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
