import { addUp, compareShares, type CountedShare, type Difference } from "./compare_shares.ts";
import type { Sample } from "./counts.ts";
import { covarianceOfShares, inStratum, type SharedSquares } from "./covariance_of_shares.ts";
import { shareVariance } from "./weighted_share.ts";

/**
 * The difference between the shares of two groups of one sample that have members in common:
 * first minus second. From counts of the three parts that have none in common.
 *
 * The linearised value of the difference is the same multiple of the weight for everybody in one
 * part with one answer, so its variance and the covariance of the two shares,
 * (1 − m/M)·m/(m−1)·Σ_both w²(y − p₁)(y − p₂)/(W₁W₂), take sums of w and w² only.
 * With strata, see `linearisedCovariance()`.
 * Interval: Newcombe's for correlated shares, with that correlation. Test: the difference over the
 * root of its variance, as `svycontrast` in R `survey` over two domain means.
 *
 * Of a group with itself the difference is 0, for certain and without a test.
 *
 * Source: G. Y. Zou & A. Donner (2008), Statistics in Medicine 27, 1693–1702 (method MOVER).
 *
 * @param onlyFirst Share among those in the first group only; its base may be empty.
 * @param both Share among those in both; its base may be empty.
 * @param onlySecond Share among those in the second group only; its base may be empty.
 * @param sample The sample that they are all from.
 * @throws {RangeError} Where one of the two groups is empty.
 */
export function differenceOfOverlapping(
  onlyFirst: Omit<CountedShare, "sample">,
  both: Omit<CountedShare, "sample">,
  onlySecond: Omit<CountedShare, "sample">,
  sample: Sample,
  level = sample.confidence,
): Difference {
  const join = (part: typeof both): CountedShare => ({
    part: addUp([part.part, both.part]),
    base: addUp([part.base, both.base]),
    sample,
  });
  const [first, second] = [join(onlyFirst), join(onlySecond)];
  const [v1, v2] = [first, second].map((share) =>
    shareVariance(share.part, share.base, sample)
  ) as [number | null, number | null];
  if (onlyFirst.base.n === 0 && onlySecond.base.n === 0) {
    return { difference: 0, low: 0, high: 0, statistic: null, pValue: null };
  }
  if (v1 === null || v2 === null) return compareShares(first, second, null, 0, level);
  const squares: SharedSquares = (stratum, p1, p2) => {
    const [part, base] = [inStratum(both.part, stratum), inStratum(both.base, stratum)];
    return part.w2 * (1 - p1) * (1 - p2) + Math.max(0, base.w2 - part.w2) * p1 * p2;
  };
  const covariance = covarianceOfShares(first, second, sample, squares);
  const correlation = v1 > 0 && v2 > 0 ? covariance / Math.sqrt(v1 * v2) : 0;
  // Rounding may leave less than nothing of a variance that is 0.
  const variance = Math.max(0, v1 + v2 - 2 * covariance);
  const isNothing = variance <= 1e-14 * (v1 + v2);
  return compareShares(
    first,
    second,
    isNothing ? 0 : variance,
    Math.max(-1, Math.min(1, correlation)),
    level,
  );
}
