import {
  type Cell,
  type Notebook,
  type Output,
  REPORT_MIME,
  type ReportParts,
} from "../notebook/notebook_file.ts";
import { showValue } from "../responses/problem.ts";
import type { TextColumn } from "../responses/readers/text_column.ts";
import { KnownTexts, linesOfMarkup } from "./known_texts.ts";

/** What belongs to respondents one by one and must not be in an output. */
export interface RespondentContent {
  /** The respondents' ids. */
  readonly ids: readonly TextColumn[];
  /** Names of the column of ids. */
  readonly columns: readonly string[];
  /** Answers in their own words, and the like, with the column that each stands in. */
  readonly texts: ReadonlyMap<string, string>;
  /** Numbers of respondents: of the file, and of the part that the report is about. */
  readonly sizes: readonly number[];
  /** By which rows of respondents are known that are only some of them; none by default. */
  readonly words?: CodebookWords;
}

/** Words by which rows of respondents are known, in lower case. */
export interface CodebookWords {
  /** Ids and labels of questions and variables. */
  readonly names: ReadonlySet<string>;
  /** Ids and labels of their categories. */
  readonly answers: ReadonlySet<string>;
}

/** One place where an output has such content. */
export interface Found {
  readonly notebook: string;
  /** Number of the cell in the notebook, from 1. */
  readonly cell: number;
  /** What is there: an id is not quoted; of a text, which it is and the column it is from. */
  readonly what: string;
}

/**
 * Looks through executed notebooks for content at the level of respondents. In outputs: an id, a column
 * of ids, an answer in somebody's own words, a table, chart or list with as many rows as there are
 * respondents, rows of answers to many questions, or a column of answers printed one by one. In what
 * was typed into cells: ids and own words.
 *
 * Ids and words are found as they are and as they may be written: between tags, as character
 * references, escaped, in base64, in capitals. Ids that are short numbers cannot be told from other
 * numbers: they are known by their column.
 */
export function findRespondentContent(
  notebooks: readonly { readonly name: string; readonly notebook: Notebook }[],
  content: RespondentContent,
): Found[] {
  const known = knownOf(content);
  return notebooks.flatMap(({ name, notebook }) =>
    notebook.cells.flatMap((cell, index) => {
      const found = new Set([...known.in([cell.source]), ...shownIn(cell, content, known)]);
      return [...found].map((what): Found => ({ notebook: name, cell: index + 1, what }));
    })
  );
}

/** What a person needs to know and do. */
export function describeRespondentContent(found: readonly Found[]): string {
  return [
    "Nothing was written: outputs hold what belongs to single respondents.",
    ...found.map(({ notebook, cell, what }) => `  ${notebook}.ipynb, cell ${cell}: ${what}`),
    "Show counts or shares of groups instead, or take the output out of the cell; or give the cell the",
    "tag analyst, and it is left out of the report. Where a column holds answers and nobody's own words,",
    "say in a mapping what it stands for.",
  ].join("\n");
}

/** It is the same for all notebooks. */
const KNOWN = new WeakMap<RespondentContent["ids"], KnownTexts>();

function knownOf({ ids, texts }: RespondentContent): KnownTexts {
  const known = KNOWN.get(ids) ?? new KnownTexts(
    [...texts].map(([text, column]) =>
      [text, `the text "${showValue(text)}" of the column "${showValue(column)}"`] as const
    ),
    ids,
    "a respondent's id",
  );
  KNOWN.set(ids, known);
  return known;
}

/** So few respondents may be as many as the rows of any table. */
const FEWEST_ROWS = 30;

const NOBODY: CodebookWords = { names: new Set(), answers: new Set() };

