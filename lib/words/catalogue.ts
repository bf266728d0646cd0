import type { Language } from "../responses/language.ts";
import da from "./da.json" with { type: "json" };
import en from "./en.json" with { type: "json" };

/** A name of one of the program's own texts; a misspelt one is a type error. */
export type WordKey = keyof typeof da;

/** The program's own texts by language. A text that one of them lacks is a type error. */
const CATALOGUES: Readonly<Record<Language, Readonly<Record<WordKey, string>>>> = { da, en };

/** One of the program's own texts as it stands in the catalogue, its placeholders unfilled. */
export function word(key: WordKey, language: Language): string {
  return CATALOGUES[language][key];
}

/** Whether a name is one of the catalogue's. */
export function isWordKey(key: string): key is WordKey {
  return Object.hasOwn(da, key);
}
