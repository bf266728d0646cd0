import { formatDecimal, formatPoints } from "./format_number.ts";
import type { Language } from "../responses/language.ts";
import type { Voice } from "./voice.ts";

/** A difference in percentage points with its interval, as a regression gives it. */
export interface PointsApart {
  readonly points: number | null;
  readonly pointsLow: number | null;
  readonly pointsHigh: number | null;
}

const WORDS = {
  da: { lower: "lavere", higher: "højere", to: "til", unsure: "ikke sikkert anderledes" },
  en: { lower: "lower", higher: "higher", to: "to", unsure: "not surely any different" },
} as const satisfies Readonly<Record<Language, unknown>>;

/**
 * How far a share is from another, fit to stand before "than": `36 percentage points lower (27 to
 * 45)`, or, where the interval has room for none, `not surely any different (−6 to 3 percentage
 * points)`.
 *
 * @throws {RangeError} Where there are no numbers to say.
 */
export function pointsApart(
  { points, pointsLow, pointsHigh }: PointsApart,
  { language }: Voice,
): string {
  if (points === null || pointsLow === null || pointsHigh === null) {
    throw new RangeError("A difference that is not shown cannot be said");
  }
  const { lower, higher, to, unsure } = WORDS[language];
  const whole = (value: number) => formatDecimal(value, 0, language);
  if (pointsLow <= 0 && pointsHigh >= 0) {
    const unit = language === "da" ? "procentpoint" : "percentage points";
    return `${unsure} (${whole(pointsLow)} ${to} ${whole(pointsHigh)} ${unit})`;
  }
  const [near, far] = points < 0 ? [-pointsHigh, -pointsLow] : [pointsLow, pointsHigh];
  return `${formatPoints(points / 100, language, "size")} ${points < 0 ? lower : higher} ` +
    `(${whole(near)} ${to} ${whole(far)})`;
}
