/** A language that every text of the program and of the study has; a colleague can read the report in it. */
export type Language = "da" | "en";

type Words = Readonly<Record<string, string>>;

/**
 * Further languages, each a file `lib/words/xx.json` and nothing else: the program's texts by name, and
 * those of the study by their English wording. What it has not got is said in English.
 */
const FURTHER = readFurther(new URL("../words/", import.meta.url));

function readFurther(folder: URL): ReadonlyMap<Language, Words> {
  const names = [...Deno.readDirSync(folder)]
    .flatMap(({ name }) => /^(?!da|en)([a-z]{2,3})\.json$/.exec(name)?.[1] ?? []).sort();
  return new Map(names.map((name) => [
    name as Language,
    JSON.parse(Deno.readTextFileSync(new URL(`${name}.json`, folder))),
  ]));
}

/** Every language of the report, the first one being the default. */
export const LANGUAGES: readonly Language[] = ["da", "en", ...FURTHER.keys()];

/** A short text in every language. A missing translation to Danish or English is a type error. */
export interface Text {
  readonly da: string;
  readonly en: string;
}

/** Makes one text per language from one function of the language. */
export function inEveryLanguage(make: (language: Language) => string): Text {
  return Object.fromEntries(LANGUAGES.map((language) => [language, make(language)])) as never;
}

/** A text with what the further languages say for it: by its English wording, or by a name. */
export function translated<T extends Text>(text: T, name: string = text.en): T {
  if (FURTHER.size === 0) return text;
  const said = [...FURTHER].map(([language, words]) => [language, words[name] ?? text.en]);
  return { ...Object.fromEntries(said), ...text };
}

/** The same of every text among some options. */
export function translatedAll<T extends object>(options: T): T {
  if (FURTHER.size === 0) return options;
  const entries = Object.entries(options)
    .map(([name, value]) => [name, isText(value) ? translated(value) : value]);
  return Object.fromEntries(entries) as T;
}

/** Whether something is a text in the languages that each has. */
export function isText(value: unknown): value is Text {
  return typeof value === "object" && value !== null && "da" in value && "en" in value &&
    typeof value.da === "string" && typeof value.en === "string";
}

/** What a text says in each language. */
export function wordings(text: Text): string[] {
  return LANGUAGES.map((language) => text[language]);
}
