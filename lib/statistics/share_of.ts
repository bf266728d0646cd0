import { type Count, isLinearised, type Sample } from "./counts.ts";
import { finitePopulationCorrection, shareVariance } from "./linearised_variance.ts";
import { type Interval, populationOfPart, wilsonInterval } from "./wilson_interval.ts";

/**
 * A share with the interval that the project shows by default: Wilson's with finite population
 * correction, and the same for the effective sample size where people have weights or were drawn by strata.
 *
 * @throws {RangeError} Where the base is empty or the part is not within it.
 */
export function shareOf(
  part: Count,
  base: Count,
  sample: Sample,
): Interval & { readonly share: number } {
  const { confidence: level } = sample;
  if (isLinearised(sample)) {
    const size = effectiveSize(part, base, sample);
    // Sums of weights may differ in their last digits with the order of the terms.
    const share = Math.min(1, part.w / base.w);
    return { share, ...effectiveWilsonInterval(share, size, level) };
  }
  const population = populationOfPart(base.n, sample.respondents, sample.invited);
  return {
    share: part.n / base.n,
    ...wilsonInterval(part.n, base.n, { population, level }),
  };
}

/**
 * The number of people whose unweighted answers, from an endless population, would tell the share
 * as exactly: p(1−p)/V. Where nobody or everybody agrees V is 0, and Kish's number W²/Σw², with
 * the finite population correction, stands in; Infinity where the whole population answered.
 * Source: E. L. Korn & B. I. Graubard (1998), Survey Methodology 24, 193–201; L. Kish (1965), Survey
 * Sampling, 11.7.
 *
 * @throws {RangeError} As `shareVariance()`.
 */
export function effectiveSize(part: Count, base: Count, sample: Sample): number {
  // Also refuses a part that is not within its base.
  const variance = shareVariance(part, base, sample) ?? 0;
  const varies = part.n > 0 && part.n < base.n;
  const { respondents, invited, strata } = sample;
  const correction = strata === undefined
    ? finitePopulationCorrection(respondents, invited)
    : strata.every(({ respondents, invited }) => respondents === invited)
    ? 0
    : 1;
  if (correction === 0) return Infinity;
  if (!varies || variance === 0) return base.w ** 2 / base.w2 / correction;
  const share = part.w / base.w;
  return share * (1 - share) / variance;
}

/** Wilson's interval for an effective sample size; a point where that is Infinity. */
function effectiveWilsonInterval(share: number, size: number, level: number): Interval {
  if (size === Infinity) return { low: share, high: share };
  return wilsonInterval(Math.min(size, share * size), size, { level });
}
