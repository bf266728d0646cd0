import {
  type Cell,
  type Notebook,
  type Output,
  REPORT_MIME,
  type ReportParts,
} from "../notebook/notebook_file.ts";
import { showValue } from "../responses/show_value.ts";
import { escapeHtml } from "../words/escape_html.ts";
import { linesOfMarkup, readingsOf } from "./readings.ts";
import {
  type CodebookWords,
  hasColumnOfAnswers,
  hasRowsOfRespondents,
  rowsOfMarkup,
  rowsOfText,
} from "./rows_in_text.ts";
import { TextFinder } from "./text_finder.ts";

/** What belongs to respondents one by one and must not be in an output. */
export interface RespondentContent {
  /** The respondents' ids. */
  readonly ids: ReadonlySet<string>;
  /** Names of the column of ids. */
  readonly columns: readonly string[];
  /** Answers in their own words, and the like, with the column that each stands in. */
  readonly texts: ReadonlyMap<string, string>;
  /** Numbers of respondents: of the file, and of the part that the report is about. */
  readonly sizes: readonly number[];
  /** By which rows of respondents are known that are only some of them; none by default. */
  readonly words?: CodebookWords;
}

/** One place where an output has such content. */
export interface Found {
  readonly notebook: string;
  /** Number of the cell in the notebook, from 1. */
  readonly cell: number;
  /** What is there: an id is not quoted; of a text, which it is and the column it is from. */
  readonly what: string;
}

/** So few respondents may be as many as the rows of any table. */
const FEWEST_ROWS = 30;

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
  const find = finderOf(content);
  return notebooks.flatMap(({ name, notebook }) =>
    notebook.cells.flatMap((cell, index) => {
      const outputs = cell.cell_type === "code" ? cell.outputs : [];
      const found = new Set([...find.typed(cell), ...outputs.flatMap(find.shown)]);
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

const NOBODY: CodebookWords = { names: new Set(), answers: new Set() };

/** An id like this is told from what is only a part of a longer word; any other is found anywhere. */
const WORD = /^[\p{L}\p{N}](?:[\p{L}\p{N}_@.-]*[\p{L}\p{N}])?$/u;

interface Finder {
  readonly typed: (cell: Cell) => string[];
  readonly shown: (output: Output) => string[];
}

/** What is found in texts of what belongs to single respondents, each in words. */
type WordFinder = (texts: readonly string[]) => string[];

/** Of a million respondents it takes a second to prepare, and is the same for all notebooks. */
const FINDERS = new WeakMap<RespondentContent["ids"], WordFinder>();

function wordFinderOf({ ids, texts }: RespondentContent): WordFinder {
  const known = [...ids].filter((id) => !/^\d{1,5}$/.test(id)).map((id) => id.toLowerCase());
  const idFinder = new TextFinder(known.filter((id) => WORD.test(id)), { areWords: true });
  const ID = "a respondent's id";
  const phrases = new Map(
    [
      ...[...texts].map(([text, column]) =>
        [text, `the text "${showValue(text)}" of the column "${showValue(column)}"`] as const
      ),
      ...known.filter((id) => !WORD.test(id)).map((id) => [id, ID] as const),
    ].flatMap(([text, what]) =>
      [text, escapeHtml(text)].map((each) => [each.toLowerCase(), what] as const)
    ),
  );
  const phraseFinder = new TextFinder(phrases.keys());
  return (texts) => {
    const readings = texts.flatMap(readingsOf).map((text) => text.toLowerCase());
    return [
      ...readings.some((text) => idFinder.findsIn(text)) ? [ID] : [],
      ...readings.flatMap((text) => phrases.get(phraseFinder.firstIn(text) ?? "") ?? []),
    ];
  };
}

function finderOf(content: RespondentContent): Finder {
  const { ids, columns, sizes, words = NOBODY } = content;
  const wordsIn = FINDERS.get(ids) ?? wordFinderOf(content);
  FINDERS.set(ids, wordsIn);
  const names = new Set(columns.map((name) => name.toLowerCase()));
  const counts = new Set(sizes.filter((size) => size >= FEWEST_ROWS));

  const shown = (output: Output) => {
    const found = new Set<string>();
    const texts = textsOf(output);
    wordsIn(texts).forEach((what) => found.add(what));
    const tables = tablesOf(output);
    const headers = [
      ...texts.flatMap((text) =>
        [...text.matchAll(/<th\b[^>]*>\s*([^<]*?)\s*<\/th>/g)].map(([, name]) => name ?? "")
      ),
      ...tables.flatMap((table) => table.columns.map(({ label }) => label)),
    ];
    if (headers.some((name) => names.has(name.toLowerCase()))) {
      found.add("a column of respondents' ids");
    }
    const size = [
      ...rowCounts(texts, words),
      ...tables.filter(({ rows }) => !areNamed(rows, words)).map(({ rows }) => rows.length),
    ].find((rows) => counts.has(rows));
    if (size !== undefined) {
      found.add(`${size} rows or marks, as many as there are respondents`);
    }
    if (size === undefined) areRows(texts, tables, words).forEach((what) => found.add(what));
    return [...found];
  };
  return {
    shown,
    typed: (cell) => wordsIn([cell.source]),
  };
}

function areRows(
  texts: readonly string[],
  tables: ReturnType<typeof tablesOf>,
  words: CodebookWords,
): string[] {
  const plain = texts.map(linesOfMarkup);
  // Each text by itself: what is shown in two languages and two widths is not more respondents.
  const groups = [
    ...texts.map((text, i) => [...rowsOfMarkup(text), ...rowsOfText(plain[i]!)]),
    ...tables.map((table) => [
      table.columns.map(({ label }) => label),
      ...table.rows.map((row) => row.map(String)),
    ]),
  ];
  return [
    ...groups.some((rows) => hasRowsOfRespondents(rows, words))
      ? ["rows with the answers of single respondents"]
      : [],
    ...plain.some((text) => hasColumnOfAnswers(text, words))
      ? ["the answers of single respondents, one after the other"]
      : [],
  ];
}

function textsOf(output: Output): string[] {
  if (output.output_type === "stream") return [output.text];
  if (output.output_type === "error") return [output.evalue, ...output.traceback];
  const metadata = JSON.stringify(output.metadata);
  return [
    ...metadata === "{}" ? [] : [metadata],
    ...Object.entries(output.data).flatMap(([mime, value]) =>
      mime === REPORT_MIME
        ? [
          ...Object.values(value as ReportParts).map(({ html }) => html),
          ...tablesOf(output).map((table) => stringsIn(table).join("\n")),
          ...Object.values(value as ReportParts).flatMap(({ charts = [] }) =>
            charts.map((chart) => stringsIn(chart).join("\n"))
          ),
        ]
        : typeof value === "string"
        ? [value]
        : [stringsIn(value).join("\n"), JSON.stringify(value)]
    ),
  ];
}

/** Every text and number in a value of JSON, and the names of its properties. */
function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inside]) =>
    Array.isArray(value) ? stringsIn(inside) : [name, ...stringsIn(inside)]
  );
}

