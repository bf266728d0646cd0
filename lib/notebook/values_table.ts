import type { ColumnTable } from "arquero";
import { escapeHtml } from "../words/escape_html.ts";
import { InputError } from "../responses/input_error.ts";
import type { Language, Text } from "../responses/language.ts";
import type { DataColumn, DataTable } from "../report/notebook_file.ts";
import { dataTableHtml, dataTableText } from "./data_table_html.ts";
import type { TableOptions } from "./estimate_table.ts";
import { type Showable, showable } from "./showable.ts";

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
  { name, title, base, columns }: Parameters<typeof valuesTable>[1],
  language: Language,
): DataTable {
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
    columns: shown.map(([, { label, kind }]) => ({ label: label[language], kind: kind ?? "text" })),
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
