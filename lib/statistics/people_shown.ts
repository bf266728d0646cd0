import type { Survey } from "../responses/survey.ts";
import { columnOf } from "./column.ts";
import { countAnswers } from "./count_answers.ts";
import type { Domain } from "./domain.ts";
import { isAnswerShown, shownOf } from "./disclosure/suppress.ts";

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
