import {
  compareShares,
  correlationOf,
  type Difference,
  differenceOfShares,
  perPerson,
} from "./difference_of_shares.ts";
import { type CountedShare, shareVariance } from "./linearised_variance.ts";
import { populationOfPart } from "./wilson_interval.ts";

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
 * The difference between the shares of two waves: now minus before.
 *
 * Without overlap the waves are taken as independent samples, as by `differenceOfShares()`. That is also
 * right, on average, where some people answered twice and nobody knows who: of two independent samples
 * of n₁ and n₂ out of N people n₁n₂/N are expected in both.
 *
 * With overlap the m matched people's cross-table gives the covariance of the two shares,
 * (m/(n₁n₂) − 1/N)·s₁₂, s₁₂ the mean of (y₁ − p₁)(y₂ − p₂) among them: people who answer alike in
 * both waves make a difference sharper. Interval: the one for correlated shares. Test, unweighted:
 * score test, with the common share for p₁ and p₂;
 * where everybody is matched it is McNemar's, in R `mcnemar.test(correct = FALSE)`. Test, weighted:
 * the difference over the root of V₁ + V₂ − 2·cov with linearised variances, in R `survey`
 * `svycontrast()` on a design whose clusters are the people.
 *
 * Where people were drawn by strata their overlap is left out, since those matched are not counted by
 * the strata of both waves; that errs on the wide side.
 *
 * Source: S. M. Tam (1984), The American Statistician 38, 288–289 (covariances in repeated samples
 * of a finite population); L. Kish (1965), Survey Sampling, 12.4.
 *
 * @param overlap Those in both bases; none by default.
 * @throws {RangeError} Where a base is empty, a part is not within it, or more people are matched
 *   than there are.
 */
export function differenceOfWaves(
  now: CountedShare,
  before: CountedShare,
  { overlap = null }: { overlap?: Overlap | null } = {},
): Difference {
  const isByStrata = now.sample.strata !== undefined || before.sample.strata !== undefined;
  if (overlap === null || matchedOf(overlap) === 0 || isByStrata) {
    return differenceOfShares(now, before);
  }
  requireWithin(overlap, now, before);
  const weighted = now.sample.weighted || before.sample.weighted;
  const [p1, p2] = [now.part.w / now.base.w, before.part.w / before.base.w];
  const covariance = covarianceIn(overlap, now, before, weighted);
  const shared = covariance(p1, p2);
  if (weighted) {
    const [v1, v2] = [now, before].map(({ part, base, sample }) =>
      // Without a spread to go by (a sample of one person) there is none.
      shareVariance(part, base, sample) ?? 0
    ) as [number, number];
    return compare(v1, v2, v1 + v2, shared);
  }
  const pooled = (now.part.n + before.part.n) / (now.base.n + before.base.n);
  const [one, other] = [perPerson(now), perPerson(before)];
  const [v1, v2] = [p1 * (1 - p1) * one, p2 * (1 - p2) * other];
  return compare(v1, v2, pooled * (1 - pooled) * (one + other), covariance(pooled, pooled));

  /** From the variances for the interval, and the variance without overlap and covariance to test. */
  function compare(v1: number, v2: number, apart: number, tested: number) {
    const variance = apart - 2 * tested;
    // Rounding may leave a little of a variance that is 0.
    const isNothing = variance <= 1e-14 * apart;
    const correlation = correlationOf(shared, v1, v2);
    return compareShares(now, before, isNothing ? null : variance, correlation);
  }
}

function matchedOf({ both, onlyNow, onlyBefore, neither }: Overlap): number {
  return both.n + onlyNow.n + onlyBefore.n + neither.n;
}

/** The covariance of the two shares, by the shares that the answers are taken to differ from. */
function covarianceIn(
  overlap: Overlap,
  now: CountedShare,
  before: CountedShare,
  weighted: boolean,
): (p1: number, p2: number) => number {
  const m = matchedOf(overlap);
  // The population that the larger of the two bases stands for.
  const [n1, n2] = [now.base.n, before.base.n];
  const N = Math.max(
    ...[now, before].map(({ base, sample }) =>
      populationOfPart(base.n, sample.respondents, sample.invited) ?? Infinity
    ),
  );
  const [m1, m2] = [now.sample.respondents, before.sample.respondents];
  const [factor, divisor] = weighted
    ? [
      m1 < 2 || m2 < 2 ? 0 : Math.sqrt(m1 / (m1 - 1) * m2 / (m2 - 1)) * (1 - n1 * n2 / (m * N)),
      now.base.w * before.base.w,
    ]
    : [N === Infinity ? m / (n1 * n2) : N <= 1 ? 0 : (m / (n1 * n2) - 1 / N) * N / (N - 1), m];
  const { both, onlyNow, onlyBefore, neither } = overlap;
  const of = ({ n, ww }: Matched) => weighted ? ww : n;
  return (p1, p2) => {
    // Σ (y₁ − p₁)(y₂ − p₂) over the matched people.
    const products = of(both) * (1 - p1) * (1 - p2) - of(onlyNow) * (1 - p1) * p2 -
      of(onlyBefore) * p1 * (1 - p2) + of(neither) * p1 * p2;
    return factor * products / divisor;
  };
}

function requireWithin(overlap: Overlap, now: CountedShare, before: CountedShare): void {
  const { both, onlyNow, onlyBefore, neither } = overlap;
  const people = [both, onlyNow, onlyBefore, neither];
  const isCount = people.every(({ n, ww }) =>
    Number.isSafeInteger(n) && n >= 0 && ww >= 0 && ww < Infinity && (n > 0) === (ww > 0)
  );
  const fits = ({ part, base }: CountedShare, yes: number, no: number) =>
    yes <= part.n && no <= base.n - part.n;
  if (
    !isCount || !fits(now, both.n + onlyNow.n, onlyBefore.n + neither.n) ||
    !fits(before, both.n + onlyBefore.n, onlyNow.n + neither.n)
  ) {
    throw new RangeError(
      `Matched people (${people.map(({ n }) => n).join(", ")}) are not within the two waves: ` +
        `${now.part.n} of ${now.base.n} and ${before.part.n} of ${before.base.n}`,
    );
  }
}
