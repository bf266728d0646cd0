import { benjaminiHochberg } from "./benjamini_hochberg.ts";
import type { ShownEstimate } from "./estimate.ts";
import type { Difference } from "./score_interval.ts";

/** A share in two waves, and the difference: now minus before, in shares. */
export interface Comparison extends Omit<Difference, "statistic"> {
  readonly now: ShownEstimate;
  readonly before: EarlierEstimate;
}

/** A share of the earlier wave. Of a published one the count of people is not known. */
export type EarlierEstimate = Omit<ShownEstimate, "count"> & { readonly count: number | null };

/** How a share has moved from one wave to the next. */
export interface Movement extends Comparison {
  /** The p-value adjusted for all that are tested together. */
  readonly adjusted: number | null;
  readonly moved: "up" | "down" | "none";
}

/**
 * Tests changes together: p-values are adjusted after Benjamini and Hochberg over all of them, so
 * give it what is read together, not every breakdown there is.
 *
 * @param level An adjusted p-value below it is a movement.
 */
export function testTogether(
  compared: readonly Comparison[],
  level: number,
): Movement[] {
  const adjusted = benjaminiHochberg(compared.map(({ pValue }) => pValue));
  return compared.map((each, i): Movement => {
    const p = adjusted[i] ?? null;
    return { ...each, adjusted: p, moved: markOf(each.difference, p, level) };
  });
}

/** Which way a difference goes by more than chance. @param p Adjusted; null without a test. */
export function markOf(
  difference: number,
  p: number | null,
  level: number,
): "up" | "down" | "none" {
  return p === null || p >= level ? "none" : difference > 0 ? "up" : "down";
}

/** What moved first, and the largest differences first among each. */
export function movedMost(movements: readonly Movement[]): Movement[] {
  const rank = ({ moved }: Movement) => moved === "none" ? 1 : 0;
  return movements.toSorted((a, b) =>
    rank(a) - rank(b) || Math.abs(b.difference) - Math.abs(a.difference)
  );
}
