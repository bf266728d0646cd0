import { type Count, occupiedStrata, type Sample } from "./counts.ts";
import { betaQuantile, studentTUpperQuantile } from "./distributions/beta.ts";
import { endless, shareVariance } from "./linearised_variance.ts";
import { effectiveSize } from "./share_of.ts";
import type { Interval } from "./wilson_interval.ts";

/**
 * The logit interval of a weighted share, logit⁻¹(logit p ± t·√V/(p(1−p))), t of people less strata; null where
 * it is infinite or has no degree of freedom. In R `survey`: `svyciprop(method = "xlogit")`.
 */
export function logitInterval(
  part: Count,
  base: Count,
  sample: Sample,
): Interval | null {
  const variance = shareVariance(part, base, sample);
  const df = degreesOfFreedom(base, sample);
  const share = part.w / base.w;
  if (variance === null || df < 1 || !(share > 0 && share < 1)) return null;
  const middle = Math.log(share / (1 - share));
  const half = studentTUpperQuantile((1 - sample.confidence) / 2, df) *
    Math.sqrt(variance) / (share * (1 - share));
  const back = (logit: number) => 1 / (1 + Math.exp(-logit));
  return { low: back(middle - half), high: back(middle + half) };
}

/**
 * Korn and Graubard's interval of a weighted share: Clopper and Pearson's for `effectiveSize()` times (t of n−1
 * degrees of freedom over t of n−H)². It never covers less often than it says. In R `survey`:
 * `svyciprop(method = "beta")`. Source: E. L. Korn & B. I. Graubard (1998), Survey Methodology 24, 193–201.
 */
export function kornGraubardInterval(part: Count, base: Count, sample: Sample): Interval {
  const tail = (1 - sample.confidence) / 2;
  const size = effectiveSize(part, base, sample) * freedomLost(base, sample, tail);
  const share = Math.min(1, part.w / base.w);
  if (size === Infinity) return { low: share, high: share };
  const [yes, no] = [share * size, (1 - share) * size];
  return {
    low: share === 0 ? 0 : betaQuantile(tail, yes, no + 1).x,
    high: share === 1 ? 1 : betaQuantile(tail, yes + 1, no, "upper").x,
  };
}

/**
 * The design effect of a weighted share, V/(p(1−p)/(n−1)), both without finite population correction; null
 * where nobody or everybody agrees. In R `survey`: `svymean(…, deff = "replace")` of a design without `fpc`.
 */
export function designEffect(part: Count, base: Count, sample: Sample): number | null {
  const variance = shareVariance(part, base, endless(sample));
  const share = part.w / base.w;
  if (variance === null || !(share > 0 && share < 1)) return null;
  return variance * (base.n - 1) / (share * (1 - share));
}

/**
 * Kish's design effect of weights, n·Σw²/(Σw)², and the effective number of people, n divided by it.
 * Source: L. Kish (1992), Weighting for unequal Pi, Journal of Official Statistics 8, 183–200.
 *
 * @throws {RangeError} Where there is nobody.
 */
export function kishDesignEffect({ n, w, w2 }: Count): {
  designEffect: number;
  effective: number;
} {
  if (!(n > 0 && w > 0)) throw new RangeError("Nobody has no design effect");
  return { designEffect: n * w2 / w ** 2, effective: w ** 2 / w2 };
}

/** People less strata: what a variance has been estimated from. */
export function degreesOfFreedom(base: Count, sample: Sample): number {
  return base.n - occupiedStrata(sample, base.parts?.map(({ n }) => n));
}

/** What strata take from the effective size; nothing where they leave no degree of freedom. */
function freedomLost(base: Count, sample: Sample, tail: number): number {
  const df = degreesOfFreedom(base, sample);
  if (df < 1 || df === base.n - 1) return 1;
  return (studentTUpperQuantile(tail, base.n - 1) / studentTUpperQuantile(tail, df)) ** 2;
}
