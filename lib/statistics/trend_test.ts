import { type Counts, partsOf } from "./counts.ts";
import { correlationIn, countedShare, sized } from "./difference_of_shares.ts";
import { normalQuantile, normalUpperTail } from "./distributions/normal.ts";
import type { Interval } from "./wilson_interval.ts";

/** How a share moves over ordered groups. */
export interface TrendTest extends Interval {
  /** In shares, from each group to the next; `low` and `high` are the ends of its interval. */
  readonly slope: number;
  /** Standard normal where there is no trend; null where the test has no variance. */
  readonly statistic: number | null;
  /** Two-sided; null with the statistic. */
  readonly pValue: number | null;
}

/**
 * Tests whether a share rises or falls over ordered groups: Cochran and Armitage's test, a linear contrast
 * Σ aₓpₓ of the groups' shares with aₓ = nₓ(x − x̄), x = 1, 2, 3 … and the variance that they have without
 * a trend. n are people, or effective sizes p(1−p)/V where people have weights or were drawn by strata (then
 * with the correlations that these give the shares). Of two groups it is the test of their difference.
 *
 * In R for people: `prop.trend.test(x, n)`; otherwise from `svyby(…, svymean, covmat = TRUE)`.
 * Source: P. Armitage (1955), Biometrics 11, 375–386; A. Agresti (2013), Categorical Data Analysis, 3rd
 * ed., 5.3.5; the slope's interval holds all slopes that the same variance does not refuse.
 *
 * @param groups Of the counts, in order; each with people.
 * @throws {RangeError} Where there are fewer than two, or one has nobody.
 */
export function trendTest(
  counts: Counts,
  groups: readonly (string | null)[],
  answers: readonly string[],
): TrendTest {
  if (groups.length < 2) throw new RangeError("A trend needs two groups");
  const shares = groups.map((group) => countedShare(counts, group, answers));
  const all = shares.map(sized);
  const total = all.reduce((sum, { size }) => sum + size, 0);
  const mean = (of: (x: number) => number) =>
    all.reduce((sum, { size }, x) => sum + size * of(x), 0) / total;
  const pooled = mean((x) => all[x]!.share);
  const middle = mean((x) => x);
  const contrast = all.map(({ size }, x) => size * (x - middle));
  const spread = all.reduce((sum, { size }, x) => sum + size * (x - middle) ** 2, 0);
  const isByParts = partsOf(counts.sample).length > 0;
  const errors = all.map(({ size }) => Math.sqrt(pooled * (1 - pooled) / size));
  let variance = 0;
  contrast.forEach((a, g) =>
    contrast.forEach((b, h) => {
      const r = g === h ? 1 : isByParts ? correlationIn(shares[g]!, shares[h]!, counts.sample) : 0;
      if (r !== 0) variance += a * b * r * errors[g]! * errors[h]!;
    })
  );
  const slope = contrast.reduce((sum, a, x) => sum + a * all[x]!.share, 0) / spread;
  const se = Math.sqrt(Math.max(0, variance)) / spread;
  const statistic = se > 0 ? slope / se : null;
  const reach = normalQuantile((1 + counts.sample.confidence) / 2) * se;
  return {
    slope,
    low: slope - reach,
    high: slope + reach,
    statistic,
    pValue: statistic === null ? null : 2 * normalUpperTail(Math.abs(statistic)),
  };
}
