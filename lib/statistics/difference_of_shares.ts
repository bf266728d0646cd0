import {
  baseOf,
  type Count,
  countOf,
  type Counts,
  groupsCounted,
  isLinearised,
  partsOf,
  type Sample,
} from "./counts.ts";
import { type Difference, effectiveSize, scoreDifference, type SizedShare } from "./intervals.ts";
import {
  type CountedShare,
  covarianceOfMeans,
  endless,
  inPart,
  peopleOfShare,
  type SharedSquares,
  shareVariance,
} from "./linearised_variance.ts";

/** The share of some groups taken together (null: of everyone) of some counts. */
export function countedShare(
  counts: Counts,
  groups: string | null | readonly (string | null)[],
  answers: readonly string[],
): CountedShare {
  const all = [groups].flat();
  return {
    part: addUp(all.map((group) => countOf(counts, group, answers))),
    base: addUp(all.map((group) => baseOf(counts, group))),
    sample: counts.sample,
  };
}

/**
 * The difference between the shares of two groups without a common member, or of two waves without
 * a common respondent: first minus second. Interval and test are those of `scoreDifference()`, for
 * people, or for effective sizes p(1−p)/V where people have weights or were drawn by strata; of two groups
 * of one sample with strata or raked weights (the same object) with the correlation that these give.
 *
 * No difference and no test has a finite population correction: of a whole membership no two groups are
 * ever exactly alike. Source: W. G. Cochran (1977), Sampling Techniques, 3rd ed., 2.14; E. L. Korn & B. I.
 * Graubard (1999), Analysis of Health Surveys, 5.8.
 *
 * @throws {RangeError} Where a base is empty or a part is not within it.
 */
export function differenceOfShares(
  first: CountedShare,
  second: CountedShare,
): Difference {
  const { sample } = first;
  const isByParts = partsOf(sample).length > 0 && sample === second.sample;
  return compareShares(first, second, isByParts ? correlationIn(first, second, sample) : 0);
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
  return differenceOfShares(
    countedShare(counts, group, answers),
    countedShare(counts, rest, answers),
  );
}

/**
 * The difference between the shares of two groups of one sample that have members in common: first
 * minus second. From counts of the three parts that have none in common.
 *
 * As {@link differenceOfShares}, with the correlation of the two shares: linearised, as
 * `svyby(…, covmat = TRUE)` in R `survey` has it for domains; where everyone counts the same that of
 * the common share. Of a group with itself the difference is 0, without a test.
 *
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
  if (first.base.n > 0 && onlyFirst.base.n === 0 && onlySecond.base.n === 0) {
    return { difference: 0, low: 0, high: 0, statistic: null, pValue: null };
  }
  const squares: SharedSquares = (at, p1, p2) => {
    const part = inPart<Count>(both.part, at);
    const base = inPart<Count>(both.base, at);
    return part.w2 * (1 - p1) * (1 - p2) + Math.max(0, base.w2 - part.w2) * p1 * p2;
  };
  return compareShares(first, second, correlationIn(first, second, sample, squares));
}

/**
 * The difference between the shares of answers to two questions put to the same people: first minus
 * second, with the correlation of those who answered both; whoever answered one of them counts in that.
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
  const a = countedShare(first, null, firstAnswers);
  const b = { ...countedShare(second, null, secondAnswers), sample };
  const squares: SharedSquares = (at, p1, p2) => {
    const counts = inPart<Counts>(together, at);
    return groupsCounted(counts).reduce((sum, group) => {
      const [part, base] = [countOf(counts, group, secondAnswers), baseOf(counts, group)];
      const off = (firstAnswers.includes(String(group)) ? 1 : 0) - p1;
      return sum + off * (part.w2 * (1 - p2) - Math.max(0, base.w2 - part.w2) * p2);
    }, 0);
  };
  return compareShares(a, b, correlationIn(a, b, sample, squares));
}

/** The correlation of two shares of one sample: of people in both bases, or from strata. */
export function correlationIn(
  first: CountedShare,
  second: CountedShare,
  sample: Sample,
  squares?: SharedSquares,
): number {
  if (!isLinearised(sample)) {
    const [n1, n2] = [first.base.n, second.base.n];
    const pooled = (first.part.n + second.part.n) / (n1 + n2);
    return correlationOf(
      squares?.(null, pooled, pooled) ?? 0,
      pooled * (1 - pooled) * n1,
      pooled * (1 - pooled) * n2,
    );
  }
  const [v1, v2] = [first, second].map(({ part, base }) =>
    shareVariance(part, base, endless(sample)) ?? 0
  );
  return correlationOf(
    covarianceOfMeans(peopleOfShare(first), peopleOfShare(second), endless(sample), squares),
    v1!,
    v2!,
  );
}

