import type { Codebook } from "../responses/codebook.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import { inPercent, wholePercent } from "../statistics/estimate.ts";
import type { NumberEstimate } from "../statistics/number_estimates.ts";
import { word } from "./catalogue.ts";

/*
 * Numbers as readers of each language write them. The signs stand in the catalogue instead of being
 * left to `Intl`, whose locale data differs between versions: the same data must give the same bytes.
 */
const MINUS = "−";

/** Whether a difference shows its sign: always (+5, −5), or only as a size (5). */
type Sign = "signed" | "size";

/**
 * A share (0 to 1) as a whole per cent in running text: `33 pct.`, `33%`; rounded half up, like the
 * published figures. One that is not nought but would round to it is `under 1 pct.`, one that is not
 * everyone but would round to 100 is `over 99 pct.`: 0 and 100 are said of nobody and everybody only.
 *
 * @throws {RangeError} If the share is not a number from 0 to 1.
 */
export function formatPercent(share: number, language: Language): string {
  const unit = word("number.percent", language);
  const beyond = (key: "number.under" | "number.over", n: number) =>
    word(key, language).replace("{$n}", `${n}${unit}`);
  const percent = wholePercent(share);
  if (percent === 0 && share > 0) return beyond("number.under", 1);
  return percent === 100 && share < 1 ? beyond("number.over", 99) : `${percent}${unit}`;
}

/**
 * The same where room is short, as in a figure or a table: `33 %`, `33%`, `<1 %`, `>99 %`. Danish
 * spelling has a space before the sign (here a no-break space), English none.
 */
export function formatPercentShort(share: number, language: Language): string {
  const unit = word("number.percent_sign", language);
  const percent = wholePercent(share);
  if (percent === 0 && share > 0) return `<1${unit}`;
  return percent === 100 && share < 1 ? `>99${unit}` : `${percent}${unit}`;
}

/**
 * An interval of shares (0 to 1) in whole per cents: `31–35 pct.`; one number where both ends round to
 * the same. The ends are plain roundings, 0 and 100 included.
 *
 * @throws {RangeError} If the ends are not shares in order.
 */
export function formatInterval(low: number, high: number, language: Language): string {
  if (low > high) throw new RangeError(`An interval cannot go from ${low} to ${high}`);
  const ends = new Set([wholePercent(low), wholePercent(high)]);
  return [...ends].join("–") + word("number.percent", language);
}

/**
 * A difference of two shares (−1 to 1): `+5 procentpoint`, `−1 percentage point`. It is that of the shares
 * themselves, so it can be one off the rounded shares beside it. One that is not nought but would round
 * to it is `under 1 procentpoint`.
 *
 * @throws {RangeError} If the difference is not a number from −1 to 1.
 */
export function formatPoints(
  difference: number,
  language: Language,
  sign: Sign = "signed",
): string {
  if (!(Math.abs(difference) <= 1)) {
    throw new RangeError(`A difference of shares must be from -1 to 1, not ${difference}`);
  }
  const points = wholePercent(Math.abs(difference));
  const unit = word(points > 1 || difference === 0 ? "number.points" : "number.point", language);
  if (points === 0 && difference !== 0) {
    return word("number.under", language).replace("{$n}", `1 ${unit}`);
  }
  const before = sign === "size" || points === 0 ? "" : difference > 0 ? "+" : MINUS;
  return `${before}${points} ${unit}`;
}

/**
 * A whole number with its thousands apart: `1.288`, `1,288`; a dash for NaN, which may not be shown.
 *
 * @throws {RangeError} If it is neither.
 */
export function formatCount(count: number, language: Language): string {
  if (Number.isNaN(count)) return "–";
  if (!Number.isSafeInteger(count)) {
    throw new RangeError(`A count must be a whole number, not ${count}`);
  }
  return formatDecimal(count, 0, language);
}

