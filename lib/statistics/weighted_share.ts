import type { Count, Sample } from "./counts.ts";
import { inStratum } from "./covariance_of_shares.ts";
import { linearisedCovariance } from "./linearised_covariance.ts";
import { remaining } from "./remaining.ts";
import { type Interval, wilsonInterval } from "./wilson_interval.ts";

/**
 * Variance of a weighted share by Taylor linearisation, with finite population correction, for a
 * base that is a domain of the sample.
 *
 * The share is p = Σ wᵢyᵢ / Σ wᵢ over the base (Hájek). Its linearised values are
 * zᵢ = wᵢ(yᵢ − p)/W in the base and 0 for everybody else in the sample; they add up to 0, so with
 * m respondents of M invited
 *
 *     V = (1 − m/M) · m/(m−1) · Σ zᵢ².
 *
 * Since y is 0 or 1, Σ zᵢ² = (Σ_part w²·(1−p)² + Σ_rest w²·p²)/W²: sums of w and w² by answer are
 * all it takes, and no respondent is looked at.
 *
 * With strata the values add up to something in each of them; see `linearisedCovariance()`. Weights
 * are those of the survey: where strata were invited at different rates, they must have them.
 *
 * Sources: C.-E. Särndal, B. Swensson & J. Wretman (1992), Model Assisted Survey Sampling, 5.6–5.8;
 * W. G. Cochran (1977), Sampling Techniques, 3rd ed., 5A.13 (domains over strata).
 * In R `survey`: `svymean` of a 0/1 variable within `subset(svydesign(ids = ~1, weights = ~w,
 * fpc = ~M))`, with `strata = ~s` for strata. Assumes that the weights are given, and people drawn
 * independently of them.
 *
 * @param part Those in the category or set.
 * @param base Those who were asked and answered, the part included.
 * @param sample The sample they are from.
 * @returns The variance, in squared shares; null where the sample is a single respondent.
 * @throws {RangeError} Where the base is empty or the part is not within it.
 */
export function shareVariance(
  part: Count,
  base: Count,
  sample: Sample,
): number | null {
  requirePart(part, base);
  if (sample.respondents < 2) return null;
  const share = part.w / base.w;
  const variance = linearisedCovariance(sample, (stratum) => {
    const [own, of] = [inStratum(part, stratum), inStratum(base, stratum)];
    // Over everybody the values add up to 0.
    const sum = stratum === null ? 0 : own.w - share * of.w;
    return { products: squaresOf(own, of, share), first: sum, second: sum };
  });
  // Rounding may leave a little less than nothing.
  return Math.max(0, variance) / base.w ** 2;
}

/** Σ w²(y − p)² over the base. */
function squaresOf(part: Count, base: Count, share: number): number {
  return part.w2 * (1 - share) ** 2 + Math.max(0, base.w2 - part.w2) * share ** 2;
}

/**
 * The number of people whose unweighted answers, from an endless population, would tell the share
 * as exactly: p(1−p)/V. Where nobody or everybody agrees V is 0, and Kish's number W²/Σw², with
 * the finite population correction, stands in.
 *
 * Source: E. L. Korn & B. I. Graubard (1998), Survey Methodology 24, 193–201; L. Kish (1965),
 * Survey Sampling, 11.7.
 *
 * @returns People, above 0; Infinity where the whole population answered.
 * @throws {RangeError} As {@link shareVariance}.
 */
export function effectiveSize(
  part: Count,
  base: Count,
  sample: Sample,
): number {
  const variance = shareVariance(part, base, sample);
  const share = part.w / base.w;
  const left = leftOf(sample);
  if (left === 0) return Infinity;
  if (variance === null || variance === 0 || part.n === 0 || part.n === base.n) {
    return base.w ** 2 / base.w2 / left;
  }
  return share * (1 - share) / variance;
}

/**
 * Wilson's interval for an effective sample size; a point where that is Infinity.
 *
 * @param share 0 to 1.
 * @param size People, above 0, as from {@link effectiveSize}.
 * @param level Confidence level.
 * @throws {RangeError} Where a number is outside its range.
 */
export function effectiveWilsonInterval(
  share: number,
  size: number,
  level: number,
): Interval {
  if (size === Infinity) return { low: share, high: share };
  return wilsonInterval(Math.min(size, share * size), size, { level });
}

/**
 * What an effective size is divided by where nothing varies: the share that did not answer. With
 * strata 0 where everybody in each of them answered, otherwise 1.
 */
export function leftOf({ respondents, invited, strata }: Sample): number {
  if (strata === undefined) return remaining(respondents, invited);
  return strata.every(({ respondents, invited }) => respondents === invited) ? 0 : 1;
}

function requirePart(part: Count, base: Count): void {
  if (!(base.n > 0 && base.w > 0)) {
    throw new RangeError(
      `A share needs a base: ${base.n} people with weights of ${base.w} in all`,
    );
  }
  // Sums of weights may differ in their last digits with the order of the terms.
  const slack = 1 + 1e-9;
  if (
    !(part.n >= 0 && part.n <= base.n && part.w >= 0 &&
      part.w <= base.w * slack && part.w2 >= 0 && part.w2 <= base.w2 * slack)
  ) {
    throw new RangeError(
      `A part of ${part.n} people (weights of ${part.w}) is not within its base of ` +
        `${base.n} (${base.w})`,
    );
  }
}
