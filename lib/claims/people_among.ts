import { countAnswers, type Domain } from "../statistics/count_answers.ts";
import { baseOf } from "../statistics/counts.ts";
import type { Indicator } from "../survey/published.ts";
import type { Survey } from "../survey/survey.ts";

/** How many people a base has in the part of it that a published figure is about, unweighted. */
export function peopleAmong(survey: Survey, { base, where }: Pick<Indicator, "base" | "where">) {
  return peopleWhere(survey, { ...survey.codebook.bases[base]?.where, ...where });
}

/**
 * How many respondents there are whose answers are among these.
 *
 * @throws {InputError} Where the answers lack a variable.
 */
export function peopleWhere(survey: Survey, where: Domain): number {
  const [variable] = Object.keys({ ...where, ...survey.within });
  if (variable === undefined) return survey.source.respondents;
  return baseOf(countAnswers(survey, variable, { within: where })).n;
}
