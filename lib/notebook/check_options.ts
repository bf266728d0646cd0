import { InputError } from "../responses/input_error.ts";
import {
  inEveryLanguage,
  isText,
  type Language,
  LANGUAGES,
  type Text,
  translated,
} from "../responses/language.ts";
import { nearest } from "../responses/spelling.ts";

/** What each table and drawing of a cell's own takes. */
export interface Named {
  /** Fit for a file name, unique in the notebook. */
  readonly name?: string;
  readonly title?: Text | string;
}

/** Options whose words are there in every language. */
type Checked<T> = Omit<T, "title" | "notes"> & {
  readonly title?: Text;
  readonly notes?: readonly Text[];
};

/**
 * The options of a call; a title or note that is a string is the same in every language.
 *
 * @param call What was called, for the messages: `likert()`.
 * @param own The names of its options, beside those in `common`.
 * @throws {InputError} For what is no object, or an option that there is not.
 */
export function checkOptions<T extends object>(
  call: string,
  given: T,
  own: readonly string[],
  common: readonly string[] = ["name", "title"],
): Checked<T> {
  const known = [...own, ...common];
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    const example = known.includes("by") ? `{ by: ${JSON.stringify(given)} }` : `{ title: "…" }`;
    throw new InputError(
      `${call} takes its options as an object, such as ${example}, not ${JSON.stringify(given)}.`,
    );
  }
  for (const name of Object.keys(given)) requireKnown(name, known, `${call} has no option`);
  const { title, notes } = given as { readonly title?: unknown; readonly notes?: unknown };
  return {
    ...given,
    ...title !== undefined && { title: asText(title, `The title of ${call}`) },
    ...notes !== undefined &&
      { notes: [notes].flat().map((note) => asText(note, `A note of ${call}`)) },
  };
}

/**
 * A name that is there.
 *
 * @param what What the message begins with: `likert() has no option`.
 * @throws {InputError} Where it is not, with the nearest that is.
 */
export function requireKnown(name: string, there: readonly string[], what: string): string {
  if (there.includes(name)) return name;
  const [near] = nearest(name, there);
  throw new InputError(
    `${what} "${name}". ${
      near === undefined ? `There is: ${there.join(", ") || "none"}.` : `Is "${near}" meant?`
    }`,
  );
}

/** A text in every language; a string is the same in all. @throws {InputError} For what is neither. */
export function asText(value: unknown, call: string): Text {
  if (typeof value === "string") return inEveryLanguage(() => value);
  if (isText(value)) return translated(value);
  const given = (value ?? {}) as Partial<Record<Language, unknown>>;
  const missing = LANGUAGES.find((language) => typeof given[language] !== "string");
  throw new InputError(
    `${call} takes a text, such as "…" or { da: "…", en: "…" }, not ${
      typeof value === "object" && value !== null ? `one without "${missing}"` : String(value)
    }.`,
  );
}
