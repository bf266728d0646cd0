import type { ColumnTable } from "arquero";
import { categoriesOf, type Codebook } from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import {
  inEveryLanguage,
  isText,
  type Language,
  type Text,
  translated,
  translatedAll,
} from "../responses/language.ts";
import { codebook } from "../responses/study.ts";
import { type Estimate, isMovedByWeights, unweightedShare } from "../statistics/estimate.ts";
import { ESTIMATE_COLUMNS } from "../statistics/estimates.ts";
import type { Movement } from "../statistics/moved_most.ts";
import { texts } from "../words/catalogue.ts";
import { changeColumns, changeValues } from "../words/change_columns.ts";
import { tell } from "../words/claims.ts";
import { endNames, fullStop, howCounted, TEXT } from "../words/figure_texts.ts";
import { formatCount, formatDecimal, formatPercentShort, formatPValue } from "../words/format.ts";
import { ownText } from "../words/message.ts";
import { escapeHtml } from "../words/prose.ts";
import { type DataColumn, type DataTable, type Showable, Shown } from "./notebook_file.ts";

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
 * @param options `behind`: in the report one click away. `missing`: what was not part of this wave.
 */
export function dataTable(
  make: readonly ((language: Language) => DataTable)[],
  { behind = false, missing = [] }: {
    readonly behind?: boolean;
    readonly missing?: readonly string[];
  } = {},
): Showable {
  return new Shown((language) => {
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
 * A table as HTML: numbers in the language's format, raw values beside them for the CSV download.
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
interface ValuesColumn {
  readonly label: Text;
  /** Text where nothing is said. */
  readonly kind?: Kind;
  /** The words for a value of a text column, such as a codebook id. */
  readonly words?: (value: string, language: Language) => string;
}

/**
 * Any Arquero table as colleagues read it: the named columns under names in their language.
 *
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

/** The columns of an estimate that readers know by other names. */
const COLUMNS: Readonly<Record<string, Kind>> = {
  question: "text",
  set: "text",
  category: "text",
  variable: "text",
  group: "text",
  n: "count",
  count: "count",
  share: "share",
  low: "share",
  high: "share",
};

/**
 * A table of estimates as colleagues read it: the codebook's words in the place of ids. What is the same in
 * every row is said below it.
 *
 * @param table Estimates as `shares()` gives them, after any of Arquero's verbs; columns of an estimate are
 *   shown, in their order. With `weighted` it is said how people count; with all columns of a share it has
 *   the unweighted one where weights move one by more than a point.
 */
export function estimateTable(table: ColumnTable, options: TableOptions): Showable {
  return dataTable([estimateData(table, options)]);
}

/** The same as values. */
export function estimateData(
  table: ColumnTable,
  options: TableOptions,
): (language: Language) => DataTable {
  const { confidence } = codebook().study;
  const labels: Readonly<Record<string, Text>> = { ...texts("table"), ...endNames(confidence) };
  const has = (column: string) => table.columnNames().includes(column);
  const rows = table.objects() as (Row & Estimate)[];
  const given = table.columnNames().filter((column) => Object.hasOwn(COLUMNS, column));
  const same = sameInAllRows(rows, given);
  const about = same.filter((column) => rows[0]![column] !== null).map((column) =>
    inEveryLanguage((language) =>
      `${labels[column]![language]}: ${fullStop(labelOf(codebook(), rows[0]!, column)[language])}`
    )
  );
  // What it takes to tell whether and how far weights move the shares may have been left out.
  const moved = ["n", "count", "share", "weighted"].every(has) && rows.some(isMovedByWeights);
  const base = translated(options.base);
  const how = howCounted(rows, confidence);
  const columns = given.filter((column) => !same.includes(column)).map((
    column,
  ): Column<Row & Estimate> => ({
    label: labels[column]!,
    kind: COLUMNS[column]!,
    value: (row) => {
      const value = (row as Row)[column] ?? null;
      return typeof value === "string" ? labelOf(codebook(), row, column) : value;
    },
  }));
  return tabulated(rows, [
    ...columns,
    ...moved ? [number("share", TEXT.unweighted, unweightedShare)] : [],
  ], {
    ...options,
    base: tell(
      ...about,
      has("weighted")
        ? inEveryLanguage((language) => `${fullStop(base[language])} ${how[language]}.`)
        : base,
    ),
    ...ESTIMATE_COLUMNS.every(has) && { estimates: rows },
  });
}

/** Columns of words that say the same in every row: they are said once, below the table. */
function sameInAllRows(rows: readonly Row[], names: readonly string[]): string[] {
  const words = names.filter((name) => COLUMNS[name] === "text");
  const same = words.filter((name) => rows.every((row) => row[name] === rows[0]?.[name]));
  // A table keeps words by which its rows are told apart.
  return rows.length < 2 || same.length === words.length ? [] : same;
}

type Row = Readonly<Record<string, string | number | null>>;

function labelOf(book: Codebook, row: Row, column: string): Text {
  const id = String(row[column]);
  const question = book.questions[String(row["question"])];
  const scale = question && book.scales[question.scale];
  const found = {
    question: question?.label,
    set: scale?.sets[id]?.label,
    category: scale?.categories[id],
    variable: book.variables[id]?.label,
    // Without the column "variable" a group goes by its id alone.
    group: row["variable"] === undefined
      ? Object.values(book.variables).flatMap(({ categories }) => categories[id] ?? [])[0]
      : categoriesOf(book, String(row["variable"]))?.[id],
  }[column];
  if (found === undefined) {
    throw new InputError(
      `The table has "${id}" in its column "${column}", which the codebook does not know` +
        (question ? "." : `: keep the column "question" beside it.`),
    );
  }
  return found;
}
