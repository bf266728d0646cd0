import type { Language, Text } from "./language.ts";
import type { Codebook } from "./codebook.ts";
import { readInterviews } from "./interviews.ts";

/** A coded passage of the interviews. */
export interface Passage {
  readonly id: string;
  /** Page of the published report. */
  readonly page: number;
  /** Whether the report quotes somebody, or retells what somebody said. */
  readonly kind: "quotation" | "account";
  /** Ids of data/published.json. */
  readonly themes: readonly string[];
  /** Who said it; null where the report names no speaker. */
  readonly profile: Profile | null;
  /** What was said, in our words. */
  readonly gist: Text;
}

/** All that the report tells of a speaker, by codebook ids. */
export interface Profile {
  readonly gender: string;
  readonly age_group: string;
  /** Which of the two tasks the report names: a variable of the codebook. */
  readonly role: string;
}

let loaded: readonly Passage[] | undefined;

/** The coded passages of data/interviews.csv, in the report's order. */
export function allPassages(): readonly Passage[] {
  return loaded ??= readPassages();
}

/** A profile as words, from the coarsest to the finest: gender, age, task. */
export function profileWords(
  profile: Profile | null,
  { variables }: Codebook,
  language: Language,
): string[] {
  if (profile === null) return [UNKNOWN[language]];
  const { gender, age_group, role } = profile;
  const of = (variable: string, category: string) =>
    variables[variable]?.categories[category]?.[language] ?? category;
  return [
    of("gender", gender),
    AGED[language](of("age_group", age_group)),
    (variables[role]?.label[language] ?? role).toLowerCase(),
  ];
}

/** Two passages with the same key may be one person or two: the report does not say. */
export function profileKey(profile: Profile | null): string {
  return profile === null ? "" : `${profile.gender} ${profile.age_group} ${profile.role}`;
}

const UNKNOWN: Text = { da: "Ikke oplyst hvem", en: "Speaker not stated" };

const AGED: Readonly<Record<Language, (ages: string) => string>> = {
  da: (ages) => `${ages} år`,
  en: (ages) => `aged ${ages}`,
};

type Row = {
  readonly id: string;
  readonly page: number;
  readonly kind: "quotation" | "account";
  readonly themes: string[];
  readonly gist_da: string;
  readonly gist_en: string;
} & { readonly [Key in keyof Profile]: string | null };

function readPassages(): Passage[] {
  const rows = readInterviews().objects() as Row[];
  return rows.map(({ id, page, kind, themes, gender, age_group, role, gist_da, gist_en }) => ({
    id,
    page,
    kind,
    themes,
    profile: gender === null || age_group === null || role === null
      ? null
      : { gender, age_group, role },
    gist: { da: gist_da, en: gist_en },
  }));
}
