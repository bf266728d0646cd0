import { inEveryLanguage, type Text } from "../responses/language.ts";
import type { Claim } from "../words/claims.ts";
import { escapeHtml } from "../words/escape_html.ts";
import { escapeProse, keepUnits, plainProse, renderProse } from "../words/prose.ts";
import { apart, claimsOf, textOf, type Told } from "../words/tell.ts";
import { asText } from "./check_options.ts";
import { claimsSaid, claimsTold } from "./claims_told.ts";
import { type Showable, Shown } from "./showable.ts";

/**
 * Paragraphs of the report, in every language. Below them stands, one click away (in the
 * report behind the finding's "Details"), what the published report said of the same.
 *
 * @param texts One paragraph each: a claim, several told as one by `tell()`, or a `message()`; a string
 *   is the same in every language, and its characters are text.
 * @throws {InputError} For what is no text, or one that lacks a language.
 */
export function narrate(...texts: readonly (Told | Claim | string)[]): Showable {
  const { there, missing } = apart<Told | Claim>(
    texts.map((each) => typeof each === "string" ? asText(escapeProse(each), "narrate()") : each),
  );
  const claims = claimsOf(...there);
  const paragraphs = there.map((each) => asText(textOf(each), "narrate()"));
  const text = inEveryLanguage((language) =>
    paragraphs.map((each) => each[language]).filter((each) => each !== "").join("\n\n")
  );
  return new Shown((language) => {
    const html = renderProse(text[language]);
    return {
      outputs: [{
        "text/html": html + claimsTold(claims, language),
        "text/plain": plainProse(text[language]),
      }],
      part: { html, ...claimsSaid(claims, language) },
    };
  }, Object.values(text).some((each) => each !== "") ? [] : missing);
}

/**
 * The heading of a notebook in the report: one at its top.
 *
 * @param id Unique in the report, fit for a link: "pressure".
 * @param text The heading in every language.
 */
export function chapter(id: string, text: Text): Showable {
  return heading(2, id, text);
}

/**
 * The heading of one finding. Given a claim it says what the answers show, and what the published report
 * said of it stands below, one click away. Of what was not part of this wave there is no heading.
 *
 * @param id Unique in the report, fit for a link: "pressure-drafts".
 * @param told The heading in every language, or a claim.
 * @param since What has changed since an earlier wave, below the heading; see `changeSince()`.
 */
export function finding(id: string, told: Told | Claim, since?: Text): Showable {
  return heading(3, id, told, since);
}

function heading(level: 2 | 3, id: string, told: Told | Claim, since?: Text): Showable {
  if (!/^[a-z][a-z0-9-]*$/.test(id)) {
    throw new RangeError(`A heading's id is a-z, 0-9 and "-", not "${id}"`);
  }
  const claims = claimsOf(told);
  const text = textOf(told);
  return new Shown((language) => {
    // A claim is a sentence; as a heading it has no full stop.
    const words = keepUnits(text[language].replace(/(?<!pct)\.$/, ""));
    const below = since === undefined ? "" : textOf(since)[language];
    const html = `<h${level} id="${id}">${escapeHtml(words)}</h${level}>` +
      (below === "" ? "" : `\n${renderProse(below)}`);
    return {
      outputs: [{
        "text/html": html + claimsTold(claims, language),
        "text/plain": words + (below === "" ? "" : `\n${plainProse(below)}`),
      }],
      part: { html, heading: { level, id, text: words }, ...claimsSaid(claims, language) },
    };
  }, told.missing);
}
