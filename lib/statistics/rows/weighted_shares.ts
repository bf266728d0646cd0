import type { Survey } from "../../responses/survey.ts";
import { countAnswers } from "../count_answers.ts";
import { baseOf, countOf, type Counts } from "../counts.ts";
import { shareOf } from "../share_of.ts";
import { isAnswerShown } from "../disclosure/suppress.ts";
import { designEffect, kornGraubardInterval, logitInterval } from "../weighted_intervals.ts";
import type { Interval } from "../wilson_interval.ts";
import { calibratedShare } from "./calibrated_share.ts";

/** One weighted share beside the unweighted one, with every interval there is for it. */
export interface WeightedShareRow {
  readonly question: string;
  readonly set: string;
  /** Unweighted number of people who were asked and answered. */
  readonly n: number;
  /** Shares, 0 to 1. */
  readonly unweighted: number;
  readonly weighted: number;
  /** Weighted minus unweighted, in percentage points. */
  readonly points: number;
  /** Times the variance of as many people without weights; null where nobody or everybody agrees. */
  readonly designEffect: number | null;
  /** n over the design effect; null with it. */
  readonly effective: number | null;
  /** Intervals. `wilson`, for the effective sample size, is the one shown elsewhere. */
  readonly wilson: Interval;
  /** Null where nobody or everybody agrees. */
  readonly logit: Interval | null;
  readonly kornGraubard: Interval;
  /** With what the margins explain taken out; null where weights were not raked, or without rows. */
  readonly calibrated: Interval | null;
}

/**
 * The main share of every question that was asked, weighted beside unweighted. Needs rows where the
 * weights were raked: the calibrated variance is no function of counts.
 *
 * @param survey A survey with weights.
 * @returns One per question in codebook order; those of which nothing may be shown are left out.
 */
export function weightedShares(survey: Survey): WeightedShareRow[] {
  const { codebook, codes } = survey;
  return Object.entries(codebook.questions).flatMap(([question, { scale }]): WeightedShareRow[] => {
    const set = codebook.scales[scale]?.main_set;
    if (set === undefined || !codes.has(question)) return [];
    const counts = countAnswers(survey, question);
    return isAnswerShown(counts, null, counts.sets[set]!) ? [rowOf(survey, counts, set)] : [];
  });
}

function rowOf(survey: Survey, counts: Counts, set: string): WeightedShareRow {
  const { question, sample } = counts;
  const answers = counts.sets[set]!;
  const [part, base] = [countOf(counts, null, answers), baseOf(counts)];
  const { share, ...wilson } = shareOf(part, base, sample);
  const effect = designEffect(part, base, sample);
  const { weighting } = survey;
  const margins = weighting?.by === "population" ? weighting.population.margins : null;
  return {
    question,
    set,
    n: base.n,
    unweighted: part.n / base.n,
    weighted: share,
    points: (share - part.n / base.n) * 100,
    designEffect: effect,
    effective: effect === null ? null : base.n / effect,
    wilson,
    logit: logitInterval(part, base, sample),
    kornGraubard: kornGraubardInterval(part, base, sample),
    calibrated: survey.counted ? null : margins &&
      calibratedShare(survey, question, answers, { margins }),
  };
}
