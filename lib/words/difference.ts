/**
 * A tested difference of two shares, such as lib/statistics makes: structural, so that any test with
 * an interval will do.
 */
export interface Difference {
  /** First share minus second, −1 to 1. */
  readonly difference: number;
  /** Ends of its interval. */
  readonly low: number;
  readonly high: number;
  /** p value of the test against no difference, where there is one. */
  readonly p?: number | null;
}

/** Whether the interval leaves room for no difference at all. */
export function isWithinChance({ low, high }: Difference): boolean {
  return low <= 0 && high >= 0;
}
