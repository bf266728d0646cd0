import { type Count, isLinearised, type Sample } from "./counts.ts";
import { type Interval, populationOfPart, wilsonInterval } from "./wilson_interval.ts";
import { effectiveSize, effectiveWilsonInterval } from "./weighted_share.ts";

/** A share and its interval. */
export interface Share extends Interval {
  readonly share: number;
}

/**
 * A share with the interval that the project shows by default: Wilson's with finite population
 * correction where everyone counts the same; the same interval for the effective sample size
 * where people have weights or were drawn by strata, since unlike the normal and the logit interval it also has an answer
 * where nobody or everybody agrees.
 *
 * @param part Those in the category or set.
 * @param base Those who were asked and answered, the part included; at least one person.
 * @param sample The sample they are from.
 * @param level Confidence level; by default that of the sample.
 * @throws {RangeError} Where the base is empty or the part is not within it.
 */
export function shareOf(
  part: Count,
  base: Count,
  sample: Sample,
  level = sample.confidence,
): Share {
  if (isLinearised(sample)) {
    const size = effectiveSize(part, base, sample);
    // Sums of weights may differ in their last digits with the order of the terms.
    const share = Math.min(1, part.w / base.w);
    return { share, ...effectiveWilsonInterval(share, size, level) };
  }
  const population = populationOfPart(
    base.n,
    sample.respondents,
    sample.invited,
  );
  return {
    share: part.n / base.n,
    ...wilsonInterval(part.n, base.n, { population, level }),
  };
}
