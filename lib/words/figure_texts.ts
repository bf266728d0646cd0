import type { Language, Text } from "../responses/language.ts";
import { intervalName } from "./interval_name.ts";

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
  dashed: {
    da: "Stiplet linje: i alt.",
    en: "Dashed line: all.",
  },
  share: { da: "Andel", en: "Share" },
  unweighted: { da: "Uvægtet", en: "Unweighted" },
  question: { da: "Spørgsmål", en: "Question" },
  variable: { da: "Opdelt efter", en: "By" },
  group: { da: "Gruppe", en: "Group" },
  answer: { da: "Svar", en: "Answer" },
  count: { da: "Antal", en: "Count" },
  n: { da: "n", en: "n" },
  by: { da: "efter", en: "by" },
  mostSay: { da: "hyppigste svar", en: "most common answer" },
  highest: { da: "højest", en: "highest" },
  lowest: { da: "lavest", en: "lowest" },
  together: { da: "tilsammen", en: "together" },
  stackedBars: { da: "Stablede søjler", en: "Stacked bars" },
  columns: { da: "Søjlediagram", en: "Column chart" },
} as const satisfies Readonly<Record<string, Text>>;

/** The words about the intervals of a confidence. */
export function intervalTexts(confidence: number) {
  const { da, en } = intervalName(confidence);
  return {
    interval: { da, en },
    intervals: { da: `Streger: ${da}.`, en: `Lines: ${en}.` },
    low: { da: `${da}, fra`, en: `${en}, from` },
    high: { da: `${da}, til`, en: `${en}, to` },
    dots: { da: `Punkter med ${da}`, en: `Dots with ${en}s` },
  } as const satisfies Readonly<Record<string, Text>>;
}

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
