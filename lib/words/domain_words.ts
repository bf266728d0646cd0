import { categoriesOf, type Codebook } from "../responses/codebook.ts";
import type { Profile } from "../responses/interviews.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import { word } from "./catalogue.ts";
import { formatList } from "./format_list.ts";

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
