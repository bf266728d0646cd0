import type { Survey } from "../responses/survey.ts";
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
  const { disclosure, scales } = survey.codebook;
  if (n < Math.max(1, disclosure.least_base)) return null;
  const all = questions.map((question) => ({
    counts: countAnswers(survey, question, { within }),
    dontKnow: scales[survey.codebook.questions[question]?.scale ?? ""]?.dont_know ?? null,
  }));
  if (!all.every(({ counts }) => shownOf(counts).groups.has(null))) return null;
  const isKnown = all.every(({ counts, dontKnow }) =>
    dontKnow === null || isAnswerShown(counts, null, [dontKnow])
  );
  return isKnown ? n : NaN;
}
