import { InputError } from "../responses/input_error.ts";
import {
  inEveryLanguage,
  isText,
  type Language,
  LANGUAGES,
  type Text,
  translated,
} from "../responses/language.ts";
import type { Claim } from "../words/claims.ts";
import { escapeProse, plainProse, renderProse } from "../words/prose.ts";
import { apart, claimsOf, textOf, type Told } from "../words/tell.ts";
import { claimsSaid, claimsTold } from "./claims_told.ts";
import { htmlRendered, type Showable, showable } from "./showable.ts";

/**
 * Paragraphs of the report, in every language. Below them stands, one click away (in the
 * report behind the finding's "Details"), what the published
 * report said of the same.
 *
 * @param texts One paragraph each: a claim, several told as one by `tell()`, or a `message()`; a string
 *   is the same in every language, and its characters are text.
 * @throws {InputError} For what is no text, or one that lacks a language.
 */
export function narrate(...texts: readonly (Told | Claim | string)[]): Showable {
  const { there: told, missing } = apart<Told | Claim>(
    texts.map((each) => typeof each === "string" ? escaped(each) : each),
  );
  const claims = claimsOf(...told);
  const paragraphs = told.map((each) => asText(textOf(each), "narrate()"));
  const text = inEveryLanguage((language) =>
    paragraphs.map((each) => each[language]).filter((each) => each !== "").join("\n\n")
  );
  return showable((language) => {
    const prose = text[language];
    const html = renderProse(prose);
    const shown = htmlRendered(html + claimsTold(claims, language), plainProse(prose));
    return { ...shown, part: { html, ...claimsSaid(claims, language) } };
  }, Object.values(text).some((each) => each !== "") ? [] : missing);
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
  if (typeof value === "string") return inEveryLanguage(() => value);
  if (isText(value)) return translated(value);
  const given = (value ?? {}) as Partial<Record<Language, unknown>>;
  const missing = LANGUAGES.find((language) => typeof given[language] !== "string");
  throw new InputError(
    `${call} takes a text, such as "…" or { ${
      LANGUAGES.map((language) => `${language}: "…"`).join(", ")
    } }` +
      `, not ${
        typeof value === "object" && value !== null ? `one without "${missing}"` : String(value)
      }.`,
  );
}
