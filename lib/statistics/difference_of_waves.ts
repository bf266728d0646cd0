import {
  compareShares,
  correlationIn,
  correlationOf,
  differenceOfShares,
} from "./difference_of_shares.ts";
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
