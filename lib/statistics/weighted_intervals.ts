import type { Count, Sample } from "./counts.ts";
import { betaQuantile } from "./distributions/beta.ts";
import { studentTUpperQuantile } from "./distributions/student_t.ts";
import { effectiveSize, shareVariance } from "./weighted_share.ts";
import type { Interval } from "./wilson_interval.ts";

/**
 * The logit interval of a weighted share: the normal interval of ln(p/(1−p)), brought back.
 *
 * logit⁻¹(logit p ± t·√V/(p(1−p))) with the linearised variance V and t of n−1 degrees of freedom,
 * n the people of the base. In R `survey`: `svyciprop(method = "xlogit")`, which `"logit"` iterates to.
 *
 * @returns The interval, or null where nobody or everybody agrees (the logit is infinite), or the
 *   base is a single person.
 * @throws {RangeError} Where the base is empty or the part is not within it.
 */
export function logitInterval(
  part: Count,
  base: Count,
  sample: Sample,
  level = 0.95,
): Interval | null {
  const variance = shareVariance(part, base, sample);
  if (variance === null || base.n < 2 || part.n === 0 || part.n === base.n) return null;
  const share = part.w / base.w;
  const middle = Math.log(share / (1 - share));
  const half = studentTUpperQuantile((1 - level) / 2, base.n - 1) *
    Math.sqrt(variance) / (share * (1 - share));
  const back = (logit: number) => 1 / (1 + Math.exp(-logit));
  return { low: back(middle - half), high: back(middle + half) };
}

/**
 * Korn and Graubard's interval of a weighted share: Clopper and Pearson's for the effective sample
 * size. It never covers less often than it says, so it is the wide one of the three.
 *
 * In R `survey`: `svyciprop(method = "beta")`. People are drawn one by one here, so that the
 * correction for degrees of freedom is 1.
 *
 * Source: E. L. Korn & B. I. Graubard (1998), Survey Methodology 24, 193–201.
 *
 * @throws {RangeError} Where the base is empty or the part is not within it.
 */
export function kornGraubardInterval(
  part: Count,
  base: Count,
  sample: Sample,
  level = 0.95,
): Interval {
  const size = effectiveSize(part, base, sample);
  const share = part.w / base.w;
  if (size === Infinity) return { low: share, high: share };
  const tail = (1 - level) / 2;
  const yes = share * size;
  const no = (1 - share) * size;
  return {
    low: part.n === 0 ? 0 : betaQuantile(tail, yes, no + 1).x,
    high: part.n === base.n ? 1 : betaQuantile(tail, yes + 1, no, "upper").x,
  };
}

/**
 * The design effect of a weighted share: how many times the variance of as many people without
 * weights its variance is. 1 without weights.
 *
 * V/(p(1−p)/(n−1)), both without finite population correction. In R `survey`:
 * `svymean(…, deff = "replace")` of a design without `fpc`.
 *
 * @returns The design effect, or null where nobody or everybody agrees: there is no variance.
 * @throws {RangeError} Where the base is empty or the part is not within it.
 */
export function designEffect(part: Count, base: Count, sample: Sample): number | null {
  const variance = shareVariance(part, base, { ...sample, invited: null });
  if (variance === null || part.n === 0 || part.n === base.n) return null;
  const share = part.w / base.w;
  return variance * (base.n - 1) / (share * (1 - share));
}

/**
 * What weights alone do to the variance of anything they have nothing to do with: 1 + their
 * squared coefficient of variation, n·Σw²/(Σw)².
 *
 * Source: L. Kish (1992), Weighting for unequal Pi, Journal of Official Statistics 8, 183–200.
 *
 * @returns The factor, and n divided by it: the effective number of people.
 * @throws {RangeError} Where there is nobody.
 */
export function kishDesignEffect({ n, w, w2 }: Count): {
  designEffect: number;
  effective: number;
} {
  if (!(n > 0 && w > 0)) throw new RangeError("Nobody has no design effect");
  return { designEffect: n * w2 / w ** 2, effective: w ** 2 / w2 };
}
