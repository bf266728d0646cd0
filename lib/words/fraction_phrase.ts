import { formatPercent } from "./format_number.ts";
import type { Language, Text } from "../responses/language.ts";
import {
  type AnchorName,
  chooseFraction,
  type Fraction,
  inPercent,
  type Relation,
} from "./choose_fraction.ts";
import { FRACTIONS, QUALIFIERS } from "./fraction_words.ts";

/**
 * Which words are used: counting `people` (hver tredje, one in three), a `part` of the whole (en
 * tredjedel, a third), or a round `percent` (knap 30 pct., just under 30%).
 */
export type FractionStyle = "people" | "part" | "percent";

export interface FractionOptions {
  /** `people` where nothing is said. */
  readonly style?: FractionStyle;
  /** Adds the share itself in brackets: `knap halvdelen (47 pct.)`. */
  readonly share?: boolean;
  /** Whose share it is, definite and plural (medlemmerne, the members); adds "of" these. */
  readonly of?: Text;
}

/**
 * A share in the words that people use: `hver tredje`, `knap halvdelen`, `mere end fire ud af ti`.
 *
 * The fraction is chosen by {@link chooseFraction}, the same one in both languages. In the style
 * `percent` it is the nearest multiple of five instead: said bare where the share is that number to
 * one decimal, otherwise with knap/godt within two points and næsten/mere end beyond; near 0 and 100
 * the per cent itself.
 *
 * With `of`, the phrase can be the subject of a sentence: `hver tredje af medlemmerne`. A Danish
 * relative clause is closed by its comma (`halvdelen af medlemmerne, der træffer afgørelser,`), so
 * the sentence must go on after it.
 *
 * Where the published report words a figure differently, ours is closer to it:
 * - "en tredjedel" for 31 per cent: `knap en tredjedel`;
 * - "ca. halvdelen" for 53 per cent: `godt halvdelen`;
 * - "tre fjerdedele" for 77 per cent: `godt tre fjerdedele`;
 * - "hver tiende" in a heading for 8 per cent: `knap hver tiende`, as in the text below it.
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
  const phrase = options.style === "percent"
    ? roundPercent(share, language)
    : inWords(chooseFraction(share), language, options.style ?? "people");
  return withShareAndWhom(phrase, share, language, options);
}

/** Adds to a phrase about a share what the options ask for: the share in brackets, and of whom. */
export function withShareAndWhom(
  phrase: string,
  share: number,
  language: Language,
  options: FractionOptions,
): string {
  const bracket = options.share ? ` (${formatPercent(share, language)})` : "";
  if (!options.of) return `${phrase}${bracket}`;
  if (language === "en") return `${phrase}${bracket} of ${options.of.en}`;
  // A comma in brackets closes with them.
  const closing = options.of.da.replace(/\([^()]*\)/g, "").includes(", ") ? "," : "";
  return phrase.endsWith("alle")
    ? `${phrase} ${options.of.da}${bracket}${closing}`
    : `${phrase}${bracket} af ${options.of.da}${closing}`;
}

/**
 * Whether a Danish phrase takes the singular (`hver tredje er enig`) or the plural (`halvdelen er
 * enige`). The English phrases all take the plural.
 */
export function isSingular(share: number, options: FractionOptions = {}): boolean {
  return options.style !== "percent" &&
    FRACTIONS.da[chooseFraction(share).anchor][options.style ?? "people"]
      .startsWith("hver ");
}

function inWords(
  { anchor, relation }: Fraction,
  language: Language,
  style: "people" | "part",
): string {
  return qualifier(anchor, relation, language) +
    FRACTIONS[language][anchor][style];
}

const TENTHS: ReadonlySet<string> = new Set<AnchorName>([
  "four_tenths",
  "six_tenths",
  "seven_tenths",
  "eight_tenths",
  "nine_tenths",
]);
const PARTS: ReadonlySet<string> = new Set<AnchorName>([
  "half",
  "two_thirds",
  "three_quarters",
]);

function qualifier(
  anchor: Fraction["anchor"],
  relation: Relation,
  language: Language,
): string {
  // Tenths are counted, so however little more than four of ten it is "mere end fire ud af ti".
  if (relation === "just_over" && TENTHS.has(anchor)) {
    return QUALIFIERS[language].over;
  }
  // "Godt" goes with halvdelen and the like; one of several is "lidt mere end hver tredje".
  if (relation === "just_over" && language === "da" && !PARTS.has(anchor)) {
    return "lidt mere end ";
  }
  return QUALIFIERS[language][relation];
}

function roundPercent(share: number, language: Language): string {
  const percent = inPercent(share);
  const round = Math.floor(percent / 5 + 0.5) * 5;
  if (round === 0 || round === 100) return formatPercent(share, language);
  const off = percent - round;
  const relation: Relation = Math.abs(off) < 0.05
    ? "exact"
    : off < 0
    ? off >= -2 ? "just_under" : "under"
    : off <= 2
    ? "just_over"
    : "over";
  return QUALIFIERS[language][relation] + formatPercent(round / 100, language);
}
