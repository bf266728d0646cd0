import type { Codebook } from "./codebook.ts";
import type { FileColumn } from "./encode_column.ts";
import { type Problem, problem } from "./problem.ts";
import { NOT_CALCULATED } from "./readers/response_table.ts";
import { type TextColumn, TextIndex } from "./readers/text_column.ts";

/** So many respondents who stand there again are named; the rest are counted. */
const MOST_NAMED = 10_000;

/**
 * Checks that each respondent stands in a file once, and whether they are made up.
 *
 * @param ids One per respondent, "" where there is none.
 * @returns `synthetic`: at least one id begins as the codebook says synthetic ones do.
 */
export function checkRespondents(
  ids: TextColumn,
  codebook: Codebook,
  { name, lineOf }: FileColumn,
): { synthetic: boolean; problems: Problem[] } {
  const prefix = new TextEncoder().encode(codebook.respondent.synthetic_prefix);
  const { utf8, ends } = ids;
  let [empty, firstEmpty, synthetic, isAscending, isSynthetic] = [0, -1, 0, true, false];
  for (let row = 0, before = 0, start = 0; row < ids.length; row++) {
    const end = ends[row]!;
    if (start === end && empty++ === 0) firstEmpty = row;
    // Most ids begin as the one before: so much need not be looked at again.
    const most = Math.min(end, 2 * start - before);
    let at = start;
    while (at < most && utf8[at] === utf8[at - start + before]) at++;
    if (row === 0 || at - start < prefix.length) {
      isSynthetic = start < end &&
        prefix.every((byte, i) => start + i < end && utf8[start + i] === byte);
    }
    if (isSynthetic) synthetic++;
    // Longer than the one before, or as long and behind it in the alphabet.
    const longer = (end - start) - (start - before);
    isAscending &&= row === 0 || longer > 0 ||
      (longer === 0 && at < end && utf8[at]! > utf8[at - start + before]!);
    [before, start] = [start, end];
  }
  const problems = isAscending ? [] : duplicates(ids, name, lineOf);
  if (empty > 0) {
    problems.push(
      problem("empty_respondent", "an id", {
        row: firstEmpty + 1,
        line: lineOf(firstEmpty),
        column: name,
        count: empty,
      }),
    );
  }
  if (synthetic > 0 && synthetic < ids.length - empty) {
    problems.push(
      problem(
        "mixed_respondents",
        `all or none of the ids to begin with ${codebook.respondent.synthetic_prefix}`,
        { column: name, count: synthetic },
      ),
    );
  }
  return { synthetic: synthetic > 0, problems };
}

/** A long number as Excel leaves it: 1.23457E+16, or with zeros behind its 15 digits. */
const SHORTENED = /^\d(?:[.,]\d+)?E\+?\d+$|^\d{15}0+$/i;

function duplicates(ids: TextColumn, name: string, lineOf: FileColumn["lineOf"]): Problem[] {
  const again: { row: number; first: number }[] = [];
  const blank: number[] = [];
  let others = 0;
  const index = new TextIndex(ids);
  const notCalculated = index.rowOf(NOT_CALCULATED);
  for (let row = 0; row < ids.length; row++) {
    const first = index.firstOf(row);
    if (ids.bytesAt(row).length === 0) continue;
    if (first === notCalculated) blank.push(row);
    else if (first === row) continue;
    else if (again.length < MOST_NAMED) again.push({ row, first });
    else others++;
  }
  const problems = again.map(({ row, first }) => {
    const value = ids.at(row);
    const why = SHORTENED.test(value) ? "; Excel kept 15 digits of it: export ids as text" : "";
    const expected = `each respondent once; row ${first + 1} is the first${why}`;
    return problem("duplicate_respondent", expected, {
      ...{ row: row + 1, line: lineOf(row), column: name, value },
    });
  });
  const [row] = blank;
  if (row !== undefined) {
    problems.push(problem("no_result", "an id", {
      ...{ row: row + 1, line: lineOf(row), column: name, value: NOT_CALCULATED },
      count: blank.length,
    }));
  }
  if (others > 0) {
    problems.push(problem("duplicate_respondent", "each respondent once", {
      column: name,
      value: "(further respondents)",
      count: others,
    }));
  }
  return problems;
}
