import { escapeHtml } from "../words/escape_html.ts";
import type { Text } from "../responses/language.ts";
import { plainProse, renderProse } from "../words/prose.ts";
import { type Showable, showable } from "./showable.ts";

/**
 * The heading of a notebook in the report: one at its top.
 *
 * @param id Unique in the report, fit for a link: "pressure".
 * @param text The heading in both languages.
 */
export function chapter(id: string, text: Text): Showable {
  return heading(2, id, text);
}

/**
 * The heading of one finding. With a text that was chosen by the data (a claim's) it says what the
 * answers show.
 *
 * @param id Unique in the report, fit for a link: "pressure-drafts".
 * @param text The heading in both languages.
 * @param since What has changed since an earlier wave, below the heading; see `changeSince()`.
 */
export function finding(id: string, text: Text, since?: Text): Showable {
  const own = heading(3, id, text);
  return showable((language) => {
    const rendered = own.render(language);
    const said = since?.[language] ?? "";
    if (said === "") return rendered;
    const html = `${rendered.part.html}\n${renderProse(said)}`;
    const words = `${rendered.part.heading?.text}\n${plainProse(said)}`;
    return {
      outputs: [{ "text/html": html, "text/plain": words }],
      part: { ...rendered.part, html },
    };
  });
}

function heading(level: 2 | 3, id: string, text: Text): Showable {
  if (!/^[a-z][a-z0-9-]*$/.test(id)) {
    throw new RangeError(`A heading's id is a-z, 0-9 and "-", not "${id}"`);
  }
  return showable((language) => {
    // A claim is a sentence; as a heading it has no full stop.
    const words = text[language].replace(/(?<!pct)\.$/, "");
    const html = `<h${level} id="${id}">${escapeHtml(words)}</h${level}>`;
    return {
      outputs: [{ "text/html": html, "text/plain": words }],
      part: { html, heading: { level, id, text: words } },
    };
  });
}
