import { formatCount, formatInterval, formatPercent, formatPercentShort } from "./format_number.ts";
import type { Language } from "../responses/language.ts";
import { type Estimate, isShown, wholePercent } from "../statistics/estimate.ts";
import { TEXT } from "./figure_texts.ts";

/** A share in a sentence: "33 pct.", "for få svar". */
export function shareInWords(estimate: Estimate, language: Language): string {
  return isShown(estimate)
    ? formatPercent(estimate.share, language)
    : missingInWords(estimate.n, language);
}

/** A share in a chart: "33 %"; a dash where the base is too small. */
export function shareInChart(estimate: Estimate, language: Language): string {
  return isShown(estimate) ? formatPercentShort(estimate.share, language) : "–";
}

/** An interval in a sentence: "31–35 pct.". */
export function intervalInWords(estimate: Estimate, language: Language): string {
  return isShown(estimate) ? formatInterval(estimate.low, estimate.high, language) : "–";
}

/** An interval in a chart, its unit said elsewhere: "31–35". */
export function intervalInChart(estimate: Estimate): string {
  if (!isShown(estimate)) return "–";
  const [low, high] = [wholePercent(estimate.low), wholePercent(estimate.high)];
  return low === high ? String(low) : `${low}–${high}`;
}

/** Why there is no share. */
export function missingInWords(n: number, language: Language): string {
  return (n === 0 ? TEXT.noAnswers : TEXT.tooFew)[language];
}

/** "n = 1.288" */
export function baseSize(n: number, language: Language): string {
  return `n\u00a0=\u00a0${formatCount(n, language)}`;
}
