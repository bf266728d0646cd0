import type { Count, Counts, Sample } from "./counts.ts";
import { baseOf, countOf, groupsCounted } from "./counts.ts";
import { normalUpperTail } from "./distributions/normal.ts";
import { shareOf } from "./share_of.ts";
import { shareVariance } from "./weighted_share.ts";
import { type Interval, populationOfPart, wilsonInterval } from "./wilson_interval.ts";

/** A share as people: those in the category or set, of those who were asked and answered. */
export interface CountedShare {
  readonly part: Count;
  readonly base: Count;
  readonly sample: Sample;
}

/** A difference between shares, in shares (0.1 is ten percentage points). */
export interface Difference extends Interval {
  readonly difference: number;
  /** Standard normal where there is no difference; null where the test has no variance. */
  readonly statistic: number | null;
  /** Two-sided; null with the statistic. */
  readonly pValue: number | null;
}

/** The share of one group (null: of everyone) of some counts. */
export function countedShare(
  counts: Counts,
  group: string | null,
  answers: readonly string[],
): CountedShare {
  return {
    part: countOf(counts, group, answers),
    base: baseOf(counts, group),
    sample: counts.sample,
  };
}

/**
 * The difference between the shares of two groups without a common member, or of two waves without
 * a common respondent: first minus second.
 *
 * Interval: Newcombe's hybrid score (square and add the distances to the ends of both intervals),
 * from the intervals of {@link shareOf}, finite population correction included.
 * Test, unweighted: score test with the common share p and
 * V = p(1−p)·Σ (N−n)/(N−1)/n, in R without correction the root of
 * `prop.test(c(x1, x2), c(n1, n2), correct = FALSE)$statistic`.
 * Test, weighted: the difference over the root of the sum of linearised variances, as `svycontrast`
 * of `svyby(…, covmat = TRUE)` in R `survey`.
 *
 * Source: R. G. Newcombe (1998), Statistics in Medicine 17, 873–890, method 10.
 *
 * @throws {RangeError} Where a base is empty or a part is not within it.
 */
export function differenceOfShares(
  first: CountedShare,
  second: CountedShare,
  level = 0.95,
): Difference {
  const weighted = first.sample.weighted || second.sample.weighted;
  const variance = weighted
    ? sumOrNull(varianceOf(first), varianceOf(second))
    : pooledVariance(first, second);
  return compare(first, second, variance, 0, level);
}

/**
 * The share of a group against the share of everybody else who has a group.
 *
 * @throws {RangeError} Where the counts have no such group, or one of the two has no people.
 */
export function groupAgainstRest(
  counts: Counts,
  group: string,
  answers: readonly string[],
  level = 0.95,
): Difference {
  const rest = groupsCounted(counts).filter((other) => other !== group);
  const of = (pick: (group: string | null) => Count) => addUp(rest.map(pick));
  const second = {
    part: of((group) => countOf(counts, group, answers)),
    base: of((group) => baseOf(counts, group)),
    sample: counts.sample,
  };
  return differenceOfShares(countedShare(counts, group, answers), second, level);
}

/**
 * The difference between a share and a fixed value P₀.
 *
 * Interval: that of {@link shareOf} moved by P₀. Test: the score test (p − P₀)/√V(P₀) with the same
 * finite population correction, unweighted as Wilson's interval, weighted with the linearised
 * variance at p.
 *
 * @param value 0 to 1.
 * @throws {RangeError} Where the base is empty, or the value no share.
 */
export function differenceFromValue(
  share: CountedShare,
  value: number,
  level = 0.95,
): Difference {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`A share is from 0 to 1: ${value}`);
  const { part, base, sample } = share;
  const own = shareOf(part, base, sample, level);
  const difference = own.share - value;
  const variance = sample.weighted ? varianceOf(share) : value * (1 - value) * perPerson(share);
  return {
    difference,
    low: own.low - value,
    high: own.high - value,
    ...zTest(difference, variance),
  };
}

