import type { Codebook } from "../responses/codebook.ts";
import type { Survey } from "../responses/survey.ts";
import { countPairs } from "./count_answers.ts";
import type { Domain } from "./domain.ts";
import type { Estimate } from "./estimate.ts";
import { estimatesFromCounts } from "./estimates.ts";

/**
 * Everything that estimates.json holds: every category and every named set of every question over
 * its base, and each of these by every background variable and every derived one.
 *
 * A question is not broken down by a variable that is made from that same question. Questions and
 * variables that the file has no column for are left out. A group without people in the base is
 * there, with n = 0 and suppressed.
 *
 * @param survey The survey.
 * @param within Only these respondents.
 * @returns Question by question in codebook order, each overall and then variable by variable.
 * @throws {InputError} Where the domain names what the codebook does not have.
 */
export function allEstimates(survey: Survey, within: Domain = {}): Estimate[] {
  const pairs = breakdowns(survey);
  return countPairs(survey, pairs, within).flatMap(estimatesFromCounts);
}

/** The questions of a survey, each with null (overall) and the variables it is broken down by. */
export function breakdowns(
  { codebook, codes }: Survey,
): [question: string, by: string | null][] {
  const variables = Object.entries(codebook.variables)
    .filter(([id, { background, derived }]) => codes.has(id) && (background || derived))
    .map(([id]) => id);
  return Object.keys(codebook.questions)
    .filter((question) => codes.has(question))
    .flatMap((question) => [
      [question, null] as [string, null],
      ...variables
        .filter((variable) => !isMadeFrom(codebook, variable, question))
        .map((variable) => [question, variable] as [string, string]),
    ]);
}

/** Whether a variable is made from a question, be it by way of other variables. */
function isMadeFrom(
  codebook: Codebook,
  variable: string,
  question: string,
): boolean {
  if (variable === question) return true;
  const categories = codebook.variables[variable]?.categories ?? {};
  return Object.values(categories)
    .flatMap(({ where }) => Object.keys(where ?? {}))
    .some((source) => source !== variable && isMadeFrom(codebook, source, question));
}
