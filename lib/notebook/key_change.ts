import { pointsRange, signedPoints } from "../words/change_columns.ts";
import { escapeHtml } from "../words/escape_html.ts";
import { intervalName } from "../words/interval_name.ts";
import { formatPoints } from "../words/format_number.ts";
import type { Language, Text } from "../responses/language.ts";
import type { Movement } from "../statistics/moved_most.ts";

const SIGNS = { up: "▲", down: "▼", none: "◆" } as const;

const WORDS = {
  up: { da: "op", en: "up" },
  down: { da: "ned", en: "down" },
  none: { da: "Ingen sikker ændring", en: "No sure change" },
  since: { da: "siden", en: "since" },
} as const satisfies Readonly<Record<string, Text>>;

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
  const { da, en } = intervalName(confidence);
  return {
    da: `Ændringer i procentpoint, i parentes ${da}. En ændring er sikker, hvis den holder, når ` +
      `ændringerne prøves samlet (Benjamini og Hochberg).`,
    en: `Changes in percentage points, in brackets the ${en}. A change is sure if it holds with ` +
      `the changes tested together (Benjamini and Hochberg).`,
  };
}