function tablesOf(output: Output) {
  if (!("data" in output)) return [];
  const parts = (output.data[REPORT_MIME] ?? {}) as ReportParts;
  return Object.values(parts).flatMap(({ tables }) => tables ?? []);
}

/** Of so many rows each has another name than all others, where they are figures and no respondents. */
const NAMED = 0.9;

/**
 * Whether the rows of a table are each named in words, as figures and claims are, or by a category of their
 * own, as groups are, so that there being as many as respondents is chance. Numbers are no names, nor is what
 * tells rows apart by a number ("person 17"); of answers to a few questions many would be alike, and rows of
 * more are known by the answers.
 */
function areNamed(rows: readonly (readonly unknown[])[], { answers }: CodebookWords): boolean {
  const groups = rows.map(([first]) => String(first ?? "").trim().toLowerCase());
  if (new Set(groups.filter((name) => answers.has(name))).size >= NAMED * rows.length) return true;
  const names = rows.map((cells) =>
    cells.map((cell) => String(cell ?? "").replace(/<[^>]*>|[\d.,%+-]+/g, " ").trim())
      .join(" ").replace(/\s+/g, " ")
  ).filter((name) => (name.match(/\p{L}{2,}/gu)?.length ?? 0) >= 2);
  return new Set(names).size >= NAMED * rows.length;
}

function marksOf(group: string): number[] {
  return ["path", "rect", "line", "text"]
    .map((mark) => group.match(new RegExp(`<${mark}\\b`, "g"))?.length ?? 0)
    .map((count, mark) => mark === 2 && isGrid(group, count) ? 0 : count);
}

/** Whether lines stand at every one of some places across at every one of some places down, as in panels. */
function isGrid(group: string, count: number): boolean {
  const places = (...names: string[]) =>
    [...group.matchAll(/<line\b[^>]*/g)]
      .map(([line]) => names.map((name) => line.match(`\\b${name}="([^"]*)"`)?.[1]).join());
  const [across, down] = [new Set(places("x1", "x2")), new Set(places("y1", "y2"))];
  return across.size > 1 && down.size > 1 && across.size * down.size === count &&
    new Set(places("x1", "x2", "y1", "y2")).size === count;
}

/**
 * Rows of each HTML table that is not one of named figures, marks of each kind in each drawing, and lengths of
 * printed arrays. Dots may be those of several panels; of all else what stands in one group counts.
 */
function rowCounts(texts: readonly string[], words: CodebookWords): number[] {
  return texts.flatMap((text) => {
    const tables = [...text.matchAll(/<table[\s\S]*?<\/table>(?:<p>(\d+) more rows)?/g)]
      .flatMap(([table, more]) => {
        if (areNamed(rowsOfMarkup(table).slice(1), words)) return [];
        const rows = table.match(/<tr\b/g)?.length ?? 0;
        return [rows, rows - 1].map((count) => count + Number(more ?? 0));
      });
    const drawings = [...text.matchAll(/<svg[\s\S]*?<\/svg>/g)].flatMap((
      [svg],
    ) => [svg.match(/<circle\b/g)?.length ?? 0, ...svg.split(/<\/?g\b/).flatMap(marksOf)]);
    const printed = [...text.matchAll(/\((\d+)\) \[/g)].map(([, length]) => Number(length));
    const lists = [...text.matchAll(/\.\.\. (\d+) more items/g)].map(([, more]) =>
      100 + Number(more)
    );
    return [...tables, ...drawings, ...printed, ...lists];
  });
}
