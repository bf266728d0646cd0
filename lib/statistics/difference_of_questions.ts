import { compareShares, type Difference } from "./compare_shares.ts";
import { covarianceOfShares } from "./covariance_of_shares.ts";
import { baseOf, countOf, type Counts, groupsCounted } from "./counts.ts";
import { shareVariance } from "./weighted_share.ts";

/**
 * The difference between the shares of answers to two questions put to the same people: first minus
 * second. From the answers to the second question counted by the answers to the first, and from each
 * question by itself, so that whoever answered only one of them counts in that one.
 *
 * Covariance of the two shares, of the linearised values of those who answered both:
 * (1 − m/M)·m/(m−1)·Σ w²(y₁ − p₁)(y₂ − p₂)/(W₁W₂); with strata, see `linearisedCovariance()`. Interval: Newcombe's for correlated shares, with
 * that correlation. Test: the difference over the root of its variance, as `svycontrast` in R `survey`
 * over `svymean` of two 0/1 variables.
 *
 * Source: G. Y. Zou & A. Donner (2008), Statistics in Medicine 27, 1693–1702 (method MOVER).
 *
 * @param first The first question, not by groups.
 * @param firstAnswers Answers to it that make up the share.
 * @param second The second question, not by groups.
 * @param secondAnswers Answers to it that make up the share.
 * @param together The second question by the first.
 * @throws {RangeError} Where nobody answered one of them, or an answer is none of its question.
 */
export function differenceOfQuestions(
  first: Counts,
  firstAnswers: readonly string[],
  second: Counts,
  secondAnswers: readonly string[],
  together: Counts,
  level = first.sample.confidence,
): Difference {
  const { sample } = first;
  const [a, b] = [
    { part: countOf(first, null, firstAnswers), base: baseOf(first), sample },
    { part: countOf(second, null, secondAnswers), base: baseOf(second), sample },
  ];
  const [v1, v2] = [a, b].map(({ part, base }) => shareVariance(part, base, sample));
  if (v1 == null || v2 == null) return compareShares(a, b, null, 0, level);
  const covariance = covarianceOfShares(a, b, sample, (stratum, p1, p2) => {
    const counts = stratum === null ? together : together.strata?.[stratum];
    if (counts === undefined) {
      throw new RangeError("The sample has strata, and these people are not counted by them");
    }
    return groupsCounted(counts).reduce((sum, group) => {
      const [part, base] = [countOf(counts, group, secondAnswers), baseOf(counts, group)];
      const off = (firstAnswers.includes(String(group)) ? 1 : 0) - p1;
      return sum + off * (part.w2 * (1 - p2) - Math.max(0, base.w2 - part.w2) * p2);
    }, 0);
  });
  const correlation = v1 > 0 && v2 > 0 ? covariance / Math.sqrt(v1 * v2) : 0;
  // Rounding may leave less than nothing of a variance that is 0.
  const variance = Math.max(0, v1 + v2 - 2 * covariance);
  const isNothing = variance <= 1e-14 * (v1 + v2);
  return compareShares(
    a,
    b,
    isNothing ? 0 : variance,
    Math.max(-1, Math.min(1, correlation)),
    level,
  );
}
