import { type ColumnTable, table as tableOf } from "arquero";
import type { Language } from "../responses/language.ts";
import { CountedByHand, Factor, Responses } from "../responses/responses_table.ts";
import { wordsOf } from "../words/catalogue.ts";
import { formatCount } from "../words/format.ts";
import { escapeHtml } from "../words/prose.ts";
import { htmlRendered, type Rendered } from "./notebook_file.ts";
import type { OpenedSurvey } from "./open_survey.ts";

/** Rows that an Arquero table shows; the rest is counted. */
const ROWS = 100;

/** An Arquero table as an analyst reads it, its first 100 rows; of respondents only columns and levels. */
export function arqueroRendered(table: ColumnTable): Rendered {
  const isRespondents = table instanceof Responses;
  const shown = isRespondents ? columnsOf(table) : table;
  const names = shown.columnNames();
  const rows = (shown.objects({ limit: ROWS }) as Record<string, unknown>[])
    .map((row) => names.map((name) => plain(row[name])));
  const above = isRespondents
    ? `Respondents: ${table.numRows().toLocaleString("en")}, columns: ${table.numCols()}. ` +
      "Single rows are not shown."
    : "";
  const more = shown.numRows() > ROWS ? `${shown.numRows() - ROWS} more rows` : "";
  const note = table instanceof CountedByHand && table.isBelowLeastBase()
    ? "Counted by hand: there are numbers below the least base, and no rule hides what they tell of " +
      "single people."
    : "";
  const line = (text: string, kind = "") => text && `<p${kind}>${escapeHtml(text)}</p>`;
  const tr = (cells: readonly string[], [open, close]: readonly [string, string]) =>
    `<tr>${cells.map((cell) => open + escapeHtml(cell) + close).join("")}</tr>`;
  return htmlRendered(
    `${line(above)}<table><thead>${tr(names, ['<th scope="col">', "</th>"])}</thead>\n<tbody>${
      rows.map((row) => tr(row, ["<td>", "</td>"])).join("\n")
    }</tbody></table>${line(more)}${line(note, ' class="note"')}`,
    [above, names.join("\t"), ...rows.map((row) => row.join("\t")), note].filter(Boolean).join(
      "\n",
    ),
  );
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

/** A survey as a cell shows it: what was asked and of whom, from which file; no answer of anybody. */
export function surveyRendered(survey: OpenedSurvey, language: Language): Rendered {
  const { codebook, source, weights, within, baseline } = survey;
  const words = wordsOf("survey", language);
  const names = (entries: Readonly<Record<string, unknown>>) =>
    `${formatCount(Object.keys(entries).length, language)}: ${Object.keys(entries).join(", ")}`;
  const facts: (readonly [string, string])[] = [
    [words.file, source.file + (source.synthetic ? ` (${words.synthetic})` : "")],
    [words.respondents, formatCount(source.respondents, language)],
    [words.invited, formatCount(codebook.study.invited, language)],
    [words.questions, names(codebook.questions)],
    [words.variables, names(codebook.variables)],
    [words.weighted, weights === null ? words.no : words.yes],
    ...within === undefined ? [] : [
      [
        words.within,
        Object.entries(within).map(([name, among]) => `${name} = ${among.join(", ")}`).join("; "),
      ] as const,
    ],
    ...baseline?.survey ? [[words.earlier, baseline.survey.source.file] as const] : [],
  ];
  const title = codebook.study.title[language];
  const rows = facts.map(([name, value]) =>
    `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`
  );
  return htmlRendered(
    `<table><caption>${escapeHtml(title)}</caption>\n<tbody>${rows.join("\n")}</tbody></table>`,
    [title, ...facts.map(([name, value]) => `${name}: ${value}`)].join("\n"),
  );
}
