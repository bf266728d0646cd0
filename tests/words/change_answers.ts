import { loadAnswers } from "../../lib/statistics/load_answers.ts";
import { codebook, dataFile, type QuestionId } from "../../lib/responses/study.ts";
import { NO_ANSWER, NOT_ASKED, type Survey } from "../../lib/responses/survey.ts";
import { whereMask } from "../../lib/responses/where.ts";

/** The answers in data/, on which the published figures come out. */
export const shipped: Survey = await loadAnswers(dataFile("responses.csv"), codebook());

/**
 * A survey whose answers to one question are others.
 *
 * @param change The new code for an old one; who was not asked or did not answer stays as they are.
 * @param where Changes only the respondents with these answers.
 */
export function changeAnswers(
  survey: Survey,
  question: QuestionId,
  change: (code: number, respondent: number) => number,
  where: Readonly<Record<string, readonly string[]>> = {},
): Survey {
  const { codes, codebook, source } = survey;
  const mask = whereMask(codes, codebook, where, source.respondents);
  const changed = codes.get(question)!.map((code, i) =>
    code === NO_ANSWER || code === NOT_ASKED || !mask[i] ? code : change(code, i)
  );
  return { ...survey, codes: new Map([...codes, [question, changed]]) };
}

/** Turns a scale of five answers round; "don't know" stays. */
export function turnRound(code: number): number {
  return code > 5 ? code : 6 - code;
}
