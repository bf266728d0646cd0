import { type Language, type Text, translated } from "../responses/language.ts";
import da from "./da.json" with { type: "json" };
import en from "./en.json" with { type: "json" };

/** A name of one of the program's own texts; a misspelt one is a type error. */
export type WordKey = keyof typeof da;

/** The program's own texts by name. One that Danish or English lacks is a type error. */
const CATALOGUE = new Map(
  (Object.keys(da) as WordKey[]).map((key) => [key, translated({ da: da[key], en: en[key] }, key)]),
);

/** One of the program's own texts as it stands in the catalogue, its placeholders unfilled. */
export function word(key: WordKey, language: Language): string {
  return CATALOGUE.get(key)![language];
}

/** Whether a name is one of the catalogue's. */
export function isWordKey(key: string): key is WordKey {
  return Object.hasOwn(da, key);
}

/** The names below a part of the catalogue: of "page", `skip`, `contents` and so on. */
type Under<P extends string> = WordKey extends infer K ? K extends `${P}.${infer N}` ? N : never
  : never;

/** The texts of a part of the catalogue in every language, by the rest of their names. */
export function texts<const P extends string>(part: P): Readonly<Record<Under<P>, Text>> {
  const found = [...CATALOGUE].filter(([key]) => key.startsWith(`${part}.`));
  return Object.fromEntries(
    found.map(([key, text]) => [key.slice(part.length + 1), text]),
  ) as never;
}

/** The texts of a part of the catalogue in one language. */
export function wordsOf<const P extends string>(
  part: P,
  language: Language,
): Readonly<Record<Under<P>, string>> {
  const all = Object.entries(texts(part)) as [string, Text][];
  return Object.fromEntries(all.map(([name, text]) => [name, text[language]])) as never;
}
