import type { Count, Sample } from "./counts.ts";
import { normalUpperTail } from "./distributions/normal.ts";
import { shareOf } from "./share_of.ts";
import { type Interval, populationOfPart, wilsonInterval } from "./wilson_interval.ts";

/** A share as people: those in the category or set, of those who were asked and answered. */
export interface CountedShare {
  readonly part: Count;
  readonly base: Count;
  readonly sample: Sample;
}

/** A difference between shares, in shares (0.1 is ten percentage points). */
export interface Difference extends Interval {
  readonly difference: number;
  /** Standard normal where there is no difference; null where the test has no variance. */
  readonly statistic: number | null;
  /** Two-sided; null with the statistic. */
  readonly pValue: number | null;
}

/**
 * A difference with its interval: the distances of both shares to the ends of their intervals,
 * squared and added (MOVER; Newcombe's method 10 where the shares have nothing in common).
 *
 * @param variance Of the difference, for the test; null or 0: no test.
 * @param correlation Of the two shares, -1 to 1.
 */
export function compareShares(
  first: CountedShare,
  second: CountedShare,
  variance: number | null,
  correlation: number,
  level: number,
): Difference {
  const a = shareOf(first.part, first.base, first.sample, level);
  const b = shareOf(second.part, second.base, second.sample, level);
  const difference = a.share - b.share;
  const add = (x: number, y: number) =>
    Math.sqrt(Math.max(0, x * x + y * y - 2 * correlation * x * y));
  return {
    difference,
    low: difference - add(a.share - a.low, b.high - b.share),
    high: difference + add(a.high - a.share, b.share - b.low),
    ...zTest(difference, variance),
  };
}

/** The test of a difference against a variance; no test without one. */
export function zTest(
  difference: number,
  variance: number | null,
): Pick<Difference, "statistic" | "pValue"> {
  if (variance === null || variance === 0) return { statistic: null, pValue: null };
  const statistic = difference / Math.sqrt(variance);
  return { statistic, pValue: 2 * normalUpperTail(Math.abs(statistic)) };
}

/** (N−n)/(N−1)/n: what p(1−p) is multiplied by in the variance of a share. */
export function perPerson({ base, sample }: CountedShare): number {
  const population = populationOfPart(base.n, sample.respondents, sample.invited);
  // Also refuses an empty base.
  wilsonInterval(0, base.n, { population });
  if (population === null) return 1 / base.n;
  return population <= 1 ? 0 : (population - base.n) / (population - 1) / base.n;
}

/** People of several groups that have none in common. */
export function addUp(counts: readonly Count[]): Count {
  const strata = counts[0]?.strata?.map((_, s) =>
    addUp(counts.flatMap(({ strata }) => strata?.[s] ?? []))
  );
  return counts.reduce(
    (sum, { n, w, w2 }) => ({ ...sum, n: sum.n + n, w: sum.w + w, w2: sum.w2 + w2 }),
    { n: 0, w: 0, w2: 0, ...strata && { strata } },
  );
}