/** The correlation of two shares; 0 where one of them does not vary. */
function correlationOf(covariance: number, v1: number, v2: number): number {
  const correlation = v1 > 0 && v2 > 0 ? covariance / Math.sqrt(v1 * v2) : 0;
  return Math.max(-1, Math.min(1, correlation));
}

/** The difference of two shares with this correlation; see {@link differenceOfShares}. */
function compareShares(
  first: CountedShare,
  second: CountedShare,
  correlation: number,
): Difference {
  return scoreDifference(sized(first), sized(second), {
    correlation,
    level: first.sample.confidence,
  });
}

/** A share and the people behind it: the effective size where variances are linearised. */
export function sized({ part, base, sample }: CountedShare): SizedShare {
  const size = effectiveSize(part, base, endless(sample));
  return isLinearised(sample)
    ? { share: Math.min(1, part.w / base.w), size }
    : { share: part.n / base.n, size: base.n };
}

/** People of several groups that have none in common. */
export function addUp(counts: readonly Count[]): Count {
  const parts = counts[0]?.parts?.map((_, p) =>
    addUp(counts.flatMap(({ parts }) => parts?.[p] ?? []))
  );
  return counts.reduce(
    (sum, { n, w, w2 }) => ({ ...sum, n: sum.n + n, w: sum.w + w, w2: sum.w2 + w2 }),
    { n: 0, w: 0, w2: 0, ...parts && { parts } },
  );
}

/** People who answered in both waves. */
export interface Matched {
  readonly n: number;
  /** Sum of the products of their weights in the two waves; n where unweighted. */
  readonly ww: number;
}

/** The people in the base of both waves, by whether their answer is among those counted. */
export interface Overlap {
  readonly both: Matched;
  readonly onlyNow: Matched;
  readonly onlyBefore: Matched;
  readonly neither: Matched;
}

/**
 * The difference between the shares of two waves: now minus before. Without overlap they are independent
 * samples; where some people answered twice and nobody knows who, that errs on the wide side.
 *
 * With overlap the m matched people's cross-table gives the covariance of the two shares, m·s₁₂/(n₁n₂),
 * s₁₂ the mean of (y₁ − p₁)(y₂ − p₂) among them. Unweighted, p₁ and p₂ are the common share there; where
 * everybody is matched the test is McNemar's, in R `mcnemar.test(correct = FALSE)`. Weighted, the
 * correlation is that of linearised values, in R `survey` of a design whose clusters are the people. Of
 * people drawn by strata the overlap is left out: they are not counted by the strata of both waves.
 *
 * Source: S. M. Tam (1984), The American Statistician 38, 288–289; L. Kish (1965), Survey Sampling, 12.4.
 *
 * @param least What the cross-table adds is rounded down to multiples of what so many people would who gave
 *   the rarest pair of answers, since a single one of them could be told by it; 0: it is not.
 * @throws {RangeError} Where a base is empty or a part is not within it.
 */
export function differenceOfWaves(
  now: CountedShare,
  before: CountedShare,
  overlap: Overlap | null = null,
  least = 0,
): Difference {
  const isByStrata = now.sample.strata !== undefined || before.sample.strata !== undefined;
  if (overlap === null || Object.values(overlap).every(({ n }) => n === 0) || isByStrata) {
    return differenceOfShares(now, before);
  }
  return compareShares(now, before, correlationByOverlap(overlap, now, before, least));
}

function correlationByOverlap(
  overlap: Overlap,
  now: CountedShare,
  before: CountedShare,
  least: number,
): number {
  const { both, onlyNow, onlyBefore, neither } = overlap;
  // Σ (y₁ − p₁)(y₂ − p₂) over the matched people.
  const products = (of: keyof Matched, p1: number, p2: number) => {
    const [ends, mixed] = [[(1 - p1) * (1 - p2), p1 * p2], [(1 - p1) * p2, p1 * (1 - p2)]];
    const sum = both[of] * ends[0]! - onlyNow[of] * mixed[0]! - onlyBefore[of] * mixed[1]! +
      neither[of] * ends[1]!;
    const step = least * Math.max(...ends, ...mixed);
    return step > 0 ? Math.floor(sum / step) * step : sum;
  };
  if (!now.sample.weighted && !before.sample.weighted) {
    return correlationIn(now, before, now.sample, (_, p1, p2) => products("n", p1, p2));
  }
  const linearised = ({ part, base, sample: { calibration: _, ...drawn } }: CountedShare) => ({
    share: part.w / base.w,
    // Without a spread to go by (a sample of one person) there is none.
    variance: shareVariance(part, base, endless(drawn)) ?? 0,
    factor: drawn.respondents < 2
      ? 0
      : Math.sqrt(drawn.respondents / (drawn.respondents - 1)) / base.w,
  });
  const [a, b] = [linearised(now), linearised(before)];
  const shared = products("ww", a.share, b.share) * a.factor * b.factor;
  return correlationOf(shared, a.variance, b.variance);
}
