import { inEveryLanguage, type Text } from "../responses/language.ts";
import { type Estimate, isShown } from "../statistics/estimate.ts";
import type { Difference } from "./difference.ts";
import { differenceEvidence, estimatesEvidence } from "./evidence.ts";
import type { Finding } from "./finding.ts";
import { trendOf } from "./trend_phrase.ts";
import { type Verdict, verdictAbove } from "./verdict.ts";

/**
 * Tests that a share is larger than another: holds if the whole interval of the difference is above
 * nought, does not hold if none of it is, else it cannot be told.
 *
 * @param tested The first share minus the second; null where there is none to make.
 * @throws {RangeError} If it is the difference of other estimates, or the other way round.
 */
export function more(
  first: Estimate,
  second: Estimate,
  tested: Difference | null,
): Finding {
  return findDifference({
    estimates: [first, second],
    tested,
    condition: {
      da: "den første er større end den anden",
      en: "the first is larger than the second",
    },
    expected: (a, b) => a - b,
    inSample: ([a = 0, b = 0]) => a > b,
    verdict: (difference) => verdictAbove(difference, 0),
  });
}

/**
 * Tests that a share rises over ordered groups. Holds if it never falls from one group to the next
 * and the last is above the first by more than chance allows. Does not hold if all of the interval
 * of last minus first is at nought or below. Else it cannot be told: a dip on the way may be chance.
 *
 * @param groups The estimates in the groups' order, two or more.
 * @param tested The last share minus the first; null where there is none to make.
 * @throws {RangeError} If there are fewer than two, or it is not the difference of last and first.
 */
export function rises(
  groups: readonly Estimate[],
  tested: Difference | null,
): Finding {
  return findTrend(groups, tested, "rises", (difference) => difference);
}

/**
 * Tests that a share falls over ordered groups, by the mirrored rule of {@link rises}.
 *
 * @param tested The last share minus the first, as in {@link rises}.
 */
export function falls(
  groups: readonly Estimate[],
  tested: Difference | null,
): Finding {
  return findTrend(groups, tested, "falls", ({ difference, low, high }) => ({
    difference: -difference,
    low: -high,
    high: -low,
  }));
}

const TRENDS = {
  rises: {
    da: "stiger fra gruppe til gruppe",
    en: "rises from group to group",
  },
  falls: {
    da: "falder fra gruppe til gruppe",
    en: "falls from group to group",
  },
} as const;

function findTrend(
  groups: readonly Estimate[],
  tested: Difference | null,
  way: "rises" | "falls",
  towards: (tested: Difference) => Difference,
): Finding {
  if (groups.length < 2) {
    throw new RangeError("A trend needs the shares of two groups or more");
  }
  return findDifference({
    estimates: groups,
    tested,
    condition: TRENDS[way],
    expected: (first, last) => last - first,
    inSample: (shares) => trendOf(shares) === way,
    verdict: (difference, inSample) => {
      const verdict = verdictAbove(towards(difference), 0);
      return verdict === "holds" && !inSample ? "cannot_be_told" : verdict;
    },
  });
}

interface Comparison {
  readonly estimates: readonly Estimate[];
  readonly tested: Difference | null;
  readonly condition: Text;
  /** What the tested difference must be, of the first share and the last. */
  readonly expected: (first: number, last: number) => number;
  readonly inSample: (shares: readonly number[]) => boolean;
  readonly verdict: (tested: Difference, inSample: boolean) => Verdict;
}

function findDifference(
  { estimates, tested, condition, expected, inSample, verdict }: Comparison,
): Finding {
  const shown = estimates.every(isShown);
  const shares = estimates.filter(isShown).map(({ share }) => share);
  const found = estimatesEvidence(estimates);
  if (!shown || tested === null) {
    return {
      verdict: "cannot_be_told",
      condition,
      evidence: found,
      in_sample: shown ? inSample(shares) : null,
      estimates,
    };
  }
  requireDifferenceOf(tested, expected(shares[0] ?? NaN, shares.at(-1) ?? NaN));
  const so = inSample(shares);
  const difference = differenceEvidence(tested);
  return {
    verdict: verdict(tested, so),
    condition,
    evidence: inEveryLanguage((language) => `${found[language]}; ${difference[language]}`),
    in_sample: so,
    estimates,
  };
}

// Weighted sums differ in their last digits, a mix-up of groups by far more.
function requireDifferenceOf({ difference }: Difference, expected: number): void {
  if (Math.abs(difference - expected) <= 1e-6) return;
  throw new RangeError(
    `The tested difference is ${difference}, that of the estimates ${expected}: ` +
      "is it of other estimates, or the other way round?",
  );
}
