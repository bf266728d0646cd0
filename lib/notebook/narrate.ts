import type { Text } from "../responses/language.ts";
import { plainProse, renderProse } from "../words/prose.ts";
import { paragraphs } from "../words/tell.ts";
import { htmlRendered, type Showable, showable } from "./showable.ts";

/**
 * Paragraphs of the report, in both languages.
 *
 * @param texts One paragraph each, made by `tell()` or `claim()` so that its numbers are computed.
 */
export function narrate(...texts: readonly Text[]): Showable {
  const text = paragraphs(...texts);
  return showable((language) => {
    const prose = text[language];
    return htmlRendered(renderProse(prose), plainProse(prose));
  });
}
