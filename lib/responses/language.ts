/** A language that a colleague can read the report in. */
export type Language = "da" | "en";

/** Every language of the report, the first one being the default. */
export const LANGUAGES: readonly Language[] = ["da", "en"];

/** A short text in every language. A missing translation is a type error. */
export interface Text {
  readonly da: string;
  readonly en: string;
}

/** Makes one text per language from one function of the language. */
export function inEveryLanguage(make: (language: Language) => string): Text {
  return { da: make("da"), en: make("en") };
}
