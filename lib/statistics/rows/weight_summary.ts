import { kishDesignEffect } from "../weighted_intervals.ts";

/** What the weights of a survey are like. */
export interface WeightSummary {
  readonly respondents: number;
  readonly least: number;
  readonly mean: number;
  readonly most: number;
  /**
   * The weights of the fifth and the ninety-fifth of a hundred respondents, or further in where these
   * are too few people to be shown; null where the two would cross. Show these, not the extremes.
   */
  readonly spread: { readonly low: number; readonly high: number } | null;
  /** Standard deviation over mean. */
  readonly variation: number;
  /** Kish's: 1 + variation². */
  readonly designEffect: number;
  /** Respondents over the design effect. */
  readonly effective: number;
}

/**
 * Describes weights. Needs rows: the least and the most cannot be seen from sums.
 *
 * @param weights One per respondent, above 0.
 * @param leastBase The smallest number of people of whom anything is shown.
 * @throws {RangeError} Where there is none, or one is not above 0.
 */
export function weightSummary(weights: Float64Array, leastBase = 1): WeightSummary {
  const respondents = weights.length;
  let [least, most, w, w2] = [Infinity, 0, 0, 0];
  for (const weight of weights) {
    if (!(weight > 0 && weight < Infinity)) throw new RangeError(`A weight is above 0: ${weight}`);
    least = Math.min(least, weight);
    most = Math.max(most, weight);
    w += weight;
    w2 += weight * weight;
  }
  const { designEffect, effective } = kishDesignEffect({ n: respondents, w, w2 });
  return {
    respondents,
    least,
    mean: w / respondents,
    most,
    spread: spreadOf(weights, leastBase),
    variation: Math.sqrt(Math.max(0, designEffect - 1)),
    designEffect,
    effective,
  };
}

function spreadOf(weights: Float64Array, leastBase: number): WeightSummary["spread"] {
  const sorted = weights.toSorted();
  const from = Math.max(Math.ceil(weights.length * 0.05), leastBase) - 1;
  const to = weights.length - 1 - from;
  return from > to ? null : { low: sorted[from]!, high: sorted[to]! };
}
