import type { ColumnTable } from "arquero";
import { InputError } from "../responses/input_error.ts";
import { type Language, type Text, translated, translatedAll } from "../responses/language.ts";
import { escapeHtml } from "../words/escape_html.ts";
import {
  formatCount,
  formatDecimal,
  formatPercentShort,
  formatPValue,
} from "../words/format_number.ts";
import { ownText } from "../words/message.ts";
import type { DataColumn, DataTable } from "./notebook_file.ts";
import { type Showable, showable } from "./showable.ts";

/** What stands around a table. */
export interface TableOptions {
  /** Fit for a file name, unique in the notebook. */
  readonly name: string;
  readonly title: Text;
  /** Who was asked, in words. */
  readonly base: Text;
}

const HIDDEN = {
  sign: "–",
  words: ownText("hidden"),
};

/**
 * A table of values as HTML: numbers in the language's format, the raw values beside them for the
 * CSV download, and a word for what is not shown.
 */
export function dataTableHtml(table: DataTable, language: Language): string {
  const head = table.columns.map((column) =>
    `<th scope="col"${numeric(column)}>${escapeHtml(column.label)}</th>`
  ).join("");
  const body = table.rows.map((row, down) => {
    const cells = row.map(shownValue).map((value, index) => {
      const column = table.columns[index];
      if (column === undefined) throw new RangeError(`Table ${table.name}: a row is too long`);
      return index === 0 && typeof value === "string"
        ? `<th scope="row">${escapeHtml(value)}</th>`
        : `<td${numeric(column)}${rawValue(value)}>${cellHtml(value, column, language)}</td>`;
    });
    const of = table.marks?.[down];
    return `<tr${of ? ` data-of="${escapeHtml(of)}"` : ""}>${cells.join("")}</tr>`;
  }).join("\n");
  return `<table data-name="${escapeHtml(table.name)}"><caption>${escapeHtml(table.title)}` +
    `</caption>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody></table>`;
}

/** A table of values as text: one line per row, for a terminal. */
export function dataTableText(table: DataTable, language: Language): string {
  const line = (values: readonly string[]) => values.join("\t");
  return [
    table.title,
    line(table.columns.map((column) => column.label)),
    ...table.rows.map((row) =>
      line(
        row.map(shownValue).map((value, index) => cellText(value, table.columns[index], language)),
      )
    ),
  ].join("\n");
}

/** A number of people that may not be shown is NaN. */
function shownValue(value: string | number | null): string | number | null {
  return Number.isNaN(value) ? null : value;
}

function numeric(column: DataColumn): string {
  return column.kind === "text" ? "" : ' class="num"';
}

function rawValue(value: string | number | null): string {
  return typeof value === "number" ? ` data-value="${value}"` : "";
}

function cellHtml(value: string | number | null, column: DataColumn, language: Language): string {
  if (value !== null) return escapeHtml(cellText(value, column, language));
  return column.kind === "text"
    ? ""
    : `<span class="suppressed" title="${HIDDEN.words[language]}">${HIDDEN.sign}</span>`;
}

function cellText(
  value: string | number | null,
  column: DataColumn | undefined,
  language: Language,
): string {
  if (value === null) return column?.kind === "text" ? "" : HIDDEN.sign;
  if (typeof value === "string") return value;
  switch (column?.kind) {
    case "share":
      return formatPercentShort(value, language);
    case "count":
      return formatCount(value, language);
    case "p":
      // The heading says that it is one.
      return formatPValue(value, language).replace(/^p (= )?/, "");
    default:
      return formatDecimal(value, column?.digits ?? 2, language);
  }
}

/** How a column of an Arquero table is shown. */
export interface ValuesColumn {
  readonly label: Text;
  /** Text where nothing is said. */
  readonly kind?: DataColumn["kind"];
  /** The words for a value of a text column, such as a codebook id. */
  readonly words?: (value: string, language: Language) => string;
}

/**
 * Any Arquero table as colleagues read it: columns under names in their language, values as words.
 *
 * @param table The table; of its columns those named in `columns` are shown, in that order.
 * @throws {InputError} Where a column is not in the table, or holds what is no value of its kind.
 */
export function valuesTable(
  table: ColumnTable,
  options: TableOptions & { readonly columns: Readonly<Record<string, ValuesColumn>> },
): Showable {
  return dataTable((language) => valuesData(table, options, language));
}

/** A table of values that is made anew for each language, with who was asked below it. */
export function dataTable(make: (language: Language) => DataTable): Showable {
  return showable((language) => {
    const data = make(language);
    const html = `${dataTableHtml(data, language)}\n<p class="base">${escapeHtml(data.base)}</p>`;
    return {
      outputs: [{ "text/html": html, "text/plain": dataTableText(data, language) }],
      part: { html, tables: [data] },
    };
  });
}

function valuesData(
  table: ColumnTable,
  options: Parameters<typeof valuesTable>[1],
  language: Language,
): DataTable {
  const { name, title, base, columns } = translatedAll(options);
  const missing = Object.keys(columns).find((column) => !table.columnNames().includes(column));
  if (missing !== undefined) {
    throw new InputError(
      `The table "${name}" has no column "${missing}". It has: ${table.columnNames().join(", ")}.`,
    );
  }
  const shown = Object.entries(columns);
  return {
    name,
    title: title[language],
    base: base[language],
    columns: shown.map(([, { label, kind }]) => ({
      label: translated(label)[language],
      kind: kind ?? "text",
    })),
    rows: (table.objects() as Record<string, unknown>[]).map((row) =>
      shown.map(([column, how]) => valueOf(row[column], column, how, name, language))
    ),
  };
}

function valueOf(
  value: unknown,
  column: string,
  { kind = "text", words }: ValuesColumn,
  table: string,
  language: Language,
): string | number | null {
  // A number of people that may not be shown is NaN.
  if (value === null || value === undefined || Number.isNaN(value)) return null;
  if (kind === "text" && typeof value === "string") return words?.(value, language) ?? value;
  if (kind !== "text" && typeof value === "number" && Number.isFinite(value)) return value;
  throw new InputError(
    `The column "${column}" of the table "${table}" holds ${String(value)}, which is no ` +
      `${kind}. Say its kind: text, count, share or number.`,
  );
}
