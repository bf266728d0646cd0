import { Buffer } from "node:buffer";
import writeExcelFile from "write-excel-file/node";
import {
  getCellAddress,
  getOrderOfSiblings,
  getSelfClosingTagMarkup,
  insertElementMarkupAccordingToOrderOfSiblings,
} from "write-excel-file/utility";
import {
  type DataColumn,
  type DataTable,
  type Notebook,
  REPORT_MIME,
  type ReportParts,
} from "../notebook/notebook_file.ts";
import type { Language } from "../responses/language.ts";
import { wordsOf } from "../words/catalogue.ts";

/** Every table that the outputs of executed notebooks carry in one language, in reading order. */
export function tablesOf(
  notebooks: readonly { readonly notebook: Notebook }[],
  language: Language,
): DataTable[] {
  return notebooks.flatMap(({ notebook }) => notebook.cells)
    .flatMap((cell) => cell.cell_type === "code" ? cell.outputs : [])
    .flatMap((output) => {
      const parts = "data" in output ? output.data[REPORT_MIME] as ReportParts | undefined : {};
      return parts?.[language]?.tables ?? [];
    });
}

/** How numbers look. The condition is in the file's language, the words in the reader's. */
function formatsIn(language: Language): Readonly<Partial<Record<DataColumn["kind"], string>>> {
  const least = (0.001).toLocaleString(language, { minimumFractionDigits: 3 });
  return { share: "0.0%", count: "#,##0", number: "0.00", p: `[<0.001]"< ${least}";0.000` };
}

/** The name of the workbook in one language; it stands beside the report. */
export function workbookName(language: Language): string {
  return `tables.${language}.xlsx`;
}

/** The widest that a column of numbers or of words gets, in characters. */
const WIDEST = { number: 14, text: 60 };

/**
 * Makes the workbook of the report's tables: a sheet of contents with links, then one sheet per table with
 * its title and base above typed numbers, a filter on its heading and a way back. Title, base, heading and the
 * first columns of words stay in view.
 *
 * Text that begins with `=`, `+`, `-` or `@` is written as text, so no program computes it.
 *
 * @param questions The tables of the questions, in their order.
 * @param others The other tables, in reading order.
 * @param language The language of the headings.
 * @param notice A sentence to stand above the contents ("synthetic data"), or null.
 * @returns The bytes of an .xlsx file.
 */
export async function tablesWorkbook(
  questions: readonly DataTable[],
  others: readonly DataTable[],
  language: Language,
  notice: string | null,
): Promise<Uint8Array> {
  const words = wordsOf("workbook", language);
  const tables = [...questions, ...others];
  const names = sheetNames(words.contents, tables);
  const listed = tables.map((table, index) => [
    link(names[index]!, names[index]!),
    text(table.title),
    text(table.base),
  ]);
  const contents = [
    ...notice === null ? [] : [[head(notice)], []],
    [words.sheet, words.title, words.base].map(head),
    ...questions.length === 0 ? [] : [[head(words.questions)]],
    ...listed.slice(0, questions.length),
    ...others.length === 0 ? [] : [[head(words.others)]],
    ...listed.slice(questions.length),
  ];
  const index = {
    sheet: words.contents,
    columns: [{ width: 34 }, { width: WIDEST.text }, { width: WIDEST.text }],
    data: contents,
    links: linksIn(contents),
  };
  const formats = formatsIn(language);
  const sheets = tables.map((table, index) => ({
    sheet: names[index]!,
    orientation: "landscape" as const,
    ...sheetOf(table, words, formats),
  }));
  const bytes = await writeExcelFile([index, ...sheets], {
    features: [LINKS_AND_FILTERS],
  }).toBuffer();
  return Buffer.isBuffer(bytes) ? new Uint8Array(bytes) : bytes;
}

interface Words {
  readonly value: string;
  readonly type: StringConstructor;
  readonly fontWeight?: "bold";
  readonly textColor?: string;
  /** The sheet that a click leads to. */
  readonly to?: string;
}

const text = (value: string): Words => ({ value, type: String });
const head = (value: string): Words => ({ value, type: String, fontWeight: "bold" });
const link = (value: string, to: string): Words => ({
  value,
  type: String,
  textColor: "#0b5cad",
  to,
});

function linksIn(rows: readonly (readonly Words[])[]) {
  return rows.flatMap(([first], down) =>
    first?.to === undefined ? [] : [{ ref: `A${down + 1}`, to: first.to }]
  );
}

