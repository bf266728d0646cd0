import { InputError } from "./input_error.ts";
import type { Text } from "./language.ts";

/** What a section says that cannot be made of counts. */
export const NEEDS_ROWS: Text = {
  da: "Dette kræver de enkelte respondenters svar, og undersøgelsen er her læst som optællinger. " +
    "Kør rapporten på en fil med svarene for at få det med.",
  en: "This needs the answers of single respondents, and this survey was read as counts. " +
    "Run the report on a file of the answers to have it.",
};

/** Thrown where the answers of single respondents are needed and a survey was read as counts. */
export class NeedsRows extends InputError {
  /** @param what What was looked for: a question or variable. */
  constructor(what: string) {
    super(
      `The answers of single respondents are needed (${what}), and this survey was read as counts. ` +
        `Give a file of the answers, or leave this out.`,
    );
  }
}

/**
 * The codes of a survey that was read as counts: it says which questions and variables there are,
 * and refuses to give anybody's answers.
 */
export class NoRows implements ReadonlyMap<string, Uint8Array> {
  readonly #names: ReadonlySet<string>;

  /** @param names The questions and variables that were part of the wave. */
  constructor(names: Iterable<string>) {
    this.#names = new Set(names);
  }

  get size(): number {
    return this.#names.size;
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  keys(): MapIterator<string> {
    return this.#names.keys();
  }

  /** @throws {NeedsRows} Where there is such a name. */
  get(name: string): undefined {
    if (this.#names.has(name)) throw new NeedsRows(name);
  }

  /** @throws {NeedsRows} Always. */
  entries(): never {
    throw new NeedsRows("all columns");
  }

  /** @throws {NeedsRows} Always. */
  values(): never {
    throw new NeedsRows("all columns");
  }

  /** @throws {NeedsRows} Always. */
  forEach(): never {
    throw new NeedsRows("all columns");
  }

  /** @throws {NeedsRows} Always. */
  [Symbol.iterator](): never {
    throw new NeedsRows("all columns");
  }
}
