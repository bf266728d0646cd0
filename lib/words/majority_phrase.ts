import type { Language } from "../responses/language.ts";
import type { ShownEstimate } from "../statistics/estimate.ts";
import { type FractionOptions, fractionPhrase, withShareAndWhom } from "./fraction_phrase.ts";

const WORDS = {
  da: { majority: "et flertal", minority: "et mindretal" },
  en: { majority: "a majority", minority: "a minority" },
} as const;

/**
 * Whether more than half are meant: a majority if the whole interval lies above a half, a minority
 * if it lies below, and `null` where this many answers cannot tell.
 */
export function majorityOf(
  { low, high }: { readonly low: number; readonly high: number },
): "majority" | "minority" | null {
  if (low > 0.5) return "majority";
  if (high < 0.5) return "minority";
  return null;
}

/**
 * `et flertal`, `a minority`; where the answers cannot tell which, the fraction of those who
 * answered instead: `godt halvdelen`.
 */
export function majorityPhrase(
  estimate: ShownEstimate,
  language: Language,
  options: FractionOptions = {},
): string {
  const majority = majorityOf(estimate);
  if (majority === null) {
    return fractionPhrase(estimate.share, language, options);
  }
  return withShareAndWhom(
    WORDS[language][majority],
    estimate.share,
    language,
    options,
  );
}
