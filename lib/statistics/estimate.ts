import type { Precision } from "./intervals.ts";

/**
 * A share with its count, base and interval, and what it is a share of. It never travels without
 * its base.
 *
 * Exactly one of `set` and `category` is a name. `variable` and `group` are both null (everyone in
 * the base) or both names (the part of the base that is in that group).
 */
export interface Estimate {
  readonly question: string;
  readonly set: string | null;
  readonly category: string | null;
  /** Who was asked, by codebook id. */
  readonly base: string;
  readonly variable: string | null;
  readonly group: string | null;
  /**
   * Unweighted number of people who were asked and answered ("don't know" is an answer). NaN, and
   * null in JSON, where it may not be shown either: of groups that an answer makes.
   */
  readonly n: number;
  /** Unweighted number of them in the set or category; null where suppressed. */
  readonly count: number | null;
  /** 0 to 1, weighted where `weighted`; null where suppressed. */
  readonly share: number | null;
  /** Ends of the interval, 0 to 1; null where suppressed. */
  readonly low: number | null;
  readonly high: number | null;
  readonly weighted: boolean;
  /** The base is too small to be shown. */
  readonly suppressed: boolean;
  /**
   * Where the number is not shown as it is: within how many people's reach its count is rounded. No
   * test is made with such a number.
   */
  readonly rounded?: number;
  /** How exactly the share is known; absent where it is suppressed, rounded, or not counted here. */
  readonly precision?: Precision;
}

/** An estimate that may be shown. */
export type ShownEstimate = Estimate & Numbers;

type Numbers = Readonly<Record<"count" | "share" | "low" | "high", number>>;

/** Whether an estimate has numbers to show. */
export function isShown<E extends Pick<Estimate, "share" | "suppressed">>(
  estimate: E,
): estimate is E & Numbers {
  return !estimate.suppressed && estimate.share !== null;
}

/** Whether an estimate's numbers are as they were counted: what a test can be made with. */
export function isExact(estimate: Estimate): estimate is ShownEstimate {
  return isShown(estimate) && estimate.rounded === undefined;
}

/** What weights have to move a share by to be told, in shares: a percentage point. */
export const TOLD_MOVE = 0.01;

/** The share as it would be if everyone counted the same, 0 to 1; null where it is hidden, or is a mean. */
export function unweightedShare({ share, count, n }: Estimate): number | null {
  return share === null || count === null ? null : count / n;
}

/** Whether weights move a share by more than a percentage point. */
export function isMovedByWeights(estimate: Estimate): boolean {
  const plain = unweightedShare(estimate);
  return plain !== null && estimate.weighted && Math.abs(estimate.share! - plain) > TOLD_MOVE;
}

/** A share in per cent without the dust of binary fractions, so that 0.285 meets 28.5. */
export function inPercent(share: number): number {
  return Number((share * 100).toPrecision(12));
}

/**
 * A share, 0 to 1, as a whole per cent, rounded half up. Twelve digits are looked at, so a tie such as 57 of
 * 200 (28.5, in binary a hair less) goes up as it does on paper.
 *
 * @throws {RangeError} If the share is not a number from 0 to 1.
 */
export function wholePercent(share: number): number {
  if (!(share >= 0 && share <= 1)) {
    throw new RangeError(`A share must be from 0 to 1, not ${share}`);
  }
  return Math.floor(inPercent(share) + 0.5);
}
