import { pointsRange, signedPoints } from "../words/change_columns.ts";
import { texts } from "../words/catalogue.ts";
import { ownText } from "../words/message.ts";
import { escapeHtml } from "../words/escape_html.ts";
import { intervalName } from "../words/interval_name.ts";
import { formatPoints } from "../words/format_number.ts";
import type { Language, Text } from "../responses/language.ts";
import type { Movement } from "../statistics/moved_most.ts";

const SIGNS = { up: "▲", down: "▼", none: "◆" } as const;

const WORDS = texts("key_change");

/** How a key figure has changed, in two parts: `8 percentage points up`, `since … (4 to 12)`. */
function partsOf(change: Movement, earlier: Text, language: Language): [string, string] {
  const { difference, moved } = change;
  const since = `${WORDS.since[language]} ${earlier[language]}`;
  const range = `(${pointsRange(change, language)})`;
  return moved === "none"
    ? [WORDS.none[language], `${since}: ${signedPoints(change, language)} ${range}`]
    : [
      `${formatPoints(difference, language, "size")} ${WORDS[moved][language]}`,
      `${since} ${range}`,
    ];
}

/**
 * How a key figure has changed: `8 percentage points up since the earlier wave (4 to 12)`, or that
 * nothing has surely changed, with the same numbers.
 *
 * @param earlier What it is since.
 */
export function keyChangeText(change: Movement, earlier: Text, language: Language): string {
  return partsOf(change, earlier, language).join(" ");
}

/** The same with an arrow, which the words make needless for those who do not see it. */
export function keyChangeHtml(change: Movement, earlier: Text, language: Language): string {
  const [what, since] = partsOf(change, earlier, language).map(escapeHtml);
  return `<p class="change"><strong><span aria-hidden="true">${SIGNS[change.moved]}</span> ` +
    `${what}</strong> ${since}</p>`;
}

/** What the signs and numbers of the changes mean, once for all key figures. */
export function keyChanges(confidence: number): Text {
  return ownText("key_change.sure", { interval: intervalName(confidence) });
}
