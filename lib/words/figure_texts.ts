import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import { type Estimate, isMovedByWeights, isShown, wholePercent } from "../statistics/estimate.ts";
import { texts, word } from "./catalogue.ts";
import {
  formatCount,
  formatDecimal,
  formatInterval,
  formatPercent,
  formatPercentShort,
} from "./format.ts";
import { ownText } from "./message.ts";
import { whyHidden } from "./value.ts";

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

/** A text as a sentence: with one full stop, also after "33 pct.". */
export function fullStop(text: string): string {
  return text.endsWith(".") ? text : `${text}.`;
}

/**
 * What the eye takes from several numbers at once, in words: which is the highest, which the lowest.
 *
 * @param rows Numbers of the same thing in different groups, and as they are said.
 * @returns "; højest 3+, lavest 0" to follow the numbers; without what several rows share as they are
 *   said, and empty where a listener has them all in mind.
 */
export function spreadInWords(
  rows: readonly {
    readonly label: string;
    readonly said: string;
    readonly number: number | null;
  }[],
  language: Language,
): string {
  const known = rows.flatMap((row) => row.number === null ? [] : [{ ...row, number: row.number }])
    .sort((a, b) => b.number - a.number);
  if (known.length < 3) return "";
  const ends = [[TEXT.highest, known.at(0)!], [TEXT.lowest, known.at(-1)!]] as const;
  const said = ends.filter(([, row]) => known.filter(({ said }) => said === row.said).length === 1)
    .map(([word, row]) => `${word[language]} ${row.label}`);
  return said.length === 0 ? "" : `; ${said.join(", ")}`;
}

/** A share in a sentence: "33 pct.", "for få svar". */
export function shareInWords(
  estimate: Pick<Estimate, "n" | "share" | "suppressed" | "rounded">,
  language: Language,
): string {
  if (!isShown(estimate)) return missingInWords(estimate.n, language);
  const share = formatPercent(estimate.share, language);
  return estimate.rounded === undefined
    ? share
    : word("rounded.share", language).replace("{$share}", share);
}

/** A share in a chart: "33 %", "≈30 %" where it is rounded; a dash where the base is too small. */
export function shareInChart(
  estimate: Pick<Estimate, "share" | "low" | "high" | "suppressed" | "rounded">,
  language: Language,
): string {
  if (!isShown(estimate)) return "–";
  const share = formatPercentShort(estimate.share, language);
  return estimate.rounded === undefined || /^[<>]/.test(share) ? share : `≈${share}`;
}

/** An interval in a sentence: "31–35 pct.". */
export function intervalInWords(
  estimate: Pick<Estimate, "share" | "low" | "high" | "suppressed">,
  language: Language,
): string {
  return isShown(estimate) ? formatInterval(estimate.low, estimate.high, language) : "–";
}

/** An interval in a chart, its unit said elsewhere: "31–35". */
export function intervalInChart(
  estimate: Pick<Estimate, "share" | "low" | "high" | "suppressed">,
): string {
  if (!isShown(estimate)) return "–";
  const [low, high] = [wholePercent(estimate.low), wholePercent(estimate.high)];
  return low === high ? String(low) : `${low}–${high}`;
}

const MISSING = { nobody: TEXT.noAnswers, too_few: TEXT.tooFew, protected: TEXT.protected };

/** Why there is no share. */
export function missingInWords(n: number, language: Language): string {
  return MISSING[whyHidden({ n })][language];
}

/** "n = 1.288" */
export function baseSize(n: number, language: Language): string {
  return `n\u00a0=\u00a0${formatCount(n, language)}`;
}

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
