import type { Survey } from "../responses/survey.ts";
import { countAnswers } from "./count_answers.ts";
import { differenceOfQuestions } from "./difference_of_shares.ts";
import { answersNamed, type Gap, type Of } from "./look_up.ts";
import { isAnswerShown } from "./disclosure/suppress.ts";

/** A share of the answers to a question. */
export type Answered = Of & { readonly question: string };

/**
 * The difference between shares of two questions that the same people answered, first minus second,
 * with interval and test.
 *
 * @returns null where one of the two has too few answers to be shown.
 * @throws {InputError} Where a question has no such set or category, or the file no such column.
 */
export function gapOfQuestions(survey: Survey, first: Answered, second: Answered): Gap | null {
  const [a, b] = [countAnswers(survey, first.question), countAnswers(survey, second.question)];
  const [ofFirst, ofSecond] = [answersNamed(a, first), answersNamed(b, second)];
  if (!isAnswerShown(a, null, ofFirst) || !isAnswerShown(b, null, ofSecond)) return null;
  const { pValue, ...rest } = differenceOfQuestions(
    a,
    ofFirst,
    b,
    ofSecond,
    countAnswers(survey, second.question, { by: first.question }),
  );
  return { ...rest, p: pValue };
}
