import { benjaminiHochberg } from "./benjamini_hochberg.ts";
import { normalUpperQuantile, normalUpperTail } from "./distributions/normal.ts";
import { type Estimate, isShown, type ShownEstimate } from "./estimate.ts";

/** How a share has moved from one wave to the next. */
export interface Movement {
  readonly now: ShownEstimate;
  readonly before: ShownEstimate;
  /** Now minus before, in shares, with the 95% interval. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** Two-sided; null where nobody or everybody agrees in both waves. */
  readonly pValue: number | null;
  /** Adjusted for all the estimates compared. */
  readonly adjusted: number | null;
  readonly moved: "up" | "down" | "none";
}

/**
 * What has moved most between two waves without common respondents: every estimate that both waves
 * show, those that moved first, and the largest differences first among each.
 *
 * Difference, interval and test are those of `differenceOfWaves()`. Everything that these need is in
 * the estimates: the ends of Wilson's interval tell the (effective) number of people that it was
 * made with, finite population and weights included. (Where only one of the waves has weights, the
 * p-value is that of n rather than n − 1 people in the other.) P-values are adjusted after Benjamini and
 * Hochberg over all that are compared, so give it what is shown together, not every breakdown there
 * is.
 *
 * @param estimatesNow Of this wave.
 * @param estimatesBefore Of the earlier one, in any order.
 * @param options `level`: the rate of false movements among those said to have moved; 0.05.
 * @throws {RangeError} Where an estimate is there twice, or the level is not between 0 and 1.
 */
export function movedMost(
  estimatesNow: readonly Estimate[],
  estimatesBefore: readonly Estimate[],
  { level = 0.05 }: { level?: number } = {},
): Movement[] {
  if (!(level > 0 && level < 1)) {
    throw new RangeError(`A level is between 0 and 1, ends excluded: ${level}`);
  }
  const earlier = byKey(estimatesBefore);
  const pairs = [...byKey(estimatesNow)].flatMap(([key, now]) => {
    const before = earlier.get(key);
    return before && isShown(now) && isShown(before) ? [{ now, before }] : [];
  });
  const compared = pairs.map(({ now, before }) => ({ now, before, ...compare(now, before) }));
  const adjusted = benjaminiHochberg(compared.map(({ pValue }) => pValue));
  const movements = compared.map((each, i): Movement => {
    const p = adjusted[i] ?? null;
    const differs = p !== null && p < level;
    return {
      ...each,
      adjusted: p,
      moved: !differs ? "none" : each.difference > 0 ? "up" : "down",
    };
  });
  const rank = ({ moved }: Movement) => moved === "none" ? 1 : 0;
  return movements.sort((a, b) =>
    rank(a) - rank(b) || Math.abs(b.difference) - Math.abs(a.difference)
  );
}

function byKey(estimates: readonly Estimate[]): Map<string, Estimate> {
  const all = new Map<string, Estimate>();
  for (const estimate of estimates) {
    const { question, set, category, variable, group } = estimate;
    const key = JSON.stringify([question, set, category, variable, group]);
    if (all.has(key)) throw new RangeError(`The estimate ${key} is there twice`);
    all.set(key, estimate);
  }
  return all;
}

function compare(
  now: ShownEstimate,
  before: ShownEstimate,
): Pick<Movement, "difference" | "low" | "high" | "pValue"> {
  const difference = now.share - before.share;
  const variance = now.weighted || before.weighted
    ? spread(now.share) * perPerson(now) + spread(before.share) * perPerson(before)
    : spread((now.count + before.count) / (now.n + before.n)) *
      (perPerson(now) + perPerson(before));
  return {
    difference,
    low: difference - Math.hypot(now.share - now.low, before.high - before.share),
    high: difference + Math.hypot(now.high - now.share, before.share - before.low),
    pValue: variance > 0 ? 2 * normalUpperTail(Math.abs(difference) / Math.sqrt(variance)) : null,
  };
}

function spread(share: number): number {
  return share * (1 - share);
}

/**
 * One over the number of people that Wilson's interval of an estimate was made with. Its ends are
 * the roots of (1 + k)P² − (2p + k)P + p² = 0 with k = z²/people, so that their product is
 * p²/(1 + k), and that of their distances to 1 is (1 − p)²/(1 + k).
 */
function perPerson({ share, low, high }: ShownEstimate): number {
  const z = normalUpperQuantile(0.025);
  const k = share >= 0.5
    ? share ** 2 / (low * high) - 1
    : (1 - share) ** 2 / ((1 - low) * (1 - high)) - 1;
  return Math.max(0, k) / (z * z);
}
