import type { Sample } from "./counts.ts";
import { remaining } from "./remaining.ts";

/** What the covariance of two linearised estimates takes of their values u and v, of some people. */
export interface Moments {
  /** Σuv */
  readonly products: number;
  /** Σu */
  readonly first: number;
  /** Σv */
  readonly second: number;
}

/**
 * The covariance of two estimates of one sample from their linearised values u and v.
 *
 *     Σₕ (1 − mₕ/Mₕ)·mₕ/(mₕ − 1)·(Σuv − Σu·Σv/mₕ)
 *
 * over the strata, m respondents and M invited; without strata the sample is one, over which the
 * values of a share add up to 0. A stratum of one respondent adds (1 − 1/M)uv: the distance from the
 * whole stands for the spread, as with `survey.lonely.psu = "adjust"` in R.
 *
 * Source: C.-E. Särndal, B. Swensson & J. Wretman (1992), Model Assisted Survey Sampling, 5.6–5.8;
 * W. G. Cochran (1977), Sampling Techniques, 3rd ed., 5A.13.
 *
 * @param sample The sample that both are of, of two respondents or more.
 * @param of The moments of one stratum, by its place in the sample's strata; of everybody for null.
 * @returns The covariance; of an estimate with itself its variance.
 */
export function linearisedCovariance(
  { respondents, invited, strata }: Sample,
  of: (stratum: number | null) => Moments,
): number {
  if (strata === undefined) {
    return remaining(respondents, invited) * respondents / (respondents - 1) * of(null).products;
  }
  return strata.reduce((sum, { respondents: m, invited }, s) => {
    const { products, first, second } = of(s);
    const own = m === 1 ? products : m / (m - 1) * (products - first * second / m);
    return sum + remaining(m, invited) * own;
  }, 0);
}
