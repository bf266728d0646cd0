import { fileColumns } from "../../responses/file_columns.ts";
import type { Survey } from "../../responses/survey.ts";
import { columnOf } from "../column.ts";
import { countAnswers } from "../count_answers.ts";
import { countedShare } from "../difference_of_shares.ts";
import { domainCodes } from "../domain.ts";
import { isShown } from "../estimate.ts";
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
    shares: (question, by) => {
      if (!isAsked(question) || (by !== null && !isAsked(by)) || !isApart(question, by)) return [];
      const counts = countAnswers(before, question, { by });
      return estimatesFromCounts(counts).filter(isShown).map((estimate) => ({
        estimate,
        counted: countedShare(counts, estimate.group, answersIn(counts, estimate)),
        rounded: 0,
      }));
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
  const names = fileColumns(now.codebook)
    .filter((name) => now.codes.has(name) && before.codes.has(name));
  if (names.length < TELLING) return () => true;
  const [mine, theirs] = [wholeAnswers(now, names), wholeAnswers(before, names)];
  const alone = [
    { survey: now, inside: aloneAmong(mine, theirs, domainCodes(now, {})) },
    { survey: before, inside: aloneAmong(theirs, mine, domainCodes(before, {})) },
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

/** Everything that each respondent answered. */
function wholeAnswers({ codes, source }: Survey, names: readonly string[]): string[] {
  const columns = names.map((name) => codes.get(name)!);
  return Array.from(
    { length: source.respondents },
    (_, i) => String.fromCharCode(...columns.map((column) => column[i]!)),
  );
}

/** 1 for who is inside the part that is reported and whose answers nobody is left to give elsewhere. */
function aloneAmong(
  answers: readonly string[],
  elsewhere: readonly string[],
  inside: Uint8Array | null,
): Uint8Array {
  const left = new Map<string, number>();
  for (const each of elsewhere) left.set(each, (left.get(each) ?? 0) + 1);
  return Uint8Array.from(answers, (each, i) => {
    const others = left.get(each) ?? 0;
    if (others > 0) left.set(each, others - 1);
    return others > 0 ? 0 : inside?.[i] ?? 1;
  });
}
