import {
  baseOf,
  type Count,
  countOf,
  type Counts,
  groupsCounted,
  isLinearised,
  type Sample,
} from "./counts.ts";
import { normalUpperTail } from "./distributions/normal.ts";
import {
  type CountedShare,
  covarianceOfShares,
  inStratum,
  type SharedSquares,
  shareVariance,
} from "./linearised_variance.ts";
import { shareOf } from "./share_of.ts";
import { type Interval, populationOfPart, wilsonInterval } from "./wilson_interval.ts";

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
 * Interval: Newcombe's hybrid score, from the intervals of `shareOf()`. Test, unweighted: score test with
 * the common share p and V = p(1−p)·Σ (N−n)/(N−1)/n, in R without finite population correction the root
 * of `prop.test(c(x1, x2), c(n1, n2), correct = FALSE)$statistic`. Test, weighted or by strata: the
 * difference over the root of the sum of linearised variances, as `svycontrast` of
 * `svyby(…, covmat = TRUE)` in R `survey`; of two groups of one sample with strata (the same object)
 * less twice their covariance.
 *
 * Source: R. G. Newcombe (1998), Statistics in Medicine 17, 873–890, method 10.
 *
 * @throws {RangeError} Where a base is empty or a part is not within it.
 */
export function differenceOfShares(
  first: CountedShare,
  second: CountedShare,
): Difference {
  if (!isLinearised(first.sample) && !isLinearised(second.sample)) {
    const pooled = (first.part.n + second.part.n) / (first.base.n + second.base.n);
    const variance = pooled * (1 - pooled) * (perPerson(first) + perPerson(second));
    return compareShares(first, second, variance, 0);
  }
  const isOneSample = first.sample.strata && first.sample === second.sample;
  return compareLinearised(
    first,
    second,
    () => isOneSample ? covarianceOfShares(first, second, first.sample) : 0,
  );
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
): Difference {
  const rest = groupsCounted(counts).filter((other) => other !== group);
  const second = {
    part: addUp(rest.map((group) => countOf(counts, group, answers))),
    base: addUp(rest.map((group) => baseOf(counts, group))),
    sample: counts.sample,
  };
  return differenceOfShares(countedShare(counts, group, answers), second);
}

/**
 * The difference between the shares of two groups of one sample that have members in common: first
 * minus second. From counts of the three parts that have none in common.
 *
 * Covariance of the two shares: (1 − m/M)·m/(m−1)·Σ_both w²(y − p₁)(y − p₂)/(W₁W₂), of sums of w² by
 * answer. Interval: Newcombe's for correlated shares. Test: the difference over the root of its
 * variance, as `svycontrast` in R `survey` over two domain means. Of a group with itself the difference
 * is 0, without a test.
 *
 * Source: G. Y. Zou & A. Donner (2008), Statistics in Medicine 27, 1693–1702 (method MOVER).
 *
 * @param onlyFirst Share among those in the first group only; as of the others its base may be empty.
 * @throws {RangeError} Where one of the two groups is empty.
 */
export function differenceOfOverlapping(
  onlyFirst: Omit<CountedShare, "sample">,
  both: Omit<CountedShare, "sample">,
  onlySecond: Omit<CountedShare, "sample">,
  sample: Sample,
): Difference {
  const join = (part: typeof both): CountedShare => ({
    part: addUp([part.part, both.part]),
    base: addUp([part.base, both.base]),
    sample,
  });
  const [first, second] = [join(onlyFirst), join(onlySecond)];
  if (onlyFirst.base.n === 0 && onlySecond.base.n === 0) {
    // Also refuses a group without people.
    shareVariance(first.part, first.base, sample);
    return { difference: 0, low: 0, high: 0, statistic: null, pValue: null };
  }
  const squares: SharedSquares = (stratum, p1, p2) => {
    const part = inStratum<Count>(both.part, stratum);
    const base = inStratum<Count>(both.base, stratum);
    return part.w2 * (1 - p1) * (1 - p2) + Math.max(0, base.w2 - part.w2) * p1 * p2;
  };
  const covariance = () => covarianceOfShares(first, second, sample, squares);
  return compareLinearised(first, second, covariance);
}

