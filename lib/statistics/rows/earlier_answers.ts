import type { Survey } from "../../responses/survey.ts";
import { countAnswers } from "../count_answers.ts";
import { countedShare } from "../difference_of_shares.ts";
import { isExact } from "../estimate.ts";
import { answersIn, estimatesFromCounts } from "../estimates.ts";
import type { EarlierWave } from "../wave_changes.ts";
import { apartIn } from "./waves_apart.ts";
import { countOverlap } from "./count_overlap.ts";

/**
 * An earlier wave whose answers are at hand. Needs rows.
 *
 * @param rows For each respondent now, the row in the earlier wave or -1; null: nobody knows who
 *   answered both times.
 */
export function earlierAnswers(now: Survey, before: Survey, rows: Int32Array | null): EarlierWave {
  const isAsked = (name: string) => before.codes.has(name);
  const isApart = apartIn(now, before, rows);
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
    isRounded: now.isPublished ?? false,
    overlap: (question, by) => rows === null ? null : countOverlap(now, before, rows, question, by),
  };
}
