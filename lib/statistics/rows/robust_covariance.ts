import { type Matrix, multiply } from "../matrix.ts";
import type { OrdinalData } from "./ordinal_data.ts";
import { scoreProducts } from "./ordinal_likelihood.ts";
import type { ProportionalOdds } from "./proportional_odds.ts";

/** The sample that the people of a regression are of. */
export interface WeightedSample {
  /** Sums of the squared weights, where the data's counts are sums of weights. */
  readonly squares: Float64Array;
  /** People in the regression. */
  readonly people: number;
  /** The whole sample m, of which they are a domain. */
  readonly respondents: number;
}

/**
 * The covariance of a proportional-odds regression whose weights are survey weights: how many
 * people of the population a person stands for, not how many people were asked.
 *
 * The linearised ("sandwich") covariance A·m/(m−1)·Σwᵢ²uᵢuᵢᵀ·A of the scores wᵢuᵢ, with A the
 * inverse of the information; the same whatever the weights are multiplied by. Who has the same
 * pattern and answer has the same u, so that of their weights the sum of squares is enough. In R
 * `survey`: `svyolr()` on a design without finite population correction, whose A is of numerical
 * second derivatives. Source: D. A. Binder (1983), International Statistical Review 51, 279–292.
 *
 * @param data What the regression was fitted on.
 * @param fit The regression.
 * @param sample The sample.
 * @returns Of coefficients and then thresholds.
 * @throws {RangeError} Where the sample is a single person, or less than the people.
 */
export function robustCovariance(
  data: OrdinalData,
  fit: ProportionalOdds,
  { squares, people, respondents }: WeightedSample,
): Matrix {
  if (!(respondents > 1 && respondents >= people)) {
    throw new RangeError(`${people} people are not within a sample of ${respondents}`);
  }
  const middle = scoreProducts({ ...data, counts: squares }, [
    ...fit.coefficients,
    ...fit.thresholds,
  ]);
  const factor = respondents / (respondents - 1);
  return multiply(multiply(fit.covariance, middle), fit.covariance)
    .map((row) => row.map((value) => value * factor));
}