/**
 * The difference between the shares of two groups of one sample that have members in common:
 * first minus second. From counts of the three parts that have none in common.
 *
 * The linearised value of the difference is the same multiple of the weight for everybody in one
 * part with one answer, so its variance and the covariance of the two shares,
 * (1 − m/M)·m/(m−1)·Σ_both w²(y − p₁)(y − p₂)/(W₁W₂), take sums of w and w² only.
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
  level = 0.95,
): Difference {
  const join = (part: typeof both): CountedShare => ({
    part: addUp([part.part, both.part]),
    base: addUp([part.base, both.base]),
    sample,
  });
  const [first, second] = [join(onlyFirst), join(onlySecond)];
  const [v1, v2] = [varianceOf(first), varianceOf(second)];
  if (onlyFirst.base.n === 0 && onlySecond.base.n === 0) {
    return { difference: 0, low: 0, high: 0, statistic: null, pValue: null };
  }
  if (v1 === null || v2 === null) return compare(first, second, null, 0, level);
  const [p1, p2] = [first.part.w / first.base.w, second.part.w / second.base.w];
  const { respondents: m, invited } = sample;
  const left = invited === null ? 1 : 1 - m / invited;
  const squares = both.part.w2 * (1 - p1) * (1 - p2) +
    Math.max(0, both.base.w2 - both.part.w2) * p1 * p2;
  const covariance = left * m / (m - 1) * squares / (first.base.w * second.base.w);
  const correlation = v1 > 0 && v2 > 0 ? covariance / Math.sqrt(v1 * v2) : 0;
  // Rounding may leave less than nothing of a variance that is 0.
  const variance = Math.max(0, v1 + v2 - 2 * covariance);
  const isNothing = variance <= 1e-14 * (v1 + v2);
  return compare(first, second, isNothing ? 0 : variance, Math.min(1, correlation), level);
}

function compare(
  first: CountedShare,
  second: CountedShare,
  variance: number | null,
  correlation: number,
  level: number,
): Difference {
  const a = shareOf(first.part, first.base, first.sample, level);
  const b = shareOf(second.part, second.base, second.sample, level);
  const difference = a.share - b.share;
  const add = (x: number, y: number) =>
    Math.sqrt(Math.max(0, x * x + y * y - 2 * correlation * x * y));
  return {
    difference,
    low: difference - add(a.share - a.low, b.high - b.share),
    high: difference + add(a.high - a.share, b.share - b.low),
    ...zTest(difference, variance),
  };
}

function zTest(
  difference: number,
  variance: number | null,
): Pick<Difference, "statistic" | "pValue"> {
  if (variance === null || variance === 0) return { statistic: null, pValue: null };
  const statistic = difference / Math.sqrt(variance);
  return { statistic, pValue: 2 * normalUpperTail(Math.abs(statistic)) };
}

function pooledVariance(first: CountedShare, second: CountedShare): number {
  const pooled = (first.part.n + second.part.n) / (first.base.n + second.base.n);
  return pooled * (1 - pooled) * (perPerson(first) + perPerson(second));
}

/** (N−n)/(N−1)/n: what p(1−p) is multiplied by in the variance of a share. */
function perPerson({ base, sample }: CountedShare): number {
  const population = populationOfPart(base.n, sample.respondents, sample.invited);
  // Also refuses an empty base.
  wilsonInterval(0, base.n, { population });
  if (population === null) return 1 / base.n;
  return population <= 1 ? 0 : (population - base.n) / (population - 1) / base.n;
}

function varianceOf({ part, base, sample }: CountedShare): number | null {
  return shareVariance(part, base, sample);
}

function sumOrNull(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

function addUp(counts: readonly Count[]): Count {
  return counts.reduce(
    (sum, { n, w, w2 }) => ({ n: sum.n + n, w: sum.w + w, w2: sum.w2 + w2 }),
    { n: 0, w: 0, w2: 0 },
  );
}
