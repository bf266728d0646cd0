import type { Language } from "../responses/language.ts";
import { word } from "./catalogue.ts";

/**
 * Several things in one sentence: `a, b og c`, `a, b and c` (no comma before the last word, which
 * both Danish and British English leave out).
 *
 * @param items Any number of texts; none gives the empty text.
 * @param joint `clauses`: sentences with a verb of their own, which Danish sets apart by a comma.
 */
export function formatList(
  items: readonly string[],
  language: Language,
  joint: "and" | "or" | "clauses" = "and",
): string {
  if (items.length < 2) return items.join("");
  const before = items.slice(0, -1).join(", ");
  return before + word(`list.${joint}`, language) + items.at(-1);
}
