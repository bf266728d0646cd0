import { ColumnTable, table as tableOf } from "arquero";
import { Factor } from "../responses/factor.ts";
import { CountedByHand, Responses } from "../responses/responses_table.ts";
import { escapeHtml } from "../words/escape_html.ts";

/** Rows that a table shows; the rest is counted. */
const ROWS = 100;

/**
 * An Arquero table as HTML, as an analyst reads it: names as they are in the code, numbers in full.
 *
 * @param table Any Arquero table; its first 100 rows are shown.
 */
export function arqueroHtml(table: ColumnTable): string {
  if (table instanceof Responses) {
    return `<p>${escapeHtml(sizeOf(table))}</p>${arqueroHtml(columnsOf(table))}`;
  }
  const names = table.columnNames();
  const head = names.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join("");
  const rows = (table.objects({ limit: ROWS }) as Record<string, unknown>[]).map((row) =>
    `<tr>${names.map((name) => `<td>${escapeHtml(plain(row[name]))}</td>`).join("")}</tr>`
  );
  const more = table.numRows() > ROWS ? `<p>${table.numRows() - ROWS} more rows</p>` : "";
  const note = noteOn(table);
  const below = note === "" ? "" : `<p class="note">${escapeHtml(note)}</p>`;
  return `<table><thead><tr>${head}</tr></thead>\n<tbody>${
    rows.join("\n")
  }</tbody></table>${more}${below}`;
}

/** An Arquero table as text with tabs between the columns. */
export function arqueroText(table: ColumnTable): string {
  if (table instanceof Responses) return `${sizeOf(table)}\n${arqueroText(columnsOf(table))}`;
  const names = table.columnNames();
  const rows = (table.objects({ limit: ROWS }) as Record<string, unknown>[]).map((row) =>
    names.map((name) => plain(row[name])).join("\t")
  );
  const note = noteOn(table);
  return [names.join("\t"), ...rows, ...note === "" ? [] : [note]].join("\n");
}

/** What has to be said beside a table that an analyst counted, before it is sent on. */
function noteOn(table: ColumnTable): string {
  return table instanceof CountedByHand && table.isBelowLeastBase()
    ? "Counted by hand: there are numbers below the least base, and no rule hides what they tell of " +
      "single people."
    : "";
}

/** What is shown of respondents: how many there are. */
function sizeOf(table: Responses): string {
  const rows = table.numRows().toLocaleString("en");
  return `Respondents: ${rows}, columns: ${table.numCols()}. Single rows are not shown.`;
}

/** What is shown of respondents: the columns, and the levels that they can have. */
function columnsOf(table: Responses): ColumnTable {
  const names = table.columnNames();
  const levels = names.map((name) => {
    const column: unknown = table.column(name);
    return column instanceof Factor ? column.levels.join(" · ") : "";
  });
  return tableOf({ column: names, levels });
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" && !Number.isInteger(value)) return String(+value.toPrecision(6));
  return String(value);
}
