import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import { type Estimate, inPercent, isShown } from "../statistics/estimate.ts";
import type { Gap } from "../statistics/look_up.ts";
import { isUncertain } from "../statistics/reliability.ts";
import { word } from "./catalogue.ts";
import { decimalPercent, formatCount, formatDecimal, formatPValue } from "./format_number.ts";
import type { Contrast } from "../statistics/outcome.ts";
import { whyHidden } from "./too_few.ts";

/*
 * Evidence is written with one decimal: an interval from 39.6 to 45.2 does not print as "40–45"
 * beside a claim of more than 40.
 */

/** Several estimates, all of one survey: `42.4% (39.7–45.1), 979 answers, unweighted`. */
export function estimatesEvidence(estimates: readonly Estimate[]): Text {
  const isWeighted = estimates.some(({ weighted }) => weighted);
  return inEveryLanguage((language) =>
    `${estimates.map((estimate) => one(estimate, language)).join("; ")}, ` +
    word(isWeighted ? "weighted" : "unweighted", language)
  );
}

/** The same of two shares and the difference between them: `…; difference 16.2 percentage points`. */
export function contrastEvidence({ first, second, tested }: Contrast): Text {
  return withDifference([first, second], tested);
}

/** The same of several shares, with the difference between two of them. */
export function withDifference(
  estimates: readonly Estimate[],
  tested: Omit<Gap, "p"> & { readonly p?: number | null } | null,
): Text {
  const found = estimatesEvidence(estimates);
  if (tested === null || !estimates.every(isShown)) return found;
  return inEveryLanguage((language) => {
    const { difference, low, high, p } = tested;
    const text = word("evidence.difference", language)
      .replace("{$difference}", decimalPercent(difference, language))
      .replace("{$low}", decimalPercent(low, language))
      .replace("{$high}", decimalPercent(high, language));
    const test = p === undefined || p === null ? "" : `, ${formatPValue(p, language)}`;
    return `${found[language]}; ${text}${test}`;
  });
}

/** How many answered: `979 answers`. */
export function answers(n: number, language: Language): string {
  // A number of people that is an answer by itself may be hidden.
  if (!Number.isFinite(n)) return word("base.hidden", language);
  const key = n === 1 ? "base.one" : "base.other";
  return word(key, language).replace("{$n}", formatCount(n, language));
}

/** A share with as many decimals as it needs, one at most: `40 pct.`, `33.3%`. */
export function threshold(share: number, language: Language): string {
  const percent = inPercent(share);
  return formatDecimal(percent, percent % 1 === 0 ? 0 : 1, language) +
    word("number.percent", language);
}

function one(estimate: Estimate, language: Language): string {
  const base = answers(estimate.n, language);
  if (!isShown(estimate)) return `${word(whyHidden(estimate), language)}, ${base}`;
  const [share, low, high] = [estimate.share, estimate.low, estimate.high]
    .map((value) => decimalPercent(value, language));
  const about = estimate.rounded === undefined ? "" : "≈";
  const uncertain = isUncertain(estimate) ? `, ${word("reliability.uncertain", language)}` : "";
  return `${about}${share}${
    word("number.percent", language)
  } (${low}–${high}), ${base}${uncertain}`;
}
