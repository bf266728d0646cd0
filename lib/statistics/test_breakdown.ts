import { baseOf, countOf, type Counts, groupsCounted } from "./counts.ts";
import { countedShare, differenceOfShares, groupAgainstRest } from "./difference_of_shares.ts";
import { isAnswerShown, isRestShown, shownOf } from "./disclosure/suppress.ts";
import type { Difference } from "./score_interval.ts";

/** One group of a breakdown against everybody else who has a group. */
export interface GroupTest {
  readonly group: string;
  readonly n: number;
  /** Null where too few answered for it to be shown. */
  readonly share: number | null;
  /** The group less the rest; null where one of the two has too few people. */
  readonly againstRest: Difference | null;
}

/** Two groups of a breakdown, the first less the second. */
export interface PairTest {
  readonly first: string;
  readonly second: string;
  readonly difference: Difference;
}

/** The tests of one breakdown table, not yet adjusted for how many they are. */
export interface BreakdownTest {
  /** All groups in codebook order. */
  readonly groups: readonly GroupTest[];
  /** Each two groups with enough people, in codebook order. */
  readonly pairs: readonly PairTest[];
}

/**
 * Compares the shares of a breakdown: each group with everybody else, and each two groups, by
 * `differenceOfShares()`. `markDifferences()` says which of them are differences.
 *
 * @throws {RangeError} Where the counts have no variable or no such answer.
 */
export function breakdownTest(counts: Counts, answers: readonly string[]): BreakdownTest {
  const { variable } = counts;
  if (variable === null) throw new RangeError("A breakdown needs counts by a variable");
  const all = groupsCounted(counts).map((group) => group ?? "");
  const shown = all.filter((group) => isAnswerShown(counts, group, answers));
  const groups = all.map((group): GroupTest => {
    const [part, base] = [countOf(counts, group, answers), baseOf(counts, group)];
    const isShown = shown.includes(group);
    return {
      group,
      n: shownOf(counts).hidesPeople ? NaN : base.n,
      share: isShown ? part.w / base.w : null,
      againstRest: isShown && isRestShown(counts, group)
        ? groupAgainstRest(counts, group, answers)
        : null,
    };
  });
  const pairs = shown.flatMap((first, i) =>
    shown.slice(i + 1).map((second): PairTest => {
      const [a, b] = [first, second].map((group) => countedShare(counts, group, answers));
      return { first, second, difference: differenceOfShares(a!, b!) };
    })
  );
  return { groups, pairs };
}