/**
 * The difference between the shares of answers to two questions put to the same people: first minus
 * second. From the answers to the second question counted by the answers to the first, and from each
 * question by itself, so that whoever answered only one of them counts in that one.
 *
 * Covariance, interval and test as of {@link differenceOfOverlapping}, over those who answered both; in
 * R `survey` over `svymean` of two 0/1 variables.
 *
 * @param together The second question by the first.
 * @throws {RangeError} Where nobody answered one of them, or an answer is none of its question.
 */
export function differenceOfQuestions(
  first: Counts,
  firstAnswers: readonly string[],
  second: Counts,
  secondAnswers: readonly string[],
  together: Counts,
): Difference {
  const { sample } = first;
  const [a, b] = [
    countedShare(first, null, firstAnswers),
    { ...countedShare(second, null, secondAnswers), sample },
  ];
  const squares: SharedSquares = (stratum, p1, p2) => {
    const counts = inStratum<Counts>(together, stratum);
    return groupsCounted(counts).reduce((sum, group) => {
      const [part, base] = [countOf(counts, group, secondAnswers), baseOf(counts, group)];
      const off = (firstAnswers.includes(String(group)) ? 1 : 0) - p1;
      return sum + off * (part.w2 * (1 - p2) - Math.max(0, base.w2 - part.w2) * p2);
    }, 0);
  };
  return compareLinearised(a, b, () => covarianceOfShares(a, b, sample, squares));
}

/** A difference whose variance is V₁ + V₂ less twice the covariance, all linearised. */
function compareLinearised(
  first: CountedShare,
  second: CountedShare,
  covarianceOf: () => number,
): Difference {
  const [v1, v2] = [first, second].map(({ part, base, sample }) =>
    shareVariance(part, base, sample)
  );
  if (v1 == null || v2 == null) return compareShares(first, second, null, 0);
  const covariance = covarianceOf();
  const variance = v1 + v2 - 2 * covariance;
  // Rounding may leave a little of a variance that is 0.
  const isNothing = variance <= 1e-14 * (v1 + v2);
  const correlation = correlationOf(covariance, v1, v2);
  return compareShares(first, second, isNothing ? 0 : variance, correlation);
}

/** The correlation of two shares; 0 where one of them does not vary. */
export function correlationOf(covariance: number, v1: number, v2: number): number {
  const correlation = v1 > 0 && v2 > 0 ? covariance / Math.sqrt(v1 * v2) : 0;
  return Math.max(-1, Math.min(1, correlation));
}

/**
 * A difference with its interval: the distances of both shares to the ends of their intervals,
 * squared and added (MOVER; Newcombe's method 10 where the shares have nothing in common).
 *
 * @param variance Of the difference, for the test; null or 0: no test.
 * @param correlation Of the two shares, -1 to 1.
 */
export function compareShares(
  first: CountedShare,
  second: CountedShare,
  variance: number | null,
  correlation: number,
): Difference {
  const { confidence } = first.sample;
  const a = shareOf(first.part, first.base, first.sample);
  const b = shareOf(second.part, second.base, { ...second.sample, confidence });
  const difference = a.share - b.share;
  const add = (x: number, y: number) =>
    Math.sqrt(Math.max(0, x * x + y * y - 2 * correlation * x * y));
  const statistic = variance === null || variance === 0 ? null : difference / Math.sqrt(variance);
  return {
    difference,
    low: difference - add(a.share - a.low, b.high - b.share),
    high: difference + add(a.high - a.share, b.share - b.low),
    statistic,
    pValue: statistic === null ? null : 2 * normalUpperTail(Math.abs(statistic)),
  };
}

/** (N−n)/(N−1)/n: what p(1−p) is multiplied by in the variance of a share. */
export function perPerson({ base, sample }: CountedShare): number {
  const population = populationOfPart(base.n, sample.respondents, sample.invited);
  // Also refuses an empty base.
  wilsonInterval(0, base.n, { population });
  if (population === null) return 1 / base.n;
  return population <= 1 ? 0 : (population - base.n) / (population - 1) / base.n;
}

/** People of several groups that have none in common. */
export function addUp(counts: readonly Count[]): Count {
  const strata = counts[0]?.strata?.map((_, s) =>
    addUp(counts.flatMap(({ strata }) => strata?.[s] ?? []))
  );
  return counts.reduce(
    (sum, { n, w, w2 }) => ({ ...sum, n: sum.n + n, w: sum.w + w, w2: sum.w2 + w2 }),
    { n: 0, w: 0, w2: 0, ...strata && { strata } },
  );
}
