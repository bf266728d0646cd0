import type { Codebook } from "../responses/codebook.ts";
import { inEveryLanguage, type Text } from "../responses/language.ts";
import { domainWords } from "../words/domain_words.ts";

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
        { ...base, label: named(base.label), who: named(base.who), group },
      ]),
    ),
  };
}
