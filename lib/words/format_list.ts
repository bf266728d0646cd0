import type { Language } from "../responses/language.ts";

const WORDS = {
  and: { da: "og", en: "and" },
  or: { da: "eller", en: "or" },
} as const;

/**
 * Several things in one sentence: `a, b og c`, `a, b and c` (no comma before the last word, which
 * both Danish and British English leave out).
 *
 * @param items Any number of texts; none gives the empty text.
 */
export function formatList(
  items: readonly string[],
  language: Language,
  word: keyof typeof WORDS = "and",
): string {
  if (items.length < 2) return items.join("");
  const before = items.slice(0, -1).join(", ");
  return `${before} ${WORDS[word][language]} ${items.at(-1)}`;
}