function sheetOf(
  table: DataTable,
  words: ReturnType<typeof wordsOf<"workbook">>,
  formats: ReturnType<typeof formatsIn>,
) {
  const { columns, rows, kinds } = table;
  const isBanner = columns.some(({ over }) => over !== undefined);
  const widths = columns.map((_, at) => widthOf(table, at));
  const heading = [
    ...isBanner ? [columns.map(({ over }, at) => overCell(columns, over, at))] : [],
    columns.map(({ label, kind }) => ({
      ...head(label),
      wrap: true,
      alignVertical: "bottom" as const,
      ...kind === "text" ? {} : { align: "right" as const },
    })),
  ];
  const above = [[head(table.title)], [text(table.base)], [link(words.back, words.contents)]];
  const lines = above.length + heading.length;
  const firstNumber = columns.findIndex(({ kind }) => kind !== "text");
  return {
    columns: widths.map((width) => ({ width })),
    stickyRowsCount: lines,
    stickyColumnsCount: Math.max(0, Math.min(firstNumber, 2)),
    links: linksIn(above),
    filter: `A${lines}:${getCellAddress(lines + rows.length - 1, columns.length - 1)}`,
    data: [
      ...above,
      ...heading,
      ...rows.map((row, down) =>
        row.map((value, at) => {
          if (value === null || Number.isNaN(value)) return null;
          const isNumbers = columns[at]?.kind !== "text";
          if (typeof value === "string") {
            return { ...text(value), ...isNumbers ? { align: "right" as const } : {} };
          }
          const format = formats[kinds?.[down] ?? columns[at]?.kind ?? "number"];
          return { value, type: Number, ...format === undefined ? {} : { format } };
        })
      ),
    ],
  };
}

/** The heading above several columns, as one cell; null where one to the left covers it. */
function overCell(columns: readonly DataColumn[], over: string | undefined, at: number) {
  if (over === undefined || columns[at - 1]?.over === over) return null;
  const after = columns.findIndex((column, index) => index > at && column.over !== over);
  const columnSpan = (after < 0 ? columns.length : after) - at;
  return { ...head(over), ...columnSpan > 1 ? { columnSpan } : {} };
}

/** As many characters as the longest of a column has, or its longest word; long texts are cut at their cell. */
function widthOf({ columns, rows }: DataTable, at: number): number {
  const { kind, label } = columns[at]!;
  const widest = WIDEST[kind === "text" ? "text" : "number"];
  const labels = kind === "text" ? [label] : label.split(/\s/);
  const texts = [...labels, ...rows.flatMap((row) => typeof row[at] === "string" ? row[at] : [])];
  return Math.min(widest, Math.max(9, ...texts.map(({ length }) => length)) + 2);
}

/** Sheet names as Excel allows them: at most 31 characters, none of `[]:*?/\`, no two alike. */
function sheetNames(first: string, tables: readonly DataTable[]): string[] {
  const used = new Set([first.toLowerCase()]);
  return tables.map(({ title }) => {
    const full = title.replace(/[[\]:*?/\\]/g, " ").replace(/^'|'$/g, "").trim() || "–";
    for (let copy = 1;; copy++) {
      const name = cutTo(full, 31, copy === 1 ? "" : ` ${copy}`);
      if (used.has(name.toLowerCase())) continue;
      used.add(name.toLowerCase());
      return name;
    }
  });
}

/** A text of so many characters at most, its last words left out. */
function cutTo(full: string, length: number, end: string): string {
  if (full.length + end.length <= length) return full + end;
  const cut = full.slice(0, length - end.length);
  const space = cut.lastIndexOf(" ");
  return `${cut.slice(0, space > length / 2 ? space : -1).replace(/\W$/, "")}…${end}`;
}

/** What the library leaves to others: links within the workbook, and filters. */
interface LinkedSheet {
  readonly links?: readonly { readonly ref: string; readonly to: string }[];
  readonly filter?: string;
}

const SHEET = "xl/worksheets/sheet{id}.xml";
const LINKS_AND_FILTERS = {
  files: {
    transform: {
      [SHEET]: {
        transform: (xml: string, options: object) => {
          const { links = [], filter }: LinkedSheet = options;
          const order = getOrderOfSiblings(SHEET, "worksheet") ?? [];
          const insert = (markup: string) => {
            xml = insertElementMarkupAccordingToOrderOfSiblings(xml, markup, order, "worksheet");
          };
          if (filter !== undefined) insert(getSelfClosingTagMarkup("autoFilter", { ref: filter }));
          const each = links.map(({ ref, to }) =>
            getSelfClosingTagMarkup("hyperlink", {
              ref,
              location: `'${to.replaceAll("'", "''")}'!A1`,
            })
          );
          if (each.length > 0) insert(`<hyperlinks>${each.join("")}</hyperlinks>`);
          return xml;
        },
      },
    },
  },
};
