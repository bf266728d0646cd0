import { compareShares, correlationOf, differenceOfShares } from "./difference_of_shares.ts";
import { type CountedShare, endless, shareVariance } from "./linearised_variance.ts";
import type { Difference } from "./score_interval.ts";

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
 * Without overlap the waves are taken as independent samples, as by `differenceOfShares()`. Where some
 * people answered twice and nobody knows who, that errs on the wide side.
 *
 * With overlap the m matched people's cross-table gives the covariance of the two shares, m·s₁₂/(n₁n₂),
 * s₁₂ the mean of (y₁ − p₁)(y₂ − p₂) among them: people who answer alike in both waves make a difference
 * sharper. Unweighted, p₁ and p₂ are the common share there; where everybody is matched the test is
 * McNemar's, in R `mcnemar.test(correct = FALSE)`. Weighted, the correlation is that of linearised values,
 * in R `survey` of a design whose clusters are the people.
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
  return compareShares(now, before, correlationIn(overlap, now, before));
}

function matchedOf({ both, onlyNow, onlyBefore, neither }: Overlap): number {
  return both.n + onlyNow.n + onlyBefore.n + neither.n;
}

function correlationIn(overlap: Overlap, now: CountedShare, before: CountedShare): number {
  const { both, onlyNow, onlyBefore, neither } = overlap;
  // Σ (y₁ − p₁)(y₂ − p₂) over the matched people.
  const products = (of: (people: Matched) => number, p1: number, p2: number) =>
    of(both) * (1 - p1) * (1 - p2) - of(onlyNow) * (1 - p1) * p2 -
    of(onlyBefore) * p1 * (1 - p2) + of(neither) * p1 * p2;
  if (!now.sample.weighted && !before.sample.weighted) {
    const pooled = (now.part.n + before.part.n) / (now.base.n + before.base.n);
    const variance = pooled * (1 - pooled);
    const shared = products(({ n }) => n, pooled, pooled);
    return correlationOf(shared, variance * now.base.n, variance * before.base.n);
  }
  const [a, b] = [now, before].map(({ part, base, sample }) => {
    const { calibration: _, ...drawn } = sample;
    const { respondents: m } = drawn;
    return {
      share: part.w / base.w,
      // Without a spread to go by (a sample of one person) there is none.
      variance: shareVariance(part, base, endless(drawn)) ?? 0,
      factor: m < 2 ? 0 : Math.sqrt(m / (m - 1)) / base.w,
    };
  }) as [Linearised, Linearised];
  const shared = products(({ ww }) => ww, a.share, b.share) * a.factor * b.factor;
  return correlationOf(shared, a.variance, b.variance);
}

interface Linearised {
  readonly share: number;
  readonly variance: number;
  readonly factor: number;
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
