import type { Language, Text } from "../responses/language.ts";

/** The words in and around the charts. */
export const TEXT = {
  total: { da: "I alt", en: "All" },
  inPercent: { da: "Tal i pct.", en: "Numbers in %" },
  tooFew: { da: "for få svar", en: "too few answers" },
  hidden: { da: "skjult", en: "hidden" },
  hiddenNote: {
    da: "Skjult: svar, som for få har givet, vises kun lagt sammen med andre.",
    en: "Hidden: answers that too few gave are shown only added up with others.",
  },
  noAnswers: { da: "ingen svar", en: "no answers" },
  base: { da: "Base", en: "Base" },
  intervals: {
    da: "Streger: 95%-interval.",
    en: "Lines: 95% interval.",
  },
  dashed: {
    da: "Stiplet linje: i alt.",
    en: "Dashed line: all.",
  },
  share: { da: "Andel", en: "Share" },
  unweighted: { da: "Uvægtet", en: "Unweighted" },
  interval: { da: "95%-interval", en: "95% interval" },
  question: { da: "Spørgsmål", en: "Question" },
  variable: { da: "Opdelt efter", en: "By" },
  group: { da: "Gruppe", en: "Group" },
  answer: { da: "Svar", en: "Answer" },
  count: { da: "Antal", en: "Count" },
  n: { da: "n", en: "n" },
  low: { da: "95%-interval, fra", en: "95% interval, from" },
  high: { da: "95%-interval, til", en: "95% interval, to" },
  by: { da: "efter", en: "by" },
  mostSay: { da: "hyppigste svar", en: "most common answer" },
  highest: { da: "højest", en: "highest" },
  lowest: { da: "lavest", en: "lowest" },
  together: { da: "tilsammen", en: "together" },
  stackedBars: { da: "Stablede søjler", en: "Stacked bars" },
  columns: { da: "Søjlediagram", en: "Column chart" },
  dots: { da: "Punkter med 95%-interval", en: "Dots with 95% intervals" },
} as const satisfies Readonly<Record<string, Text>>;

/** A text with its first letter as a capital. */
export function capitalised(text: string): string {
  const [first = "", ...others] = text;
  return first.toUpperCase() + others.join("");
}

/** A text as a sentence: with one full stop, also after "33 pct.". */
export function fullStop(text: string): string {
  return text.endsWith(".") ? text : `${text}.`;
}

/** "og 3 til", "and 3 more". */
export function andMore(count: number, language: Language): string {
  return language === "da" ? `og ${count} til` : `and ${count} more`;
}
