import { escapeHtml } from "../language/escape_html.ts";
import { formatPoints } from "../language/format_number.ts";
import type { Language, Text } from "../language/language.ts";
import { pointsRange } from "../narrative/change_phrase.ts";
import type { Movement } from "../statistics/moved_most.ts";

const SIGNS = { up: "▲", down: "▼", none: "◆" } as const;

const WORDS = {
  up: { da: "op", en: "up" },
  down: { da: "ned", en: "down" },
  none: { da: "Ingen sikker ændring", en: "No sure change" },
  since: { da: "siden", en: "since" },
  together: {
    da: "; ikke sikker, når ændringerne prøves samlet",
    en: "; not sure with the changes tested together",
  },
  interval: { da: "95%-interval", en: "95% interval" },
} as const satisfies Readonly<Record<string, Text>>;

/**
 * How a key figure has changed: `8 percentage points up since the earlier wave (95% interval: 4 to
 * 12)`, or that nothing has surely changed, with the same numbers.
 *
 * @param earlier What it is since.
 */
export function keyChangeText(change: Movement, earlier: Text, language: Language): string {
  const { difference, low, high, moved } = change;
  // Alone such a change would be called one.
  const together = moved === "none" && (low > 0 || high < 0) ? WORDS.together[language] : "";
  const since = `${WORDS.since[language]} ${earlier[language]}`;
  const range = `(${WORDS.interval[language]}: ${pointsRange(change, language)}${together})`;
  return moved === "none"
    ? `${WORDS.none[language]} ${since}: ${formatPoints(difference, language, "signed")} ${range}`
    : `${formatPoints(difference, language, "size")} ${WORDS[moved][language]} ${since} ${range}`;
}

/** The same with an arrow, which the words make needless for those who do not see it. */
export function keyChangeHtml(change: Movement, earlier: Text, language: Language): string {
  const words = escapeHtml(keyChangeText(change, earlier, language));
  return `<p class="change"><span aria-hidden="true">${SIGNS[change.moved]}</span> ${words}</p>`;
}
