import { ownText } from "../words/message.ts";
import { escapeHtml } from "../words/escape_html.ts";
import {
  formatCount,
  formatDecimal,
  formatPercentShort,
  formatPValue,
} from "../words/format_number.ts";
import type { Language } from "../responses/language.ts";
import type { DataColumn, DataTable } from "../report/notebook_file.ts";

const HIDDEN = {
  sign: "–",
  words: ownText("too_few"),
};

/**
 * A table of values as HTML: numbers in the language's format, the raw values beside them for the
 * CSV download, and a word for what is not shown.
 */
export function dataTableHtml(table: DataTable, language: Language): string {
  const head = table.columns.map((column) =>
    `<th scope="col"${numeric(column)}>${escapeHtml(column.label)}</th>`
  ).join("");
  const body = table.rows.map((row) => {
    const cells = row.map(shownValue).map((value, index) => {
      const column = table.columns[index];
      if (column === undefined) throw new RangeError(`Table ${table.name}: a row is too long`);
      return index === 0 && typeof value === "string"
        ? `<th scope="row">${escapeHtml(value)}</th>`
        : `<td${numeric(column)}${rawValue(value)}>${cellHtml(value, column, language)}</td>`;
    });
    return `<tr>${cells.join("")}</tr>`;
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
      return formatDecimal(value, 2, language);
  }
}
