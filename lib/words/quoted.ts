import type { Language } from "../responses/language.ts";

const MARKS = { da: ["»", "«"], en: ["“", "”"] } as const satisfies Record<Language, unknown>;

/** A name or an answer as it was put, in the language's own marks: »ofte«, “often”. */
export function quoted(text: string, language: Language): string {
  const [open, close] = MARKS[language];
  return `${open}${text}${close}`;
}
