import { categoriesOf, type Codebook } from "../responses/codebook.ts";
import type { Profile } from "../responses/interviews.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import type { Estimate } from "../statistics/estimate.ts";
import type { Movement } from "../statistics/moved_most.ts";
import { texts, word } from "./catalogue.ts";
import { formatDecimal, formatList } from "./format.ts";

/** The change of an estimate since an earlier wave; null where there is none to show. */
export type ChangeOf = (estimate: Estimate) => Movement | null;

/** The words of a comparison with an earlier wave. */
export const WAVES = texts("change");

/** The words of a comparison of two shares, each named. */
export type PairWords = Readonly<Record<keyof typeof WAVES, Text>>;

/** The words of a comparison of a group with everybody else. */
export const GROUP_AND_REST: PairWords = { ...WAVES, ...texts("rest_columns") };

/** The columns of a table that say how a share has changed, or differs. */
export function changeColumns(
  language: Language,
  words: PairWords = WAVES,
): { readonly label: string; readonly kind: "text" | "number" | "p" }[] {
  return [
    { label: words.change[language], kind: "number" },
    { label: words.from[language], kind: "number" },
    { label: words.to[language], kind: "number" },
    { label: words.p[language], kind: "p" },
    { label: words.moved[language], kind: "text" },
  ];
}

/**
 * What stands in them: percentage points. Where a wave hides the share or has not got it, the last one
 * says that there is nothing to compare.
 */
export function changeValues(
  change: Movement | null,
  language: Language,
  words: PairWords = WAVES,
): readonly (string | number | null)[] {
  if (change === null) return ["", "", "", "", words.unknown[language]];
  const { difference, low, high, adjusted, moved } = change;
  return [
    ...[difference, low, high].map((share) => share * 100),
    adjusted ?? "",
    words[moved][language],
  ];
}

/** A change in whole percentage points with its sign: `+8`, `−2`, `0`. */
export function signedPoints({ difference }: Movement, language: Language): string {
  const points = formatDecimal(difference * 100, 0, language);
  return difference > 0 && points !== "0" ? `+${points}` : points;
}

/** The ends of a change's interval in whole percentage points: `−2 to 6`. */
export function pointsRange(
  { low, high }: Pick<Movement, "low" | "high">,
  language: Language,
): string {
  // An end that rounds to nought would hide on which side of it the other is.
  const isNear = [low, high].some((end) => end !== 0 && Math.abs(end) < 0.005);
  const [from, to] = [low, high].map((end) => formatDecimal(end * 100, isNear ? 1 : 0, language));
  return `${from} ${word("range.to", language)} ${to}`;
}

/**
 * A group in words: "kvinder, 25-39 år", "women, aged 25-39"; of an answer that the codebook has no
 * words for, "pressed to change an assessment: often".
 *
 * @param where Categories by question or variable, as in `--where`.
 */
export function domainWords(
  codebook: Codebook,
  where: Readonly<Record<string, readonly string[]>>,
): Text {
  return inEveryLanguage((language) => {
    const conditions = inOrder(codebook, where).map(([name, among]) => {
      const categories = codebook.variables[name]?.categories;
      const people = among.flatMap((category) => categories?.[category]?.who?.[language] ?? []);
      if (people.length === among.length) {
        return { isLabelled: false, text: formatList(people, language, "or") };
      }
      const label = (codebook.variables[name] ?? codebook.questions[name])?.label[language] ?? name;
      const answers = among.map((category) =>
        categoriesOf(codebook, name)?.[category]?.[language] ?? category
      );
      return {
        isLabelled: true,
        text: `${label}: ${formatList(answers, language, "or")}`.toLowerCase(),
      };
    });
    const between = conditions.some(({ isLabelled }) => isLabelled) ? "; " : ", ";
    return conditions.map(({ text }) => text).join(between);
  });
}

/** Conditions in the order of the codebook, in which they read well: who people are, then what they do. */
function inOrder(
  codebook: Codebook,
  where: Readonly<Record<string, readonly string[]>>,
): [string, readonly string[]][] {
  const names = [...Object.keys(codebook.variables), ...Object.keys(codebook.questions)];
  return Object.entries(where).sort(([a], [b]) => names.indexOf(a) - names.indexOf(b));
}

/** Who said a passage of the interviews as words, from the coarsest to the finest. */
export function profileWords(
  profile: Profile | null,
  { variables }: Codebook,
  language: Language,
): string[] {
  if (profile === null) return [word("profile.unknown", language)];
  return Object.entries(profile).map(([variable, id], i) => {
    const category = variables[variable]?.categories[id];
    // What stands behind the first says who they are: "25-39" alone is no person.
    if (category) return (i > 0 ? category.who ?? category : category)[language];
    return (variables[id]?.label[language] ?? id).toLowerCase();
  });
}
