import type { Text } from "../responses/language.ts";
import type { Claim } from "../words/claims.ts";
import { escapeHtml } from "../words/escape_html.ts";
import { keepUnits, plainProse, renderProse } from "../words/prose.ts";
import { claimsOf, textOf, type Told } from "../words/tell.ts";
import { claimsSaid, claimsTold } from "./claims_told.ts";
import { type Showable, showable } from "./showable.ts";

/**
 * The heading of a notebook in the report: one at its top.
 *
 * @param id Unique in the report, fit for a link: "pressure".
 * @param text The heading in every language.
 */
export function chapter(id: string, text: Text): Showable {
  return heading(2, id, textOf(text));
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
  const own = heading(3, id, textOf(told));
  const claims = claimsOf(told);
  return showable((language) => {
    const rendered = own.render(language);
    const said = since === undefined ? "" : textOf(since)[language];
    const html = rendered.part.html + (said === "" ? "" : `\n${renderProse(said)}`);
    const words = [rendered.part.heading?.text, ...said === "" ? [] : [plainProse(said)]];
    return {
      outputs: [{
        "text/html": html + claimsTold(claims, language),
        "text/plain": words.join("\n"),
      }],
      part: { ...rendered.part, html, ...claimsSaid(claims, language) },
    };
  }, told.missing);
}

function heading(level: 2 | 3, id: string, text: Text): Showable {
  if (!/^[a-z][a-z0-9-]*$/.test(id)) {
    throw new RangeError(`A heading's id is a-z, 0-9 and "-", not "${id}"`);
  }
  return showable((language) => {
    // A claim is a sentence; as a heading it has no full stop.
    const words = text[language].replace(/(?<!pct)\.$/, "");
    const html = `<h${level} id="${id}">${escapeHtml(keepUnits(words))}</h${level}>`;
    return {
      outputs: [{ "text/html": html, "text/plain": words }],
      part: { html, heading: { level, id, text: keepUnits(words) } },
    };
  });
}
