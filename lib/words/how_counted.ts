import { ownText } from "./message.ts";
import { intervalName } from "./interval_name.ts";
import type { Text } from "../responses/language.ts";
import { type Estimate, isMovedByWeights } from "../statistics/estimate.ts";

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

/** How many shares weights move by more than a point; null where there are none. */
export function movedNote(estimates: readonly Estimate[]): Text | null {
  const moved = estimates.filter(isMovedByWeights).length;
  if (moved === 0) return null;
  const of = estimates.length;
  return ownText("counted.moved", { moved, of });
}
