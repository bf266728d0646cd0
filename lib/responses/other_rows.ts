import type { Codebook } from "./codebook.ts";
import { columnNames } from "./file_columns.ts";
import { normaliseName } from "./normalise.ts";

/** Where such rows stand: so many at the beginning and at the end are looked at. */
const FIRST = 5, LAST = 20;
/** What the first cell of a row of totals says. */
const TOTAL =
  /^(?:(?:i ?alt|(?:grand )?total(?:t|er)?|sum|gennemsnit|gns\.?|average|mean)\b|n ?= ?\d)/i;

/** Rows as they stand in a file, before it is known what they mean. */
export interface TextRows {
  readonly header: readonly string[];
  readonly respondents: number;
  /** The value of a row (from 0) in the column at a position. */
  readonly textOf: (row: number, position: number) => string | null;
}

/**
 * Finds the rows of a file that are no respondents: the names or questions again below the header, as
 * Qualtrics writes them, and below the answers totals and comments.
 *
 * @param positions Position in the file by codebook id.
 * @returns Rows from 0, in order, and what shows it.
 */
export function otherRows(
  { header, respondents, textOf }: TextRows,
  positions: ReadonlyMap<string, number>,
  codebook: Codebook,
): Map<number, string> {
  const ids = columnNames(codebook);
  const who = positions.get(codebook.respondent.column);
  const answers = [...positions].filter(([, position]) => position !== who);
  const filled = (row: number) =>
    answers.flatMap(([id, position]) => {
      const text = textOf(row, position)?.trim();
      return text ? [{ id, position, text }] : [];
    });
  const found = new Map<number, string>();
  for (let row = 0; row < Math.min(FIRST, respondents); row++) {
    const texts = filled(row);
    const named = texts.filter(({ id, position, text }) => {
      const name = normaliseName(text);
      return ids.get(name) === id || name === normaliseName(header[position]!) ||
        text.startsWith('{"ImportId"');
    });
    if (named.length < 2 || named.length < texts.length / 2) break;
    found.set(row, named[0]!.text);
  }
  for (let row = respondents - 1; row >= Math.max(found.size, respondents - LAST); row--) {
    const id = who === undefined ? "" : textOf(row, who)?.trim() ?? "";
    // Whoever has an id like others is a respondent, whatever else the row says.
    if (id !== "" && !/\s/.test(id) && !TOTAL.test(id)) break;
    const texts = [...header.keys()].map((position) => textOf(row, position)?.trim() ?? "");
    const first = id || (texts.find((text) => text !== "") ?? "");
    const isComment = who !== undefined && first !== "" && (id === "" || /\s/.test(id)) &&
      filled(row).length === 0;
    if (!TOTAL.test(first) && !isComment) break;
    found.set(row, first);
  }
  return new Map([...found].sort(([a], [b]) => a - b));
}
