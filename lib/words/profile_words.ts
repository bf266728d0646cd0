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
  const { role, ...background } = profile;
  return [
    ...Object.entries(background).map(([variable, category]) => {
      const found = variables[variable]?.categories[category];
      const label = found?.[language] ?? category;
      // "25-39" alone is no person: the codebook has words for who they are.
      return /^\d/.test(label) ? found?.who?.[language] ?? label : label;
    }),
    (variables[role]?.label[language] ?? role).toLowerCase(),
  ];
}
