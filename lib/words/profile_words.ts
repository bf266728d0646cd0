import type { Codebook } from "../responses/codebook.ts";
import type { Profile } from "../responses/interviews.ts";
import type { Language } from "../responses/language.ts";
import { word } from "./catalogue.ts";

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
