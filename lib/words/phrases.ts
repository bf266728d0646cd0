import type { Base } from "../responses/codebook.ts";
import type { Language } from "../responses/language.ts";
import { inPercent, isShown } from "../statistics/estimate.ts";
import { type Trend, trendOutcome } from "../statistics/outcome.ts";
import { isWordKey, word, type WordKey } from "./catalogue.ts";
import { formatPercent } from "./format.ts";

/** How a share lies to the fraction that names it. */
type Relation = "exact" | "just_under" | "under" | "just_over" | "over";

/*
 * The fractions people say, in per cent; from where on each is named, and so close, in points, that it
 * is said without a qualifying word.
 * `from` is on a half per cent, so that shares that print alike mostly share their words.
 */
export const ANCHORS = {
  twentieth: { percent: 5, from: 3.5, exact: 0.5 },
  tenth: { percent: 10, from: 7.5, exact: 0.5 },
  eighth: { percent: 12.5, from: 11.5, exact: 0.5 },
  sixth: { percent: 100 / 6, from: 14.5, exact: 0.5 },
  fifth: { percent: 20, from: 18.5, exact: 0.5 },
  quarter: { percent: 25, from: 22.5, exact: 1 },
  third: { percent: 100 / 3, from: 28.5, exact: 1 },
  four_tenths: { percent: 40, from: 37.5, exact: 0.5 },
  half: { percent: 50, from: 45, exact: 1.5 },
  six_tenths: { percent: 60, from: 58.5, exact: 0.5 },
  two_thirds: { percent: 200 / 3, from: 63.5, exact: 1 },
  seven_tenths: { percent: 70, from: 68.5, exact: 0.5 },
  three_quarters: { percent: 75, from: 72.5, exact: 1 },
  eight_tenths: { percent: 80, from: 78.5, exact: 0.5 },
  nine_tenths: { percent: 90, from: 85, exact: 0.5 },
} as const;

/** A fraction with a name, such as `third`. */
export type AnchorName = keyof typeof ANCHORS;

/** A fraction and how the share lies to it; at the ends, where none has a name, what is said of them. */
interface Fraction {
  readonly anchor: AnchorName | "none" | "almost_none" | "very_few" | "almost_all" | "all";
  readonly relation: Relation;
}

/**
 * Chooses the fraction that names a share, the same in every language.
 *
 * A share that is not exact is "just" under or over within 3.5 points, and within a quarter of the
 * fraction itself for the small ones (6 is just over one in twenty, 7 is more than that).
 *
 * @param share 0 to 1.
 * @throws {RangeError} If the share is not a number from 0 to 1.
 */
export function chooseFraction(share: number): Fraction {
  if (!(share >= 0 && share <= 1)) {
    throw new RangeError(`A share must be from 0 to 1, not ${share}`);
  }
  if (share === 0) return { anchor: "none", relation: "exact" };
  if (share === 1) return { anchor: "all", relation: "exact" };
  const percent = inPercent(share);
  if (percent < 1) return { anchor: "almost_none", relation: "exact" };
  if (percent >= 96.5) return { anchor: "almost_all", relation: "exact" };
  const chosen = (Object.keys(ANCHORS) as AnchorName[])
    .findLast((name) => percent >= ANCHORS[name].from);
  if (chosen === undefined) return { anchor: "very_few", relation: "exact" };
  const { percent: named, exact } = ANCHORS[chosen];
  const off = Math.abs(percent - named);
  if (off <= exact) return { anchor: chosen, relation: "exact" };
  const side = percent < named ? "under" : "over";
  return { anchor: chosen, relation: off <= Math.min(3.5, named / 4) ? `just_${side}` : side };
}

/** Counting `people` (hver tredje, one in three), or a `part` of the whole (en tredjedel, a third). */
export type FractionStyle = "people" | "part";

interface FractionOptions {
  /** `people` where nothing is said. */
  readonly style?: FractionStyle;
  /** Adds the share itself in brackets: `knap halvdelen (47 pct.)`. */
  readonly share?: boolean;
  /** Whose share it is: the phrase then counts them, `hvert tredje medlem`. */
  readonly of?: Pick<Base, "who" | "noun" | "group"> | undefined;
}