/**
 * A finite number with so many decimals (0 to 10), rounded half away from nought: `0,38`, `0.38`.
 *
 * @throws {RangeError} If the value is not finite.
 */
export function formatDecimal(value: number, digits: number, language: Language): string {
  const rounded = roundHalfUp(value, digits);
  const [whole = "0", decimals] = Math.abs(rounded).toFixed(digits).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, word("number.thousands", language));
  const size = decimals === undefined
    ? grouped
    : `${grouped}${word("number.decimal", language)}${decimals}`;
  return rounded < 0 ? `${MINUS}${size}` : size;
}

/**
 * The p value of a test: `p = 0,03`, `p < 0.001`, `p > 0,99`.
 *
 * Two decimals from 0.10, three below. A value just under 0.05 takes more decimals rather than being
 * rounded across the line that readers look for.
 *
 * @throws {RangeError} If p is not a number from 0 to 1.
 */
export function formatPValue(p: number, language: Language): string {
  if (!(p >= 0 && p <= 1)) {
    throw new RangeError(`A p value must be from 0 to 1, not ${p}`);
  }
  if (p < 0.001) return `p < ${formatDecimal(0.001, 3, language)}`;
  if (p > 0.99) return `p > ${formatDecimal(0.99, 2, language)}`;
  let digits = p < 0.1 ? 3 : 2;
  while (p < 0.05 && digits < 10 && roundHalfUp(p, digits) >= 0.05) digits++;
  return `p = ${formatDecimal(p, digits, language)}`;
}

// On the decimal digits, not on the binary fraction: 1.005 is a tie on paper.
function roundHalfUp(value: number, digits: number): number {
  if (!Number.isFinite(value)) {
    throw new RangeError(`Cannot write ${value} as a number`);
  }
  const shifted = Number((Math.abs(value) * 10 ** digits).toPrecision(15));
  return Math.sign(value) * Math.floor(shifted + 0.5) / 10 ** digits;
}

/**
 * A share with one decimal, or with as many as it takes to round to the same whole per cent as
 * everywhere else: 9.46 is `9.46%`, not `9.5%` beside `9%`.
 *
 * @param share A share or a difference of shares, −1 to 1.
 * @returns The number without its sign for per cent.
 */
export function decimalPercent(share: number, language: Language): string {
  const percent = inPercent(Math.abs(share));
  const whole = Math.floor(percent + 0.5);
  let digits = 1;
  while (digits < 6 && Math.floor(Number(percent.toFixed(digits)) + 0.5) !== whole) digits++;
  return formatDecimal(inPercent(share), digits, language);
}

/** How many answered: `979 answers`. */
export function answers(n: number, language: Language): string {
  // A number of people that is an answer by itself may be hidden.
  if (!Number.isFinite(n)) return word("base.hidden", language);
  const key = n === 1 ? "base.one" : "base.other";
  return word(key, language).replace("{$n}", formatCount(n, language));
}

/** A share with as many decimals as it needs, one at most: `40 pct.`, `33.3%`. */
export function threshold(share: number, language: Language): string {
  const percent = inPercent(share);
  return formatDecimal(percent, percent % 1 === 0 ? 0 : 1, language) +
    word("number.percent", language);
}

/** With its unit ("12,4 timer"), or where that is said elsewhere ("12,4"). */
type Unit = "with_unit" | "bare";
type Told = Pick<NumberEstimate, "value" | "low" | "high" | "suppressed" | "digits" | "unit">;

/** A mean or another statistic of numbers: `7,3`, `12,4 timer`, `+23` of a net share. */
export function formatNumber(
  { value, digits, unit, ...estimate }: Told & Partial<Pick<NumberEstimate, "statistic">>,
  language: Language,
  how: Unit = "with_unit",
): string {
  const sign = estimate.statistic === "net" && (value ?? 0) > 0 ? "+" : "";
  return sign + formatDecimal(value ?? 0, digits, language) + unitOf({ unit }, language, how);
}

