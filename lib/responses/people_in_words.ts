import { formatCount, formatPercent } from "../words/format_number.ts";
import type { Language } from "./language.ts";
import { quoted } from "../words/quoted.ts";
import type { Codebook } from "./codebook.ts";

/** Numbers of people, those that are too few to be named left open. */
export function numbersOf({ disclosure: { least_base } }: Codebook, language: Language) {
  return (count: number) => {
    if (count === 0) return language === "da" ? "ingen" : "nobody";
    if (count >= least_base) return formatCount(count, language);
    return language === "da" ? `færre end ${least_base}` : `fewer than ${least_base}`;
  };
}

/** Shares of people in per cent, those of too few people left open. */
export function sharesOf(codebook: Codebook, language: Language) {
  const number = numbersOf(codebook, language);
  return (count: number | null, of: number | null) =>
    count === null || !of
      ? "–"
      : count === 0 || count < codebook.disclosure.least_base
      ? number(count)
      : formatPercent(count / of, language);
}

/** A question or variable by its label. */
export function named(
  { questions, variables }: Codebook,
  name: string,
  language: Language,
): string {
  return quoted((questions[name] ?? variables[name])?.label[language] ?? name, language);
}
