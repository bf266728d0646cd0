import { word } from "./catalogue.ts";
import { ownText, words } from "./message.ts";
import { intervalName } from "./interval_name.ts";
import { formatPercentShort } from "./format_number.ts";
import type { Language, Text } from "../responses/language.ts";
import { type Estimate, isMovedByWeights, unweightedShare } from "../statistics/estimate.ts";

/** Whether estimates are weighted, and which interval they have: for every line that names a base. */
export function howCounted(
  estimates: readonly Pick<Estimate, "weighted">[],
  confidence: number,
): Text {
  const interval = intervalName(confidence);
  const weighted = estimates.filter((estimate) => estimate.weighted).length;
  const key = weighted === 0 ? "none" : weighted === estimates.length ? "all" : "some";
  return ownText(`counted.${key}`, { interval });
}

/** The same in a word, for a single share; with the unweighted share where weights move it. */
export function howCountedWord(estimate: Estimate, language: Language): string {
  if (!estimate.weighted) return word("unweighted", language);
  const plain = unweightedShare(estimate);
  if (plain === null || !isMovedByWeights(estimate)) return word("weighted", language);
  return words("counted.beside", language, { plain: formatPercentShort(plain, language) });
}

/** How many shares weights move by more than a point; null where there are none. */
export function movedNote(estimates: readonly Estimate[]): Text | null {
  const moved = estimates.filter(isMovedByWeights).length;
  if (moved === 0) return null;
  const of = estimates.length;
  return ownText("counted.moved", { moved, of });
}