/**
 * A share in the words that people use: `hver tredje`, `knap halvdelen`, `mere end fire ud af ti`.
 *
 * With `of`, the phrase can be the subject of a sentence: `hvert tredje medlem`, `mere end fire ud af ti
 * medlemmer, der træffer afgørelser (42 pct.),`. A Danish relative clause is closed by its comma, so the
 * sentence must go on after it. Where the published report is looser, ours is closer to the figure:
 * "en tredjedel" for 31 per cent is `knap en tredjedel`.
 *
 * @param share 0 to 1.
 * @returns Lower case; the sentence it begins capitalises it.
 * @throws {RangeError} If the share is not a number from 0 to 1.
 */
export function fractionPhrase(
  share: number,
  language: Language,
  options: FractionOptions = {},
): string {
  const fraction = chooseFraction(share);
  const { of, style = "people" } = options;
  const noun = of?.noun?.[language];
  const inside = [of?.group?.[language], options.share && formatPercent(share, language)]
    .filter(Boolean);
  const bracket = inside.length > 0 ? ` (${inside.join("; ")})` : "";
  const phrase = qualifier(fraction, language) + word(named(fraction, style, noun), language)
    .replace(/\{(every|one|many|the)\}/g, (_, form: "one") => noun?.[form] ?? "");
  const clause = noun?.clause ?? "";
  const whole = `${phrase}${clause}${bracket}${clause.startsWith(",") ? "," : ""}`;
  if (noun || !of) return whole;
  // A codebook without a noun for its people: "hver tredje (33 pct.) af medlemmerne".
  return word("fraction.of_who", language)
    .replace("{phrase}", whole).replace("{who}", of.who[language]);
}

/**
 * Whether a Danish phrase takes the singular (`hver tredje er enig`) or the plural (`halvdelen er
 * enige`). The English phrases all take the plural.
 */
export function isSingular(share: number, language: Language, style: FractionStyle): boolean {
  const name = named(chooseFraction(share), style);
  return word(name, language).startsWith(word("fraction.singular", language));
}

/** The catalogue's name of a fraction in a style; not all have a part of their own. */
function named({ anchor }: Fraction, style: FractionStyle, noun?: object): WordKey {
  const part = `fraction.${anchor}.part${noun ? "_of" : ""}`;
  if (style === "part" && isWordKey(part)) return part;
  return `fraction.${anchor}${noun ? ".of" : ""}`;
}

/** The word before a fraction. */
function qualifier({ anchor, relation }: Fraction, language: Language): string {
  if (relation !== "just_over") return word(`relation.${relation}`, language);
  // Tenths are counted, so however little more than four of ten it is "mere end fire ud af ti".
  if (anchor.endsWith("_tenths")) return word("relation.over", language);
  // "Godt" goes with halvdelen and the like; one of several is "lidt mere end hver tredje".
  const isLarge = ["half", "two_thirds", "three_quarters"].includes(anchor);
  return word(`relation.${isLarge ? "just_over" : "slightly_over"}`, language);
}

/**
 * What shares do over ordered groups, as the verb of a sentence: `stiger fra 31 pct. til 47 pct.`,
 * `is highest among those with two managers in between (62%) and lower at both ends (…)`.
 *
 * @param trend Groups that may be shown.
 */
export function trendPhrase(trend: Trend, language: Language): string {
  const shares = trend.groups.filter(isShown).map(({ share }) => share);
  const [most, least] = [Math.max(...shares), Math.min(...shares)];
  const percent = (share: number) => formatPercent(share, language);
  const group = (share: number) =>
    among(trend.who[shares.indexOf(share)]?.[language] ?? "", language);
  const parts: Readonly<Record<string, string>> = {
    first: percent(shares[0] ?? 0),
    last: percent(shares.at(-1) ?? 0),
    most: percent(most),
    least: percent(least),
    top: group(most),
    bottom: group(least),
  };
  return word(`trend.${trendOutcome(trend)}`, language)
    .replace(/\{\$(\w+)\}/g, (_, name: string) => parts[name] ?? "");
}

/** People as a place in a sentence: `blandt dem, der …`, `among women`. */
export function among(who: string, language: Language): string {
  return word("among.people", language).replace("{$who}", those(who, language));
}

/** People by themselves, whichever way the codebook has them: `dem, der …`, `women`. */
export function those(who: string, language: Language): string {
  const begins = (key: "those.clause_begins" | "those.preposition_begins") =>
    word(key, language).split("|").some((start) => who.startsWith(start));
  if (begins("those.clause_begins")) return word("those.clause", language).replace("{$who}", who);
  const key = begins("those.preposition_begins")
    ? "those.preposition"
    : /^\d/.test(who)
    ? "those.number"
    : null;
  return key === null ? who : word(key, language).replace("{$who}", who);
}
