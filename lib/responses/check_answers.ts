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
  const alike = fileColumns(codebook).flatMap((name) => {
    if (codebook.questions[name]?.kind === "open") return [];
    let [only, count] = [NO_ANSWER as number, 0];
    for (const code of codes.get(name) ?? []) {
      if (code === NO_ANSWER || code === NOT_ASKED) continue;
      if (count++ === 0) only = code;
      else if (code !== only) return [];
    }
    const category = Object.values(categoriesOf(codebook, name) ?? {})[only - 1];
    // A few people may well agree.
    if (!category || count < codebook.disclosure.least_base) return [];
    const at = { column: nameOf(name), value: category.da, count };
    return [problem("one_answer", `different answers of ${count} people`, at)];
  });
  return respondents === 1
    ? [problem("one_respondent", "one row for everybody who answered"), ...alike]
    : alike;
}
