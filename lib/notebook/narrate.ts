import { type Language, LANGUAGES, type Text } from "../responses/language.ts";
import { InputError } from "../responses/input_error.ts";
import { escapeProse, plainProse, renderProse } from "../words/prose.ts";
import { paragraphs } from "../words/tell.ts";
import { htmlRendered, type Showable, showable } from "./showable.ts";

/**
 * Paragraphs of the report, in every language.
 *
 * @param texts One paragraph each, made by `tell()` or `claim()` so that its numbers are computed; a
 *   string is the same in every language, and its characters are text.
 * @throws {InputError} For what is no text, or one that lacks a language.
 */
export function narrate(...texts: readonly (Text | string)[]): Showable {
  const text = paragraphs(
    ...texts.map((each) => typeof each === "string" ? escaped(each) : asText(each, "narrate()")),
  );
  return showable((language) => {
    const prose = text[language];
    return htmlRendered(renderProse(prose), plainProse(prose));
  });
}

function escaped(text: string): Text {
  return asText(escapeProse(text), "narrate()");
}

/**
 * A text in every language; a string is the same in all of them.
 *
 * @param call Who asks, for the message.
 * @throws {InputError} For what is neither, or lacks a language.
 */
export function asText(value: unknown, call: string): Text {
  if (typeof value === "string") {
    return Object.fromEntries(LANGUAGES.map((language) => [language, value])) as unknown as Text;
  }
  const given = (value ?? {}) as Partial<Record<Language, unknown>>;
  const missing = LANGUAGES.find((language) => typeof given[language] !== "string");
  if (typeof value === "object" && value !== null && missing === undefined) return value as Text;
  throw new InputError(
    `${call} takes a text, such as "…" or { ${
      LANGUAGES.map((language) => `${language}: "…"`).join(", ")
    } }` +
      `, not ${
        typeof value === "object" && value !== null ? `one without "${missing}"` : String(value)
      }.`,
  );
}
