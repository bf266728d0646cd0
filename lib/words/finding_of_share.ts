import { formatCount, wholePercent } from "./format_number.ts";
import { inEveryLanguage, type Text } from "../responses/language.ts";
import { type Estimate, isShown, type ShownEstimate } from "../statistics/estimate.ts";
import { inPercent } from "./choose_fraction.ts";
import { estimateEvidence, threshold } from "./evidence.ts";
import type { Finding } from "./finding.ts";
import { type Verdict, verdictAbove } from "./verdict.ts";

/**
 * Tests that a share is above a value: holds if its whole interval is, does not hold if none of the
 * interval is, else it cannot be told.
 *
 * @param value 0 to 1.
 */
export function above(estimate: Estimate, value: number): Finding {
  const condition = inEveryLanguage((language) =>
    `${language === "da" ? "over" : "above"} ${threshold(value, language)}`
  );
  return findShare(estimate, condition, (shown) => ({
    verdict: verdictAbove(shown, value),
    in_sample: inPercent(shown.share) > inPercent(value),
  }));
}

/**
 * Tests that a share is below a value, by the mirrored rule of {@link above}.
 *
 * @param value 0 to 1.
 */
export function below(estimate: Estimate, value: number): Finding {
  const condition = inEveryLanguage((language) =>
    `${language === "da" ? "under" : "below"} ${threshold(value, language)}`
  );
  return findShare(estimate, condition, ({ share, low, high }) => ({
    verdict: verdictAbove({ low: -high, high: -low }, -value),
    in_sample: inPercent(share) < inPercent(value),
  }));
}

/** Tests that more than half give the answer. */
export function majority(estimate: Estimate): Finding {
  return above(estimate, 0.5);
}

/**
 * Tests a phrase such as "about half": that a share lies within so much of a value. Holds if the
 * whole interval lies within, does not hold if all of it lies outside, else it cannot be told.
 *
 * The band is as wide as the phrase is loose, five points for a fraction, say. A number that was
 * printed, "33 per cent", is no phrase: no survey of this size has an interval within half a point.
 * See {@link printed}.
 *
 * @param value 0 to 1.
 * @param within Half the width of the band, 0 to 1.
 */
export function about(
  estimate: Estimate,
  value: number,
  within: number,
): Finding {
  const [from, to] = [value - within, value + within];
  const condition = inEveryLanguage((language) =>
    language === "da"
      ? `mellem ${threshold(from, language)} og ${threshold(to, language)}`
      : `between ${threshold(from, language)} and ${threshold(to, language)}`
  );
  return findShare(estimate, condition, ({ share, low, high }) => ({
    verdict: low >= from && high <= to
      ? "holds"
      : high < from || low > to
      ? "does_not_hold"
      : "cannot_be_told",
    in_sample: inPercent(share) >= inPercent(from) &&
      inPercent(share) <= inPercent(to),
  }));
}

/**
 * Tests a printed whole per cent, which speaks of the answers and was rounded: holds if the share
 * prints as this number. If it does not, the claim is broken only if nothing that prints as the
 * number lies within the interval; else it cannot be told whether anything but chance has changed.
 *
 * @param percent A whole number from 0 to 100.
 * @throws {RangeError} If it is not.
 */
export function printed(estimate: Estimate, percent: number): Finding {
  if (!Number.isInteger(percent) || percent < 0 || percent > 100) {
    throw new RangeError(
      `A printed per cent is a whole number from 0 to 100, not ${percent}`,
    );
  }
  const condition = inEveryLanguage((language) =>
    language === "da"
      ? `afrundet ${formatCount(percent, language)} pct.`
      : `rounded ${formatCount(percent, language)}%`
  );
  return findShare(estimate, condition, ({ share, low, high }) => {
    const same = wholePercent(share) === percent;
    // Half up: 32.5 prints as 33 and 33.5 does not.
    const apart = inPercent(high) < percent - 0.5 ||
      inPercent(low) >= percent + 0.5;
    return {
      verdict: same ? "holds" : apart ? "does_not_hold" : "cannot_be_told",
      in_sample: same,
    };
  });
}

function findShare(
  estimate: Estimate,
  condition: Text,
  test: (shown: ShownEstimate) => { verdict: Verdict; in_sample: boolean },
): Finding {
  const found = isShown(estimate)
    ? test(estimate)
    : { verdict: "cannot_be_told" as const, in_sample: null };
  return {
    ...found,
    condition,
    evidence: estimateEvidence(estimate),
    estimates: [estimate],
  };
}
