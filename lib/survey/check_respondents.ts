import type { Codebook } from "./codebook.ts";
import { type Problem, problem } from "./problem.ts";

/**
 * Checks that each respondent stands in a file once, and whether they are made up.
 *
 * @param ids The respondents' ids, null where empty.
 * @param column The column's name in the file.
 * @param lineOf The line of a row (from 0).
 * @returns `synthetic`: at least one id begins as the codebook says synthetic ones do.
 */
export function checkRespondents(
  ids: ArrayLike<string | null>,
  codebook: Codebook,
  column: string,
  lineOf: (row: number) => number | null,
): { synthetic: boolean; problems: Problem[] } {
  const first = new Map<string, number>();
  const problems: Problem[] = [];
  let [empty, firstEmpty, synthetic] = [0, -1, 0];
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]?.trim();
    if (!id) {
      if (empty++ === 0) firstEmpty = i;
      continue;
    }
    if (id.startsWith(codebook.respondent.synthetic_prefix)) synthetic++;
    const earlier = first.get(id);
    if (earlier === undefined) first.set(id, i);
    else {
      problems.push(
        problem(
          "duplicate_respondent",
          `each respondent once; row ${earlier + 1} is the first`,
          { row: i + 1, line: lineOf(i), column, value: id },
        ),
      );
    }
  }
  if (empty > 0) {
    problems.push(
      problem("empty_respondent", "an id", {
        row: firstEmpty + 1,
        line: lineOf(firstEmpty),
        column,
        count: empty,
      }),
    );
  }
  if (synthetic > 0 && synthetic < ids.length - empty) {
    problems.push(
      problem(
        "mixed_respondents",
        `all or none of the ids to begin with ${codebook.respondent.synthetic_prefix}`,
        {
          column,
          count: synthetic,
        },
      ),
    );
  }
  return { synthetic: synthetic > 0, problems };
}
