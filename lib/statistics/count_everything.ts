import type { Survey } from "../survey/survey.ts";
import { countAnswers, type Domain } from "./count_answers.ts";
import type { Counts } from "./counts.ts";

/**
 * The counts of many questions by many variables.
 *
 * @param survey The survey.
 * @param pairs Questions, each with a variable or null.
 * @param within Only these respondents.
 * @returns One `Counts` per pair, in the order of the pairs.
 * @throws {InputError} As {@link countAnswers}.
 */
export function countEverything(
  survey: Survey,
  pairs: readonly (readonly [question: string, by: string | null])[],
  within: Domain = {},
): Counts[] {
  return pairs.map(([question, by]) => countAnswers(survey, question, { by, within }));
}
