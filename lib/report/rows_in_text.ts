/** Words by which rows of respondents are known, in lower case. */
export interface CodebookWords {
  /** Ids and labels of questions and variables. */
  readonly names: ReadonlySet<string>;
  /** Ids and labels of their categories. */
  readonly answers: ReadonlySet<string>;
}

/** Shorter runs of answers stand in tables of groups too. */
const RUN = 30;
/** A table of groups has a column or two with answers in each row; one of respondents has many. */
const ANSWERS = 4;
/** The categories of a scale head a table of shares, but in one row. */
const ROWS = 3;
/** A head with so many names of questions and variables is that of a response file. */
const NAMES = 6;

/**
 * Whether a text has a column of answers in it, printed one after the other: a long run of nothing but
 * answers, or of single digits such as their codes.
 *
 * @param text Without markup, what was apart on lines of their own.
 */
export function hasColumnOfAnswers(text: string, { answers }: CodebookWords): boolean {
  let [labels, codes] = [0, 0];
  for (const part of text.split(/[\n\t,;|[\](){}]+/)) {
    const value = wordOf(part);
    if (value === "") continue;
    labels = answers.has(value) && !/^\d$/.test(value) ? labels + 1 : 0;
    codes = /^\d$/.test(value) ? codes + 1 : 0;
    if (labels >= RUN || codes >= RUN) return true;
  }
  // A row of codes with nothing but blanks between them.
  return new RegExp(`(?:^|\\s)(?:\\d[ \\t]+){${RUN - 1},}\\d(?:\\s|$)`).test(text);
}

/**
 * Whether rows hold what respondents answered, one each: answers to many questions side by side, or
 * the names of many questions above them.
 *
 * @param rows The cells of each row, the head's too; or the names and values of each object.
 */
export function hasRowsOfRespondents(
  rows: readonly (readonly string[])[],
  { names, answers }: CodebookWords,
): boolean {
  const words = rows.map((cells) => cells.map(wordOf));
  return words.some((cells) => new Set(cells.filter((cell) => names.has(cell))).size >= NAMES) ||
    words.filter((cells) => cells.filter((cell) => answers.has(cell)).length >= ANSWERS).length >=
      ROWS;
}

/** Lines with separators, and objects in braces, as rows of cells. */
export function rowsOfText(text: string): string[][] {
  const lines = text.split("\n").map((line) => line.split(/[\t,;|]/));
  const objects = [...text.matchAll(/\{([^{}]*)\}/g)].map(([, inside]) =>
    (inside ?? "").split(/[\n,:=]|=>/)
  );
  return [...lines, ...objects];
}

/** The rows of the tables in markup. */
export function rowsOfMarkup(html: string): string[][] {
  return [...html.matchAll(/<tr\b[\s\S]*?(?=<tr\b|<\/table|$)/gi)].map(([row]) =>
    [...row.matchAll(/<t[dh]\b[^>]*>([\s\S]*?)(?=<t[dh]\b|<\/t[dhr]|$)/gi)]
      .map(([, cell]) => (cell ?? "").replace(/<[^>]*>/g, ""))
  );
}

function wordOf(text: string): string {
  return text.trim().replace(/^["'`]+|["'`]+$/g, "").trim().toLowerCase();
}