/** Its interval: `7,1–7,5`, with "til" between where a sign is; a dash where it has none. */
export function numberInterval(
  { low, high, digits, unit, suppressed }: Told,
  language: Language,
  how: Unit = "with_unit",
): string {
  if (suppressed || low === null || high === null) return "–";
  const [from, to] = [low, high].map((end) => formatDecimal(end, digits, language));
  const between = low < 0 ? ` ${word("range.to", language)} ` : "–";
  return `${from}${between}${to}${unitOf({ unit }, language, how)}`;
}

function unitOf({ unit }: Pick<Told, "unit">, language: Language, how: Unit): string {
  return unit && how === "with_unit" ? ` ${unit[language]}` : "";
}

/** Whether a value is a statistic of numbers. */
export function isNumberEstimate(value: unknown): value is NumberEstimate {
  return typeof value === "object" && value !== null && "statistic" in value && "digits" in value;
}

const formatOf = (language: Language) =>
  new Intl.DateTimeFormat(word("date.locale", language), { dateStyle: "long", timeZone: "UTC" });

/**
 * A day: `3. oktober 2022`, `3 October 2022`.
 *
 * @param day `YYYY-MM-DD`. It is a day of the calendar, not a moment, so no time zone can move it.
 * @throws {RangeError} If there is no such day.
 */
export function formatDate(day: string, language: Language): string {
  return formatOf(language).format(momentOf(day));
}

/**
 * From one day to another, without saying month and year twice: `3.–21. oktober 2022`,
 * `28 October – 11 November 2022`.
 *
 * @param from `YYYY-MM-DD`.
 * @param to `YYYY-MM-DD`, not before `from`.
 * @throws {RangeError} If there is no such day, or the days are out of order.
 */
export function formatDates(from: string, to: string, language: Language): string {
  if (from > to) throw new RangeError(`${from} is after ${to}`);
  const range = formatOf(language).formatRange(momentOf(from), momentOf(to));
  // Danish has spaces around the dash between two months, too, and English has plain ones.
  return range.replace(/(?<=\p{L}|\d{4})\s?–\s?/u, " – ");
}

function momentOf(day: string): Date {
  const moment = new Date(`${day}T00:00:00Z`);
  // Date takes 30 February for 2 March.
  if (Number.isNaN(moment.getTime()) || moment.toISOString().slice(0, 10) !== day) {
    throw new RangeError(`Not a day written as YYYY-MM-DD: ${day}`);
  }
  return moment;
}

/**
 * Several things in one sentence: `a, b og c`, `a, b and c` (no comma before the last word, which
 * both Danish and British English leave out).
 *
 * @param items Any number of texts; none gives the empty text.
 * @param joint `clauses`: sentences with a verb of their own, which Danish sets apart by a comma.
 */
export function formatList(
  items: readonly string[],
  language: Language,
  joint: "and" | "or" | "clauses" = "and",
): string {
  if (items.length < 2) return items.join("");
  const before = items.slice(0, -1).join(", ");
  return before + word(`list.${joint}`, language) + items.at(-1);
}

/** A name or an answer as it was put, in the language's own marks: »ofte«, “often”. */
export function quoted(text: string, language: Language): string {
  return `${word("quote.open", language)}${text}${word("quote.close", language)}`;
}

/** The same in every language. */
export function quotedText(text: Text): Text {
  return inEveryLanguage((language) => quoted(text[language], language));
}

/** Questions and variables by their labels: “A”, “B” and “C”. What the codebook does not have is told by its id. */
export function quotedLabels(
  { questions, variables }: Pick<Codebook, "questions" | "variables">,
  ids: readonly string[],
): Text {
  return inEveryLanguage((language) =>
    formatList(
      ids.map((id) => quoted((questions[id] ?? variables[id])?.label[language] ?? id, language)),
      language,
    )
  );
}
