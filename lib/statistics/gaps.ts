import type { Survey } from "../responses/survey.ts";
import { countAnswers } from "./count_answers.ts";
import type { Counts } from "./counts.ts";
import {
  countedShare,
  differenceOfOverlapping,
  differenceOfQuestions,
} from "./difference_of_shares.ts";
import { isAnswerShown, shownOf } from "./disclosure/suppress.ts";
import { answersNamed, type Gap, type Of } from "./look_up.ts";

/** A share of the answers to a question. */
export type Answered = Of & { readonly question: string };

/**
 * The difference between shares of two questions that the same people answered, first minus second,
 * with interval and test; null where one of the two has too few answers to be shown.
 *
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

/** A group of people: a category of a variable. */
export type GroupOf = readonly [variable: string, category: string];

/**
 * The difference between groups of two variables, first minus second, with interval and test; null where one
 * of them is too small to be shown. Some people may be in both: they are counted once.
 *
 * @throws {InputError} Where the question has no such set or category, or the file no such column.
 */
export function gapOfOverlapping(
  survey: Survey,
  question: string,
  of: Of,
  first: GroupOf,
  second: GroupOf,
): Gap | null {
  const countsOf = ([variable, category]: GroupOf, [by]: GroupOf) =>
    countAnswers(survey, question, { by, within: { [variable]: [category] } });
  const [ofFirst, ofSecond] = [countsOf(first, second), countsOf(second, first)];
  const answers = answersNamed(ofFirst, of);
  const isHidden = ([variable, category]: GroupOf) =>
    !isAnswerShown(countAnswers(survey, question, { by: variable }), category, answers);
  if (isHidden(first) || isHidden(second)) return null;
  // The interval tells what those in both answered.
  if (shownOf(ofFirst).groups.size === 0) return null;
  // Whoever left the other question open is in one group for certain, and so among "the rest" here.
  const partOf = (counts: Counts, isIn: (group: string | null) => boolean) =>
    countedShare(counts, counts.groups.filter(isIn), answers);
  const { pValue, ...rest } = differenceOfOverlapping(
    partOf(ofFirst, (group) => group !== second[1]),
    partOf(ofFirst, (group) => group === second[1]),
    partOf(ofSecond, (group) => group !== first[1]),
    ofFirst.sample,
  );
  return { ...rest, p: pValue };
}
