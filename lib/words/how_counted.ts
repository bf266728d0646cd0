import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import { type Estimate, isMovedByWeights } from "../statistics/estimate.ts";
import { word } from "./catalogue.ts";
import { formatDecimal } from "./format_number.ts";
import { ownText } from "./message.ts";

/** Whether estimates are weighted, and which interval they have: for every line that names a base. */
export function howCounted(
  estimates: readonly Pick<Estimate, "weighted">[],
  confidence: number,
): Text {
  const interval = intervalName(confidence);
  const weighted = estimates.filter((estimate) => estimate.weighted).length;
  const key = weighted === 0 ? "none" : weighted === estimates.length ? "all" : "some";
  return ownText(`counted.${key}`, { interval });
}

/** How many shares weights move by more than a point; null where there are none. */
export function movedNote(estimates: readonly Estimate[]): Text | null {
  const moved = estimates.filter(isMovedByWeights).length;
  if (moved === 0) return null;
  const of = estimates.length;
  return ownText("counted.moved", { moved, of });
}

/**
 * What an interval is called: `95%-interval`, `95% interval`. Endings can follow: `95%-intervaller`,
 * `95% intervals`.
 *
 * @param confidence Of the interval, 0 to 1, ends excluded.
 */
export function intervalName(confidence: number): Text {
  return inEveryLanguage((language) =>
    word("interval.name", language).replace("{$level}", percentOf(confidence, language))
  );
}

/** What its ends are called where room is short: `Fra (95%)`, `To (95%)`. */
export function endNames(confidence: number): { readonly low: Text; readonly high: Text } {
  const name = (key: "interval.low" | "interval.high") =>
    inEveryLanguage((language) => `${word(key, language)} (${percentOf(confidence, language)})`);
  return { low: name("interval.low"), high: name("interval.high") };
}

/** Without the space that Danish otherwise has before the sign: this stands in a compound. */
function percentOf(confidence: number, language: Language): string {
  const percent = Number((confidence * 100).toPrecision(12));
  const digits = String(percent).split(".")[1]?.length ?? 0;
  return `${formatDecimal(percent, digits, language)}%`;
}
