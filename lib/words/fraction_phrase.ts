import type { Language } from "../responses/language.ts";
import type { Base } from "../responses/codebook.ts";
import { word, type WordKey } from "./catalogue.ts";
import { chooseFraction, type Fraction } from "./choose_fraction.ts";
import { formatPercent } from "./format_number.ts";

/** Counting `people` (hver tredje, one in three), or a `part` of the whole (en tredjedel, a third). */
export type FractionStyle = "people" | "part";

export interface FractionOptions {
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
 * The fraction is chosen by `chooseFraction()`, the same one in every language. With `of`, the phrase
 * can be the subject of a sentence: `hvert tredje medlem`, `mere end fire ud af ti medlemmer, der
 * træffer afgørelser (42 pct.),`. A Danish relative clause is closed by its comma, so the sentence
 * must go on after it.
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
  const fraction = chooseFraction(share);
  const { of } = options;
  const noun = of?.noun?.[language];
  const name = named(fraction, options.style ?? "people", noun !== undefined);
  const phrase = qualifier(fraction, language) + word(name, language)
    .replace(/\{(every|one|many|the)\}/g, (_, form: "one") => noun?.[form] ?? "");
  if (noun || !of) return withBracket(phrase, noun?.clause ?? "", share, language, options);
  // A codebook without a noun for its people: "hver tredje (33 pct.) af medlemmerne".
  return word("fraction.of_who", language)
    .replace(
      "{phrase}",
      withBracket(phrase, "", share, language, { share: options.share ?? false }),
    )
    .replace("{who}", of.who[language]);
}

/**
 * Whether a Danish phrase takes the singular (`hver tredje er enig`) or the plural (`halvdelen er
 * enige`). The English phrases all take the plural.
 */
export function isSingular(share: number, language: Language, style: FractionStyle): boolean {
  const name = named(chooseFraction(share), style, false);
  return word(name, language).startsWith(word("fraction.singular", language));
}

/** The clause that says which people, the group of the report and the share, in their order. */
function withBracket(
  phrase: string,
  clause: string,
  share: number,
  language: Language,
  { share: withShare, of }: FractionOptions,
): string {
  const inside = [of?.group?.[language], withShare ? formatPercent(share, language) : undefined]
    .filter((text) => text !== undefined);
  const bracket = inside.length > 0 ? ` (${inside.join("; ")})` : "";
  return `${phrase}${clause}${bracket}${clause.startsWith(",") ? "," : ""}`;
}

/** The catalogue's name of a fraction in a style; not all have a part of their own. */
function named({ anchor }: Fraction, style: FractionStyle, counted: boolean): WordKey {
  const ends = { people: counted ? ".of" : "", part: counted ? ".part_of" : ".part" };
  const name = `fraction.${anchor}${ends[style]}`;
  return (isPart(name) ? name : `fraction.${anchor}${ends.people}`) as WordKey;
}

const isPart = (name: string) =>
  !name.includes(".part") || /twentieth|tenth\b|eighth|sixth|fifth|quarter\b|third\b/.test(name);

/** The word before a fraction. */
function qualifier({ anchor, relation }: Fraction, language: Language): string {
  // Tenths are counted, so however little more than four of ten it is "mere end fire ud af ti".
  if (relation === "just_over" && anchor.endsWith("_tenths")) {
    return word("relation.over", language);
  }
  // "Godt" goes with halvdelen and the like; one of several is "lidt mere end hver tredje".
  const isLarge = ["half", "two_thirds", "three_quarters"].includes(anchor);
  if (relation === "just_over" && !isLarge) return word("relation.slightly_over", language);
  return word(`relation.${relation}`, language);
}