function shownIn(
  cell: Cell,
  { columns, sizes, words = NOBODY }: RespondentContent,
  known: KnownTexts,
): string[] {
  const names = new Set(columns.map((name) => name.toLowerCase()));
  const outputs = cell.cell_type === "code" ? cell.outputs : [];
  return outputs.flatMap((output) => {
    const texts = textsOf(output);
    const [data, written] = [dataTablesOf(output), texts.map(tablesIn)];
    const tables = [...data, ...written.flat()];
    const found = known.in(texts);
    if (tables.some(({ heads }) => heads.some((name) => names.has(wordOf(name))))) {
      found.push("a column of respondents' ids");
    }
    const lengths = [
      ...tables.filter(({ rows }) => !areNamed(rows.slice(1), words))
        .flatMap(({ lengths }) => lengths),
      ...texts.flatMap(lengthsIn),
    ];
    const size = lengths.find((length) => length >= FEWEST_ROWS && sizes.includes(length));
    if (size !== undefined) {
      return [...found, `${size} rows or marks, as many as there are respondents`];
    }
    // Each text by itself: what is shown in two languages and two widths is not more respondents.
    const plain = texts.map(linesOfMarkup);
    const groups = [
      ...data.map(({ rows }) => rows),
      ...written.map((those) => those.flatMap(({ rows }) => rows)),
      ...plain.map(rowsOfText),
    ];
    if (groups.some((rows) => areRespondents(rows, words))) {
      found.push("rows with the answers of single respondents");
    }
    if (plain.some((text) => hasColumnOfAnswers(text, words))) {
      found.push("the answers of single respondents, one after the other");
    }
    return found;
  });
}

function textsOf(output: Output): string[] {
  if (output.output_type === "stream") return [output.text];
  if (output.output_type === "error") return [output.evalue, ...output.traceback];
  const { [REPORT_MIME]: parts = {}, ...data } = output.data;
  return [
    ...Object.values({ ...data, metadata: output.metadata }).flatMap((value) =>
      typeof value === "string" ? [value] : [stringsIn(value), JSON.stringify(value)]
    ),
    ...Object.values(parts as ReportParts).flatMap((
      { html, details = "", tables = [], charts = [] },
    ) => [html, details, ...tables.map(stringsIn), ...charts.map(stringsIn)]),
  ];
}

/** Every text and number in a value of JSON, and the names of its properties, each on a line. */
function stringsIn(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value ?? "");
  return Object.entries(value).map(([name, inside]) =>
    Array.isArray(value) ? stringsIn(inside) : `${name}\n${stringsIn(inside)}`
  ).join("\n");
}

/** A table as it is shown. */
interface Table {
  /** The head first, where there is one. */
  readonly rows: readonly (readonly string[])[];
  /** The first row, and what else heads a column or a row. */
  readonly heads: readonly string[];
  /** How many rows it may have, with those that are not shown. */
  readonly lengths: readonly number[];
}

function dataTablesOf(output: Output): Table[] {
  if (!("data" in output)) return [];
  const parts = Object.values((output.data[REPORT_MIME] ?? {}) as ReportParts);
  return parts.flatMap(({ tables = [] }) => tables).map(({ columns, rows }) => {
    const heads = columns.map(({ label }) => label);
    return { heads, rows: [heads, ...rows.map((row) => row.map(String))], lengths: [rows.length] };
  });
}

function tablesIn(html: string): Table[] {
  return [...html.matchAll(/<t(?:able|r)\b[\s\S]*?(?:<\/table>(?:<p>(\d+) more rows)?|$)/gi)]
    .map(([table, more = "0"]) => {
      const cellsIn = (part: string, kind: string) =>
        [...part.matchAll(new RegExp(`<${kind}\\b[^>]*>(.*?)(?=<t[dh]\\b|</t[dhr]|$)`, "gis"))]
          .map(([, cell = ""]) => cell.replace(/<[^>]*>/g, ""));
      const rows = [...table.matchAll(/<tr\b[\s\S]*?(?=<tr\b|<\/table|$)/gi)]
        .map(([row]) => cellsIn(row, "t[dh]"));
      const heads = [...rows[0] ?? [], ...cellsIn(table, "th")];
      return { rows, heads, lengths: [rows.length + Number(more), rows.length - 1 + Number(more)] };
    });
}

/** Of so many rows each has another name than all others, where they are figures and no respondents. */
const NAMED = 0.9;

/**
 * Whether the rows of a table are each named in words, as figures and claims are, or by a category of their
 * own, as groups are, so that there being as many as respondents is chance. Numbers are no names, nor is what
 * tells rows apart by a number ("person 17"); of answers to a few questions many would be alike, and rows of
 * more are known by the answers.
 */
function areNamed(rows: Table["rows"], { answers }: CodebookWords): boolean {
  const areMost = (names: readonly string[]) => new Set(names).size >= NAMED * rows.length;
  return areMost(rows.map(([first = ""]) => wordOf(first)).filter((name) => answers.has(name))) ||
    areMost(
      rows.map((cells) =>
        cells.map((cell) => cell.replace(/<[^>]*>|[\d.,%+-]+/g, " ")).join(" ")
          .replace(/\s+/g, " ")
      ).filter((name) => (name.match(/\p{L}{2,}/gu)?.length ?? 0) >= 2),
    );
}

