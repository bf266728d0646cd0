import {
  addUp,
  compareShares,
  type CountedShare,
  type Difference,
  perPerson,
} from "./compare_shares.ts";
import { baseOf, type Count, countOf, type Counts, groupsCounted, isLinearised } from "./counts.ts";
import { covarianceOfShares } from "./covariance_of_shares.ts";
import { shareVariance } from "./weighted_share.ts";

export type { CountedShare, Difference } from "./compare_shares.ts";

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
 * from the intervals of `shareOf()`, finite population correction included.
 * Test, unweighted: score test with the common share p and
 * V = p(1−p)·Σ (N−n)/(N−1)/n, in R without correction the root of
 * `prop.test(c(x1, x2), c(n1, n2), correct = FALSE)$statistic`.
 * Test, weighted or by strata: the difference over the root of the sum of linearised variances, as
 * `svycontrast` of `svyby(…, covmat = TRUE)` in R `survey`. Of two groups of one sample with strata
 * (the same object) less twice their covariance; interval: then the one for correlated shares.
 *
 * Source: R. G. Newcombe (1998), Statistics in Medicine 17, 873–890, method 10.
 *
 * @throws {RangeError} Where a base is empty or a part is not within it.
 */
export function differenceOfShares(
  first: CountedShare,
  second: CountedShare,
  level = first.sample.confidence,
): Difference {
  if (!isLinearised(first.sample) && !isLinearised(second.sample)) {
    return compareShares(first, second, pooledVariance(first, second), 0, level);
  }
  const [v1, v2] = [varianceOf(first), varianceOf(second)];
  if (v1 === null || v2 === null) return compareShares(first, second, null, 0, level);
  const covariance = first.sample.strata && first.sample === second.sample
    ? covarianceOfShares(first, second, first.sample)
    : 0;
  const correlation = v1 > 0 && v2 > 0 ? covariance / Math.sqrt(v1 * v2) : 0;
  // Rounding may leave less than nothing of a variance that is 0.
  const variance = Math.max(0, v1 + v2 - 2 * covariance);
  return compareShares(
    first,
    second,
    variance <= 1e-14 * (v1 + v2) ? 0 : variance,
    Math.max(-1, Math.min(1, correlation)),
    level,
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
  level = counts.sample.confidence,
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

/** p(1−p) of both together, times what each share's variance is of it. */
function pooledVariance(first: CountedShare, second: CountedShare): number {
  const pooled = (first.part.n + second.part.n) / (first.base.n + second.base.n);
  return pooled * (1 - pooled) * (perPerson(first) + perPerson(second));
}

function varianceOf({ part, base, sample }: CountedShare): number | null {
  return shareVariance(part, base, sample);
}
