import { countAnswers } from "./count_answers.ts";
import { type Domain, domainCodes } from "./domain.ts";
import { baseOf } from "./counts.ts";
import { shownOf } from "./disclosure/suppress.ts";
import { isBackground } from "./variable_sources.ts";
import type { Indicator } from "../responses/published.ts";
import type { Survey } from "../responses/survey.ts";

/**
 * How many people a base has in the part of it that a published figure is about, unweighted; NaN where
 * an answer makes the part and so few of a background gave it that their number is hidden.
 */
export function peopleAmong(
  survey: Survey,
  { base, where }: Pick<Indicator, "base" | "where">,
): number {
  const among = { ...survey.codebook.bases[base]?.where, ...where };
  const [variable] = Object.keys({ ...among, ...survey.within });
  if (variable === undefined) return survey.source.respondents;
  return shownOf(countAnswers(survey, variable, { within: among })).hidesPeople
    ? NaN
    : peopleWhere(survey, among);
}

/**
 * Whether anybody is in the part of a base that a published figure is about; null where the background
 * of that part is one of too few people, so that it would tell what they answered.
 */
export function isAnybodyAmong(
  survey: Survey,
  { base, where }: Pick<Indicator, "base" | "where">,
): boolean | null {
  const { codebook } = survey;
  const among = { ...codebook.bases[base]?.where, ...where };
  const background = Object.entries(among).filter(([name]) => isBackground(codebook, name));
  const people = peopleWhere(survey, Object.fromEntries(background));
  if (people > 0 && people < codebook.disclosure.least_base) return null;
  return peopleWhere(survey, among) > 0;
}

/**
 * How many respondents there are whose answers are among these.
 *
 * @throws {InputError} Where the answers lack a variable.
 */
export function peopleWhere(survey: Survey, where: Domain): number {
  const [variable] = Object.keys({ ...where, ...survey.within });
  if (variable === undefined) return survey.source.respondents;
  if (survey.counted) return baseOf(countAnswers(survey, variable, { within: where })).n;
  return domainCodes(survey, where)!.reduce((sum, inside) => sum + inside, 0);
}