/** A head with so many names of questions and variables is that of a response file. */
const NAMES = 6;
/** A table of groups has a column or two with answers in each row; one of respondents has many. */
const ANSWERS = 4;
/** The categories of a scale head a table of shares, but in one row. */
const ROWS = 3;
/** Shorter runs of answers stand in tables of groups too. */
const RUN = 30;

/** Whether rows hold answers to many questions side by side, or the names of many questions above them. */
function areRespondents(rows: Table["rows"], { names, answers }: CodebookWords): boolean {
  const words = rows.map((cells) => cells.map(wordOf));
  return words.some((cells) => new Set(cells.filter((cell) => names.has(cell))).size >= NAMES) ||
    words.filter((cells) => cells.filter((cell) => answers.has(cell)).length >= ANSWERS).length >=
      ROWS;
}

/** Lines with separators, those of `console.table()` among them, and objects in braces, as rows of cells. */
function rowsOfText(text: string): string[][] {
  return [
    ...text.split("\n").map((line) => line.split(/[\t,;|│]/)),
    ...[...text.matchAll(/\{([^{}]*)\}/g)].map(([, inside = ""]) => inside.split(/[\n,:=]|=>/)),
  ];
}

/** Whether a text without markup has a long run of nothing but answers, or of single digits such as their codes. */
function hasColumnOfAnswers(text: string, { answers }: CodebookWords): boolean {
  let [rows, labels, codes] = [0, 0, 0];
  for (const line of text.split("\n")) {
    const [first = "", ...others] = line.split("│").map(wordOf).filter((cell) => cell !== "");
    // `console.table()` numbers its rows; a table of groups has a number of its own in each.
    const isAnswers = /^\d+$/.test(first) && others.every((cell) => answers.has(cell));
    rows = isAnswers && others.length > 0 ? rows + 1 : 0;
    if (rows >= RUN) return true;
  }
  for (const value of text.split(/[\n\t,;|[\](){}]+/).map(wordOf)) {
    if (value === "") continue;
    labels = answers.has(value) && !/^\d$/.test(value) ? labels + 1 : 0;
    codes = /^\d$/.test(value) ? codes + 1 : 0;
    if (labels >= RUN || codes >= RUN) return true;
  }
  // A row of codes with nothing but blanks between them.
  return new RegExp(`(?:^|\\s)(?:\\d[ \\t]+){${RUN - 1},}\\d(?:\\s|$)`).test(text);
}

function wordOf(text: string): string {
  return text.trim().replace(/^["'`]+|["'`]+$/g, "").trim().toLowerCase();
}

/**
 * How many marks of each kind drawings have, and how long printed arrays are. Dots may be those of several
 * panels; of all else what stands in one group counts.
 */
function lengthsIn(text: string): number[] {
  const count = (within: string, mark: string) =>
    within.split(new RegExp(`<${mark}\\b`)).length - 1;
  const drawings = text.match(/<svg[\s\S]*?<\/svg>/g) ?? [];
  return [
    ...drawings.map((svg) => count(svg, "circle")),
    ...drawings.flatMap((svg) => svg.split(/<\/?g\b/)).flatMap((group) => [
      ...["path", "rect", "text"].map((mark) => count(group, mark)),
      linesIn(group),
    ]),
    ...[...text.matchAll(/\((\d+)\) \[/g)].map(([, length]) => Number(length)),
    ...[...text.matchAll(/\.\.\. (\d+) more items/g)].map(([, more]) => 100 + Number(more)),
  ];
}

/** The lines of a group; none where they stand at every place across and down, as those of panels do. */
function linesIn(group: string): number {
  const lines = group.match(/<line\b[^>]*/g) ?? [];
  const places = (...names: string[]) =>
    new Set(
      lines.map((line) => names.map((name) => line.match(`\\b${name}="([^"]*)"`)?.[1]).join()),
    ).size;
  const [across, down] = [places("x1", "x2"), places("y1", "y2")];
  const isGrid = across > 1 && down > 1 && across * down === lines.length &&
    places("x1", "x2", "y1", "y2") === lines.length;
  return isGrid ? 0 : lines.length;
}
