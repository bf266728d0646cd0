import type { Language } from "../responses/language.ts";
import { texts } from "./catalogue.ts";
import { ownText, words } from "./message.ts";
import { intervalName } from "./interval_name.ts";

/** The words in and around the charts. */
export const TEXT = texts("figure");

/** The words about the intervals of a confidence. */
export function intervalTexts(confidence: number) {
  const interval = intervalName(confidence);
  return {
    interval,
    intervals: ownText("interval.lines", { interval }),
    low: ownText("interval.from", { interval }),
    high: ownText("interval.to", { interval }),
    dots: ownText("interval.dots", { interval }),
  };
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
  return words("and_more", language, { count });
}
