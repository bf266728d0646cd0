import type { ColumnTable } from "arquero";
import { InputError } from "../responses/input_error.ts";
import {
  inEveryLanguage,
  isText,
  type Language,
  type Text,
  translated,
  translatedAll,
} from "../responses/language.ts";
import type { Movement } from "../statistics/moved_most.ts";
import { changeColumns, changeValues } from "../words/change_columns.ts";
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

type Kind = DataColumn["kind"];
type Value = string | number | null;

/** A column of a table: its heading, and what stands in it for a row. */
export interface Column<Row> {
  readonly label: Text | string;
  readonly kind: Kind;
  /** Decimals of a number; two if not given. */
  readonly digits?: number | undefined;
  readonly value: (row: Row, language: Language) => Text | Value;
}

/** A column of words. */
export function text<Row>(label: Text | string, value: Column<Row>["value"]): Column<Row> {
  return { label, kind: "text", value };
}

/** A column of numbers: of people, shares from 0 to 1, decimals or p-values. */
export function number<Row>(
  kind: Exclude<Kind, "text">,
  label: Text | string,
  value: Column<Row>["value"],
  digits?: number,
): Column<Row> {
  return { label, kind, value, digits };
}

/** The columns that say how a share has changed since an earlier wave. */
export function changes<Row>(changeOf: (row: Row) => Movement | null): Column<Row>[] {
  return changeColumns("da").map(({ kind }, at) => ({
    kind,
    label: inEveryLanguage((language) => changeColumns(language)[at]!.label),
    value: (row, language) => changeValues(changeOf(row), language)[at]!,
  }));
}

/** Rows as a table of values, in any language. */
export function tabulated<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  options: TableOptions & Pick<DataTable, "estimates">,
): (language: Language) => DataTable {
  const { title, base, ...others } = translatedAll(options);
  return (language) => {
    const said = (value: Text | Value) => isText(value) ? translated(value)[language] : value;
    return {
      ...others,
      title: title[language],
      base: base[language],
      columns: columns.map(({ label, kind, digits }) => ({
        label: String(said(label)),
        kind,
        ...digits === undefined ? {} : { digits },
      })),
      rows: rows.map((row) => columns.map(({ value }) => said(value(row, language)))),
    };
  };
}

/**
 * Tables of values, each with who was asked below it.
 *
 * @param given `behind`: in the report one click away. `missing`: what they are about that was not part
 *   of this wave.
 */
export function dataTable(
  make: readonly ((language: Language) => DataTable)[],
  { behind = false, missing = [] }: {
    readonly behind?: boolean;
    readonly missing?: readonly string[];
  } = {},
): Showable {
  return showable((language) => {
    const tables = make.map((each) => each(language));
    const html = tables.map((table) =>
      `${dataTableHtml(table, language)}\n<p class="base">${escapeHtml(table.base)}</p>`
    );
    const all = html.join("\n");
    return {
      outputs: tables.map((table, i) => ({
        "text/html": html[i]!,
        "text/plain": dataTableText(table, language),
      })),
      part: { ...behind ? { html: "", details: all } : { html: all }, tables },
    };
  }, missing);
}

/** What stands in the place of a number that may not be shown, which is null or NaN. */
const HIDDEN = "–";
const WHY_HIDDEN = ownText("hidden");

/**
 * A table of values as HTML: numbers in the language's format, the raw values beside them for the
 * CSV download, and a word for what is not shown.
 *
 * @param htmlOf What stands in a cell in the place of its text; null: the text.
 */
export function dataTableHtml(
  { name, title, columns, rows, marks }: DataTable,
  language: Language,
  htmlOf: (down: number, at: number) => string | null = () => null,
): string {
  const numeric = columns.map(({ kind }) => kind === "text" ? "" : ' class="num"');
  const head = columns.map(({ label }, at) =>
    `<th scope="col"${numeric[at]}>${escapeHtml(label)}</th>`
  );
  const body = rows.map((row, down) => {
    const cells = row.map((value, at) => {
      const said = htmlOf(down, at) ?? escapeHtml(cellText(value, columns[at]!, language));
      if (at === 0 && typeof value === "string") return `<th scope="row">${said}</th>`;
      const raw = typeof value !== "number" || Number.isNaN(value) ? "" : ` data-value="${value}"`;
      return `<td${numeric[at]}${raw}>${
        said === HIDDEN && typeof value !== "string"
          ? `<span class="suppressed" title="${WHY_HIDDEN[language]}">${said}</span>`
          : said
      }</td>`;
    });
    const of = marks?.[down];
    return `<tr${of ? ` data-of="${escapeHtml(of)}"` : ""}>${cells.join("")}</tr>`;
  });
  return `<table data-name="${escapeHtml(name)}"><caption>${escapeHtml(title)}</caption>\n` +
    `<thead><tr>${head.join("")}</tr></thead>\n<tbody>\n${body.join("\n")}\n</tbody></table>`;
}

/** A table of values as text: one line per row, for a terminal. */
export function dataTableText({ title, columns, rows }: DataTable, language: Language): string {
  return [
    title,
    columns.map(({ label }) => label).join("\t"),
    ...rows.map((row) =>
      row.map((value, at) => cellText(value, columns[at]!, language)).join("\t")
    ),
  ].join("\n");
}

function cellText(value: Value, { kind, digits = 2 }: DataColumn, language: Language): string {
  if (typeof value === "string") return value;
  if (value === null || Number.isNaN(value)) return kind === "text" ? "" : HIDDEN;
  switch (kind) {
    case "share":
      return formatPercentShort(value, language);
    case "count":
      return formatCount(value, language);
    case "p":
      // The heading says that it is one.
      return formatPValue(value, language).replace(/^p (= )?/, "");
    default:
      return formatDecimal(value, digits, language);
  }
}

/** How a column of an Arquero table is shown. */
export interface ValuesColumn {
  readonly label: Text;
  /** Text where nothing is said. */
  readonly kind?: Kind;
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
  { columns, ...options }: TableOptions & {
    readonly columns: Readonly<Record<string, ValuesColumn>>;
  },
): Showable {
  const { name } = options;
  const missing = Object.keys(columns).find((column) => !table.columnNames().includes(column));
  if (missing !== undefined) {
    throw new InputError(
      `The table "${name}" has no column "${missing}". It has: ${table.columnNames().join(", ")}.`,
    );
  }
  const rows = table.objects() as Record<string, unknown>[];
  const shown = Object.entries(columns).map(([column, how]): Column<Record<string, unknown>> => ({
    label: how.label,
    kind: how.kind ?? "text",
    value: (row, language) => valueOf(row[column], column, how, name, language),
  }));
  return dataTable([tabulated(rows, shown, options)]);
}

function valueOf(
  value: unknown,
  column: string,
  { kind = "text", words }: ValuesColumn,
  table: string,
  language: Language,
): Value {
  // A number of people that may not be shown is NaN.
  if (value === null || value === undefined || Number.isNaN(value)) return null;
  if (kind === "text" && typeof value === "string") return words?.(value, language) ?? value;
  if (kind !== "text" && typeof value === "number" && Number.isFinite(value)) return value;
  throw new InputError(
    `The column "${column}" of the table "${table}" holds ${String(value)}, which is no ` +
      `${kind}. Say its kind: text, count, share or number.`,
  );
}
