import { Buffer } from "node:buffer";
import writeExcelFile from "write-excel-file/node";
import {
  type DataTable,
  type Notebook,
  type Output,
  REPORT_MIME,
  type ReportParts,
} from "../notebook/notebook_file.ts";
import type { Language } from "../responses/language.ts";
import { texts } from "../words/catalogue.ts";

/** A table and the notebook that shows it. */
export interface PlacedTable {
  readonly notebook: string;
  readonly table: DataTable;
}

/**
 * Every table that the outputs of executed notebooks carry, in reading order.
 *
 * @param notebooks The notebooks by name.
 * @param language The language whose labels to take.
 */
export function tablesOf(
  notebooks: readonly { readonly name: string; readonly notebook: Notebook }[],
  language: Language,
): PlacedTable[] {
  return notebooks.flatMap(({ name, notebook }) =>
    notebook.cells
      .flatMap((cell) => cell.cell_type === "code" ? cell.outputs : [])
      .flatMap((output) => partsOf(output)?.[language]?.tables ?? [])
      .map((table) => ({ notebook: name, table }))
  );
}

function partsOf(output: Output): ReportParts | undefined {
  if (
    output.output_type !== "display_data" &&
    output.output_type !== "execute_result"
  ) return;
  return output.data[REPORT_MIME] as ReportParts | undefined;
}

const WORDS = texts("workbook");

const FORMATS: Readonly<Record<string, string>> = {
  share: "0.0%",
  count: "#,##0",
  number: "0.00",
  p: '[<0.001]"< 0.001";0.000',
};

/** The name of the workbook in one language; it stands beside the report. */
export function workbookName(language: Language): string {
  return `tables.${language}.xlsx`;
}

/**
 * Makes the workbook of the report's tables: a sheet of contents, then one sheet per table with its
 * title and base above typed numbers. Title, base and heading stay in view.
 *
 * Text that begins with `=`, `+`, `-` or `@` is written as text, so no program computes it.
 *
 * @param tables The tables in reading order.
 * @param language The language of the headings.
 * @param notice A sentence to stand above the contents ("synthetic data"), or null.
 * @returns The bytes of an .xlsx file.
 */
export async function tablesWorkbook(
  tables: readonly PlacedTable[],
  language: Language,
  notice: string | null,
): Promise<Uint8Array> {
  const names = sheetNames(tables);
  const head = (value: string) => ({ value, fontWeight: "bold" as const });
  const text = (value: string) => ({ value, type: String });
  const contents = {
    sheet: WORDS.contents[language],
    columns: [{ width: 32 }, { width: 24 }, { width: 70 }, { width: 50 }],
    data: [
      ...(notice === null ? [] : [[head(notice)], []]),
      [WORDS.sheet, WORDS.notebook, WORDS.title, WORDS.base].map((word) => head(word[language])),
      ...tables.map(({ notebook, table }, index) =>
        [names[index] ?? "", notebook, table.title, table.base].map(text)
      ),
    ],
  };
  const sheets = tables.map(({ table }, index) => ({
    sheet: names[index] ?? "",
    columns: table.columns.map((_, at) => ({ width: widthOf(table, at) })),
    stickyRowsCount: 3,
    data: [
      [head(table.title)],
      [text(table.base)],
      table.columns.map((column) => head(column.label)),
      ...table.rows.map((row) =>
        row.map((value, at) => {
          if (value === null || Number.isNaN(value)) return null;
          if (typeof value === "string") return text(value);
          const format = FORMATS[table.columns[at]?.kind ?? ""];
          return format === undefined ? { value, type: Number } : { value, type: Number, format };
        })
      ),
    ],
  }));
  const bytes = await writeExcelFile([contents, ...sheets]).toBuffer();
  return Buffer.isBuffer(bytes) ? new Uint8Array(bytes) : bytes;
}

/** As many characters as the longest of a column has; long texts are cut at their cell. */
function widthOf({ columns, rows }: DataTable, at: number): number {
  const lengths = rows.map((row) => typeof row[at] === "string" ? row[at].length : 0);
  return Math.min(60, Math.max(10, columns[at]!.label.length, ...lengths) + 2);
}

/** Sheet names as Excel allows them: at most 31 characters, none of `[]:*?/\`, no two alike. */
function sheetNames(tables: readonly PlacedTable[]): string[] {
  const used = new Set<string>();
  return tables.map(({ notebook, table }) => {
    const full = `${notebook.slice(0, 2)} ${table.name}`.replace(
      /[[\]:*?/\\]/g,
      " ",
    ).slice(0, 31);
    let name = full;
    for (let copy = 2; used.has(name.toLowerCase()); copy++) {
      name = `${full.slice(0, 28)} ${copy}`;
    }
    used.add(name.toLowerCase());
    return name;
  });
}
