import { type Matrix, multiply, transpose } from "../matrix.ts";
import { personScores } from "./ordinal_likelihood.ts";
import type { OrdinalData, ProportionalOdds } from "./proportional_odds.ts";

/**
 * The covariance of a proportional-odds regression whose weights are survey weights: how many
 * people of the population a person stands for, not how many people were asked. Needs rows.
 *
 * The linearised ("sandwich") covariance A·m/(m−1)·Σuᵢuᵢᵀ·A of the scores u, with A the inverse of
 * the information; the same whatever the weights are multiplied by. In R `survey`: `svyolr()` on a
 * design without finite population correction, whose A is of numerical second derivatives.
 * Source: D. A. Binder (1983), International Statistical Review 51, 279–292.
 *
 * @param data What the regression was fitted on.
 * @param fit The regression.
 * @param respondents The whole sample m, of which the people of the regression are a domain.
 * @returns Of coefficients and then thresholds.
 * @throws {RangeError} Where the sample is a single person, or less than the people.
 */
export function robustCovariance(
  data: OrdinalData,
  fit: ProportionalOdds,
  respondents: number,
): Matrix {
  if (!(respondents > 1 && respondents >= data.x.length)) {
    throw new RangeError(`${data.x.length} people are not within a sample of ${respondents}`);
  }
  const scores = personScores(data, [...fit.coefficients, ...fit.thresholds]);
  const moved = multiply(scores, fit.covariance);
  const factor = respondents / (respondents - 1);
  return multiply(transpose(moved), moved).map((row) => row.map((value) => value * factor));
}
