import { formatList } from "./format_list.ts";
import { formatDecimal, formatPValue } from "./format_number.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import { type Estimate, isShown } from "../statistics/estimate.ts";
import { inPercent } from "./choose_fraction.ts";
import type { Difference } from "./difference.ts";
import { TOO_FEW } from "./too_few.ts";
import { Voice } from "./voice.ts";
import { weightedWord } from "./weighted_word.ts";

/*
 * Evidence is written with one decimal: an interval from 39.6 to 45.2 does not print as "40–45"
 * beside a claim of more than 40.
 */

/** An estimate as evidence: `42.4% (39.7–45.1), 979 answers, unweighted`. */
export function estimateEvidence(estimate: Estimate): Text {
  return estimatesEvidence([estimate]);
}

/** Several estimates as evidence, in their order; all of one survey, so it is said once how they count. */
export function estimatesEvidence(estimates: readonly Estimate[]): Text {
  const counted = weightedWord(estimates.some(({ weighted }) => weighted));
  return inEveryLanguage((language) =>
    `${estimates.map((estimate) => plainEvidence(estimate, language)).join("; ")}, ` +
    counted[language]
  );
}

function plainEvidence(estimate: Estimate, language: Language): string {
  const base = new Voice(language).base(estimate);
  return isShown(estimate)
    ? `${withUnit(estimate.share, language)} (${range(estimate, language)}), ${base}`
    : `${TOO_FEW[language]}, ${base}`;
}

/** A tested difference as evidence: `difference 16.2 points (6.5 to 25.1), p = 0.001`. */
export function differenceEvidence(tested: Difference): Text {
  return inEveryLanguage((language) => {
    const points = (share: number) => formatDecimal(inPercent(share), 1, language);
    const { difference, low, high, p } = tested;
    const test = p === undefined || p === null ? "" : `, ${formatPValue(p, language)}`;
    return language === "da"
      ? `forskel ${points(difference)} procentpoint (${points(low)} til ${points(high)})${test}`
      : `difference ${points(difference)} percentage points (${points(low)} to ${
        points(high)
      })${test}`;
  });
}

/** A share with as many decimals as it needs, one at most: `40 pct.`, `33.3%`. */
export function threshold(share: number, language: Language): string {
  const percent = inPercent(share);
  const number = formatDecimal(percent, percent % 1 === 0 ? 0 : 1, language);
  return language === "da" ? `${number} pct.` : `${number}%`;
}

/** Texts one after another, as one list in each language. */
export function listTexts(texts: readonly Text[]): Text {
  return inEveryLanguage((language) => formatList(texts.map((text) => text[language]), language));
}

function withUnit(share: number, language: Language): string {
  const number = formatDecimal(inPercent(share), 1, language);
  return language === "da" ? `${number} pct.` : `${number}%`;
}

function range(
  { low, high }: { low: number; high: number },
  language: Language,
): string {
  return [low, high].map((end) => formatDecimal(inPercent(end), 1, language))
    .join("–");
}
