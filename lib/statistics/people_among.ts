import { columnOf } from "./column.ts";
import { countAnswers } from "./count_answers.ts";
import { type Domain, domainCodes } from "./domain.ts";
import { baseOf } from "./counts.ts";
import { isAnswerShown, shownOf } from "./disclosure/suppress.ts";
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

/**
 * The number of people that something is said of who answered several questions, "don't know" left out,
 * where it is said of everyone or of the part that a report is about.
 *
 * @param questions Questions or variables by codebook id.
 * @param n How many answered all of them.
 * @returns null: too few to say anything. NaN: the number itself may not be shown, since it would tell
 *   how many did not know.
 */
export function peopleShown(
  survey: Survey,
  questions: readonly string[],
  n: number,
  within: Domain = {},
): number | null {
  if (n < Math.max(1, survey.codebook.disclosure.least_base)) return null;
  const all = questions.map((question) => {
    const column = columnOf(survey, question);
    return { counts: countAnswers(survey, column, { within }), dontKnow: column.dontKnow };
  });
  if (!all.every(({ counts }) => shownOf(counts).groups.has(null))) return null;
  const isKnown = all.every(({ counts, dontKnow }) =>
    dontKnow === null || isAnswerShown(counts, null, [dontKnow])
  );
  return isKnown ? n : NaN;
}
