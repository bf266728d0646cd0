import { namesInBoth, peopleByAnswers, wholeAnswers } from "../../responses/require_apart.ts";
import type { Survey } from "../../responses/survey.ts";
import { columnOf } from "../column.ts";
import { countAnswers } from "../count_answers.ts";
import { countedShare } from "../difference_of_shares.ts";
import { domainCodes } from "../domain.ts";
import { isExact } from "../estimate.ts";
import { answersIn, estimatesFromCounts } from "../estimates.ts";
import { answersByPattern, patternsOf, tallyOfRows } from "../tally.ts";
import type { EarlierWave } from "../wave_changes.ts";
import { countOverlap } from "./count_overlap.ts";

/**
 * An earlier wave whose answers are at hand. Needs rows.
 *
 * @param rows For each respondent now, the row in the earlier wave or -1; null: nobody knows who
 *   answered both times.
 */
export function earlierAnswers(now: Survey, before: Survey, rows: Int32Array | null): EarlierWave {
  const isAsked = (name: string) => before.codes.has(name);
  const isApart = apartIn(now, before);
  return {
    wave: before.codebook.study.wave,
    shares: (question, by) => {
      if (!isAsked(question) || (by !== null && !isAsked(by)) || !isApart(question, by)) return [];
      const counts = countAnswers(before, question, { by });
      return estimatesFromCounts(counts).filter(isExact).map((estimate) => {
        const answers = answersIn(counts, estimate);
        return { estimate, answers, counted: countedShare(counts, estimate.group, answers) };
      });
    },
    overlap: (question, by) => rows === null ? null : countOverlap(now, before, rows, question, by),
  };
}

/**
 * Tells of which groups two waves may be shown side by side: not of those that are the same answers in
 * both but for a few people (a later export, with some who answered late), whose answers are what is
 * left when one is subtracted from the other.
 *
 * @returns Whether the tables of a question (overall, or by a variable) are apart: in each group,
 *   nobody or as many as the least base gave answers, taken all together, that are in one wave only.
 */
function apartIn(
  now: Survey,
  before: Survey,
): (question: string, by: string | null) => boolean {
  // Counts alone do not tell who is who.
  if (now.counted || before.counted) return () => true;
  const names = namesInBoth(now, before);
  if (names.length < TELLING) return () => true;
  const alone = [
    { survey: now, inside: aloneAmong(now, before, names) },
    { survey: before, inside: aloneAmong(before, now, names) },
  ];
  const { least_base } = now.codebook.disclosure;
  const isShared = alone.some(({ inside }) => inside.includes(0));
  return (question, by) =>
    !isShared ||
    alone.every(({ survey, inside }) => {
      const groups = patternsOf(by === null ? [] : [columnOf(survey, by)], inside, inside.length);
      return answersByPattern(tallyOfRows(groups, columnOf(survey, question), null))
        .map((people) => people.reduce((sum, n) => sum + n, 0))
        .every((n) => n === 0 || n >= least_base);
    });
}

/** To fewer questions and variables, many people give the same answers. */
const TELLING = 5;

/** 1 for who is inside the part that is reported and whose answers nobody is left to give elsewhere. */
function aloneAmong(survey: Survey, elsewhere: Survey, names: readonly string[]): Uint8Array {
  const left = peopleByAnswers(elsewhere, names);
  const inside = domainCodes(survey, {});
  return Uint8Array.from([...wholeAnswers(survey, names)], (each, i) => {
    const others = left.get(each) ?? 0;
    if (others > 0) left.set(each, others - 1);
    return others > 0 ? 0 : inside?.[i] ?? 1;
  });
}
