import type { Survey } from "../../responses/survey.ts";
import { countAnswers } from "../count_answers.ts";
import { baseOf, countOf, type Counts } from "../counts.ts";
import { isAnswerShown } from "../disclosure/suppress.ts";
import {
  designEffect,
  type Interval,
  kishDesignEffect,
  kornGraubardInterval,
  logitInterval,
  shareOf,
} from "../intervals.ts";

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
  /** Intervals, of the calibrated variance where weights were raked. `wilson`, for the effective sample
   * size, is the one shown elsewhere. */
  readonly wilson: Interval;
  /** Null where nobody or everybody agrees. */
  readonly logit: Interval | null;
  readonly kornGraubard: Interval;
}

/**
 * The main share of every question that was asked, weighted beside unweighted.
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
    return isAnswerShown(counts, null, counts.sets[set]!) ? [rowOf(counts, set)] : [];
  });
}

function rowOf(counts: Counts, set: string): WeightedShareRow {
  const { question, sample } = counts;
  const answers = counts.sets[set]!;
  const [part, base] = [countOf(counts, null, answers), baseOf(counts)];
  const { share, ...wilson } = shareOf(part, base, sample);
  const effect = designEffect(part, base, sample);
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
  };
}

/** What the weights of a survey are like. */
interface WeightSummary {
  readonly respondents: number;
  readonly mean: number;
  /**
   * The weights of the fifth and the ninety-fifth of a hundred respondents, or further in where these
   * are too few people to be shown; null where the two would cross.
   */
  readonly spread: { readonly low: number; readonly high: number } | null;
  /** Kish's. */
  readonly designEffect: number;
  /** Respondents over the design effect. */
  readonly effective: number;
}

/**
 * Describes weights. Needs rows: their spread cannot be seen from sums.
 *
 * @param weights One per respondent, above 0.
 * @param leastBase The smallest number of people of whom anything is shown.
 * @throws {RangeError} Where there is none, or one is not above 0.
 */
export function weightSummary(weights: Float64Array, leastBase = 1): WeightSummary {
  const respondents = weights.length;
  let [w, w2] = [0, 0];
  for (const weight of weights) {
    if (!(weight > 0 && weight < Infinity)) throw new RangeError(`A weight is above 0: ${weight}`);
    w += weight;
    w2 += weight * weight;
  }
  return {
    respondents,
    mean: w / respondents,
    spread: spreadOf(weights, leastBase),
    ...kishDesignEffect({ n: respondents, w, w2 }),
  };
}

function spreadOf(weights: Float64Array, leastBase: number): WeightSummary["spread"] {
  const sorted = weights.toSorted();
  const from = Math.max(Math.ceil(weights.length * 0.05), leastBase) - 1;
  const to = weights.length - 1 - from;
  return from > to ? null : { low: sorted[from]!, high: sorted[to]! };
}
