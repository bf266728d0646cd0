import { escapeHtml } from "../language/escape_html.ts";
import { type Notebook, type Output, REPORT_MIME, type ReportParts } from "./notebook_file.ts";

/** What belongs to respondents one by one and must not be in an output. */
export interface RespondentContent {
  /** The respondents' ids. */
  readonly ids: ReadonlySet<string>;
  /** Names of the column of ids. */
  readonly columns: readonly string[];
  /** Answers in their own words, and the like. */
  readonly texts: readonly string[];
  /** Numbers of respondents: of the file, and of the part that the report is about. */
  readonly sizes: readonly number[];
}

/** One place where an output has such content. */
export interface Found {
  readonly notebook: string;
  /** Number of the cell in the notebook, from 1. */
  readonly cell: number;
  /** What is there, without quoting it. */
  readonly what: string;
}

/** So few respondents may be as many as the rows of any table. */
const FEWEST_ROWS = 30;

/**
 * Looks through the outputs of executed notebooks for content at the level of respondents: an id, a
 * column of ids, an answer in somebody's own words, or a table, chart or list with as many rows as
 * there are respondents.
 *
 * Ids that are short numbers cannot be told from other numbers: they are known by their column.
 */
export function findRespondentContent(
  notebooks: readonly { readonly name: string; readonly notebook: Notebook }[],
  content: RespondentContent,
): Found[] {
  const ids = new Set([...content.ids].filter((id) => !/^\d{1,5}$/.test(id)));
  const tokens = new Set([...ids].filter((id) => TOKEN.exec(id)?.[0] === id));
  const phrases = [...[...ids].filter((id) => !tokens.has(id)), ...content.texts]
    .flatMap((text) => [...new Set([text, escapeHtml(text)])]);
  const sizes = new Set(content.sizes.filter((size) => size >= FEWEST_ROWS));
  return notebooks.flatMap(({ name, notebook }) =>
    notebook.cells.flatMap((cell, index) => {
      if (cell.cell_type !== "code") return [];
      const found = new Set(
        cell.outputs.flatMap((output) => contentOf(output, { ...content, sizes }, tokens, phrases)),
      );
      return [...found].map((what): Found => ({ notebook: name, cell: index + 1, what }));
    })
  );
}

/** What a person needs to know and do. */
export function describeRespondentContent(found: readonly Found[]): string {
  return [
    "Nothing was written: outputs hold what belongs to single respondents.",
    ...found.map(({ notebook, cell, what }) => `  ${notebook}.ipynb, cell ${cell}: ${what}`),
    "Show counts or shares of groups instead, or take the output out of the cell.",
  ].join("\n");
}

const TOKEN = /[\p{L}\p{N}_@.-]*[\p{L}\p{N}_]/u;
const TOKENS = new RegExp(TOKEN, "gu");

function contentOf(
  output: Output,
  { columns, sizes }: Omit<RespondentContent, "sizes"> & { readonly sizes: ReadonlySet<number> },
  ids: ReadonlySet<string>,
  phrases: readonly string[],
): string[] {
  const found: string[] = [];
  const texts = textsOf(output);
  const text = texts.join("\n");
  if ([...text.matchAll(TOKENS)].some(([token]) => ids.has(token))) found.push("a respondent's id");
  if (phrases.some((phrase) => text.includes(phrase))) {
    found.push("a respondent's id or own words");
  }
  const names = new Set(columns.map((name) => name.toLowerCase()));
  const headers = [
    ...[...text.matchAll(/<th\b[^>]*>\s*([^<]*?)\s*<\/th>/g)].map(([, name]) => name ?? ""),
    ...tablesOf(output).flatMap((table) => table.columns.map(({ label }) => label)),
  ];
  if (headers.some((name) => names.has(name.toLowerCase()))) {
    found.push("a column of respondents' ids");
  }
  const size = [...rowCounts(texts), ...tablesOf(output).map(({ rows }) => rows.length)]
    .find((rows) => sizes.has(rows));
  if (size !== undefined) found.push(`${size} rows or marks, as many as there are respondents`);
  return found;
}

function textsOf(output: Output): string[] {
  if (output.output_type === "stream") return [output.text];
  if (output.output_type === "error") return [output.evalue, ...output.traceback];
  return Object.entries(output.data).flatMap(([mime, value]) =>
    mime === REPORT_MIME
      ? [
        ...Object.values(value as ReportParts).map(({ html }) => html),
        JSON.stringify(tablesOf(output)),
      ]
      : [typeof value === "string" ? value : JSON.stringify(value)]
  );
}

function tablesOf(output: Output) {
  if (!("data" in output)) return [];
  const parts = (output.data[REPORT_MIME] ?? {}) as ReportParts;
  return Object.values(parts).flatMap(({ tables }) => tables ?? []);
}

/** Rows of each HTML table, marks of each kind in each drawing, and lengths of printed arrays. */
function rowCounts(texts: readonly string[]): number[] {
  return texts.flatMap((text) => {
    const tables = [...text.matchAll(/<table[\s\S]*?<\/table>(?:<p>(\d+) more rows)?/g)]
      .flatMap(([table, more]) => {
        const rows = table.match(/<tr\b/g)?.length ?? 0;
        return [rows, rows - 1].map((count) => count + Number(more ?? 0));
      });
    const drawings = [...text.matchAll(/<svg[\s\S]*?<\/svg>/g)].flatMap(([svg]) =>
      ["circle", "path", "rect", "line", "text"]
        .map((mark) => svg.match(new RegExp(`<${mark}\\b`, "g"))?.length ?? 0)
    );
    const printed = [...text.matchAll(/\((\d+)\) \[/g)].map(([, length]) => Number(length));
    const lists = [...text.matchAll(/\.\.\. (\d+) more items/g)].map(([, more]) =>
      100 + Number(more)
    );
    return [...tables, ...drawings, ...printed, ...lists];
  });
}
