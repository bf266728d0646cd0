import { categoriesOf, type Codebook } from "../survey/codebook.ts";
import { inEveryLanguage, type Text } from "../language/language.ts";
import { formatList } from "../language/format_list.ts";

/**
 * A group in words: "køn: mand", "gender: man; age: 25-39".
 *
 * @param where Categories by question or variable, as in `--where`.
 */
export function domainWords(
  codebook: Codebook,
  where: Readonly<Record<string, readonly string[]>>,
): Text {
  return inEveryLanguage((language) =>
    Object.entries(where).map(([name, among]) => {
      const label = (codebook.variables[name] ?? codebook.questions[name])?.label[language] ?? name;
      const answers = among.map((category) =>
        categoriesOf(codebook, name)?.[category]?.[language] ?? category
      );
      return `${label}: ${formatList(answers, language, "or")}`.toLowerCase();
    }).join("; ")
  );
}

/**
 * The codebook with the group in the name of every base, so that no sentence or caption of a report
 * on a group speaks of everyone.
 */
export function nameDomain(
  codebook: Codebook,
  where: Readonly<Record<string, readonly string[]>>,
): Codebook {
  const group = domainWords(codebook, where);
  const named = (text: Text) =>
    inEveryLanguage((language) => `${text[language]} (${group[language]})`);
  return {
    ...codebook,
    bases: Object.fromEntries(
      Object.entries(codebook.bases).map(([id, base]) => [
        id,
        { ...base, label: named(base.label), who: named(base.who) },
      ]),
    ),
  };
}
