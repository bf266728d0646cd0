import type { Columns } from "./code_answers.ts";
import { categoriesOf, type Codebook } from "./codebook.ts";
import { fileColumns } from "./file_columns.ts";
import { type Problem, problem } from "./problem.ts";
import { NO_ANSWER, NOT_ASKED } from "./survey.ts";

/**
 * Finds what no single row shows: one respondent only, and questions that everybody answered alike.
 *
 * One respondent is a warning and no error, so that a file can be tried out; every figure about them
 * is hidden anyway, being over a base below the codebook's least base.
 *
 * @param codes Codes by question and variable.
 */
export function checkAnswers(
  codes: ReadonlyMap<string, Uint8Array>,
  { respondents, nameOf }: Pick<Columns, "respondents" | "nameOf">,
  codebook: Codebook,
): Problem[] {
  const problems: Problem[] = [];
  if (respondents === 1) {
    problems.push(problem("one_respondent", "one row for everybody who answered"));
  }
  for (const name of fileColumns(codebook)) {
    const column = codes.get(name) ?? new Uint8Array();
    let [only, answers, differ] = [NO_ANSWER as number, 0, false];
    for (let i = 0; i < column.length && !differ; i++) {
      const code = column[i]!;
      if (code === NO_ANSWER || code === NOT_ASKED) continue;
      answers++;
      if (only === NO_ANSWER) only = code;
      else if (code !== only) differ = true;
    }
    // A few people may well agree.
    if (differ || answers < codebook.disclosure.least_base) continue;
    const category = Object.values(categoriesOf(codebook, name) ?? {})[only - 1];
    if (!category) continue;
    problems.push(
      problem("one_answer", `different answers of ${answers} people`, {
        column: nameOf(name),
        value: category.da,
        count: answers,
      }),
    );
  }
  return problems;
}
