import type { Text } from "../responses/language.ts";
import type { Deviation } from "./deviations_from_population.ts";
import { type Estimate, isShown, wholePercent } from "./estimate.ts";
import type { Gamma } from "./table_association.ts";
import type { Gap } from "./look_up.ts";
import type { TrendTest } from "./trend_test.ts";

/** A difference of less than this is called slight, however many answered. */
export const SLIGHT = 0.05;
/** An association closer to nought than this is called none where its interval says so too. */
const WEAK = 0.1;

/** Two shares and the tested difference between them, first minus second. */
export interface Contrast {
  readonly first: Estimate;
  readonly second: Estimate;
  /** null where there is none to make. */
  readonly tested: Omit<Gap, "p"> & { readonly p?: number | null } | null;
}

/** A share in ordered groups. */
export interface Trend {
  /** In the groups' order, two or more. */
  readonly groups: readonly Estimate[];
  /** The people of each group, fit to stand behind others: "with two managers in between". */
  readonly who: readonly Text[];
  /** The tested difference between two groups by their places, first minus second. */
  readonly between: (first: number, second: number) => Gap | null;
  /** Over all groups; null where one may not be shown, absent: the ends tell it. */
  readonly test?: TrendTest | null;
}

/** Which way a share goes over the groups by more than chance; null: neither, for certain. */
export function sureWayOf({ groups, between, test }: Trend): Way | null {
  const tested = test === undefined ? between(groups.length - 1, 0) : test;
  return tested === null ? null : tested.low > 0 ? "rises" : tested.high < 0 ? "falls" : null;
}

/** How two ordered answers go together. */
export interface Association {
  /** The two questions. */
  readonly of: readonly [string, string];
  readonly gamma: Gamma | "too_few" | "one_answer";
}

/** How many of several things are there; null where that cannot be seen. */
export interface Part {
  readonly part: number | null;
  readonly whole: number;
}

/** How far the answers are from the population; null where that cannot be told. */
export interface FromPopulation {
  readonly deviation: Deviation | null;
}

/**
 * How one share lies to another, the opposite included. `alike`: the whole interval is within
 * {@link SLIGHT}; `slightly_more`, `slightly_less`: surely so, and by less than that; `same`: no difference
 * in these answers, and too few to say more.
 */
export function contrastOutcome({ tested }: Pick<Contrast, "tested">) {
  if (tested === null) return "uncertain";
  const { difference, low, high } = tested;
  if (low > 0) return difference < SLIGHT ? "slightly_more" : "more";
  if (high < 0) return difference > -SLIGHT ? "slightly_less" : "less";
  if (low > -SLIGHT && high < SLIGHT) return "alike";
  return difference === 0 ? "same" : "uncertain";
}

type Way = "rises" | "falls";
type TrendOutcome =
  | `${"" | "slightly_" | "mostly_"}${Way}`
  | ("level" | "alike" | "peak" | "valley" | "mixed" | "uncertain");

/**
 * What shares do over ordered groups. `rises`: none is below the one before it, and the trend over all of
 * them is more than chance; `mostly_rises`: the trend is, and what goes the other way may be chance; `peak`:
 * one in between is above both ends by more than chance allows with all pairs looked at; `mixed`: groups
 * differ for certain, without any of these shapes.
 *
 * @throws {RangeError} If there are fewer than two groups.
 */
export function trendOutcome(trend: Trend): TrendOutcome {
  const shares = trend.groups.filter(isShown).map(({ share }) => share);
  if (shares.length < 2) throw new RangeError("A trend needs the shares of two groups or more");
  if (new Set(shares.map(wholePercent)).size === 1) return "level";
  const last = shares.length - 1;
  const apart = trend.between(last, 0);
  const way = directionOf(shares);
  const sure = sureWayOf(trend);
  if (sure !== null && way === sure) {
    return apart !== null && Math.abs(apart.difference) < SLIGHT ? `slightly_${sure}` : sure;
  }
  const [most, least] = [Math.max(...shares), Math.min(...shares)];
  if (most - least < SLIGHT) return "alike";
  const [top, bottom] = [shares.indexOf(most), shares.indexOf(least)];
  const isAbove = (a: number, b: number) => isSurelyAbove(trend, a, b);
  if (isAbove(top, 0) && isAbove(top, last)) return "peak";
  if (isAbove(0, bottom) && isAbove(last, bottom)) return "valley";
  if (sure !== null && !isTurned(trend, sure === "rises")) return `mostly_${sure}`;
  return isAbove(top, bottom) ? "mixed" : "uncertain";
}

/** Whether a later group is on the wrong side of an earlier one by more than chance. */
export function isTurned(trend: Trend, isRise: boolean): boolean {
  return trend.groups.some((_, early) =>
    trend.groups.some((_, late) =>
      late > early &&
      (isRise ? isSurelyAbove(trend, early, late) : isSurelyAbove(trend, late, early))
    )
  );
}

/** Which way shares go from each to the next, in the answers themselves. */
export function directionOf(shares: readonly number[]): Way | null {
  const steps = shares.slice(1).map((share, i) => share - (shares[i] ?? share));
  if (steps.every((step) => step >= 0)) return steps.some((step) => step > 0) ? "rises" : null;
  return steps.every((step) => step <= 0) ? "falls" : null;
}

/** Whether a group's share is above another's by more than chance, all pairs of groups looked at. */
function isSurelyAbove({ groups, between }: Trend, a: number, b: number): boolean {
  if (a === b) return false;
  const tested = between(a, b);
  if (tested === null || tested.difference <= 0) return false;
  if (tested.p === null) return tested.low > 0;
  return tested.p * groups.length * (groups.length - 1) / 2 < 0.05;
}

/** How two answers go together, the opposite included. `turns`: one way first and then the other. */
export function associationOutcome({ gamma }: Pick<Association, "gamma">) {
  if (typeof gamma === "string") return gamma;
  const { value, low, high, turns } = gamma;
  if (turns) return "turns";
  if (low > 0) return value < WEAK ? "slightly_positive" : "positive";
  if (high < 0) return value > -WEAK ? "slightly_negative" : "negative";
  return low > -WEAK && high < WEAK ? "none" : "uncertain";
}
