import type { Survey } from "../../responses/survey.ts";
import { countAnswers } from "../count_answers.ts";
import type { Counts } from "../counts.ts";
import { countedShare } from "../difference_of_shares.ts";
import { isShown } from "../estimate.ts";
import { estimatesFromCounts } from "../estimates.ts";
import type { EarlierShare, EarlierWave } from "../wave_changes.ts";
import { apartIn } from "./alone_in_wave.ts";
import { countOverlap } from "./count_overlap.ts";

/**
 * An earlier wave whose answers are at hand.
 *
 * @param rows For each respondent now, the row in the earlier wave or -1; null: nobody knows who
 *   answered both times.
 */
export function earlierAnswers(now: Survey, before: Survey, rows: Int32Array | null): EarlierWave {
  const isAsked = (name: string) => before.codes.has(name);
  const isApart = apartIn(now, before);
  return {
    shares: (question, by) =>
      isAsked(question) && (by === null || isAsked(by)) && isApart(question, by)
        ? sharesOf(countAnswers(before, question, { by }))
        : [],
    overlap: (question, by) => rows === null ? null : countOverlap(now, before, rows, question, by),
  };
}

function sharesOf(counts: Counts): EarlierShare[] {
  return estimatesFromCounts(counts).filter(isShown).map((estimate) => {
    const { set, category, group } = estimate;
    const answers = set === null ? [category ?? ""] : counts.sets[set] ?? [];
    return { estimate, counted: countedShare(counts, group, answers), rounded: 0 };
  });
}
