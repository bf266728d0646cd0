import { unweighted } from "../responses/counted_answers.ts";
import type { Text } from "../responses/language.ts";
import type { Population } from "../responses/population.ts";
import { population } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import { type Counts, partsOf } from "./counts.ts";
import { correlationIn, countedShare, sized } from "./difference_of_shares.ts";
import { normalQuantile, normalUpperTail } from "./distributions.ts";
import { type Estimate, isShown, type ShownEstimate, wholePercent } from "./estimate.ts";
import { estimates } from "./estimates.ts";
import type { Interval } from "./intervals.ts";
import type { Gap } from "./look_up.ts";
import type { Gamma } from "./table_association.ts";

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
 * What shares do over ordered groups. `rises`: each is above the one before it, as printed too, and the trend over
 * all of them is more than chance; `mostly_rises`: the trend is, and what goes the other way, or stays, may be chance; `peak`:
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
  const isEachApart = shares.every((share, i) =>
    i === 0 || wholePercent(share) !== wholePercent(shares[i - 1]!)
  );
  if (sure !== null && way === sure && isEachApart) {
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

/** How a share moves over ordered groups. */
interface TrendTest extends Interval {
  /** In shares, from each group to the next; `low` and `high` are the ends of its interval. */
  readonly slope: number;
  /** Standard normal where there is no trend; null where the test has no variance. */
  readonly statistic: number | null;
  /** Two-sided; null with the statistic. */
  readonly pValue: number | null;
}

/**
 * Tests whether a share rises or falls over ordered groups: Cochran and Armitage's test, a linear contrast
 * Σ aₓpₓ of the groups' shares with aₓ = nₓ(x − x̄), x = 1, 2, 3 … and the variance that they have without
 * a trend. n are people, or effective sizes p(1−p)/V where people have weights or were drawn by strata (then
 * with the correlations that these give the shares). Of two groups it is the test of their difference.
 *
 * In R for people: `prop.trend.test(x, n)`; otherwise from `svyby(…, svymean, covmat = TRUE)`.
 * Source: P. Armitage (1955), Biometrics 11, 375–386; A. Agresti (2013), Categorical Data Analysis, 3rd
 * ed., 5.3.5; the slope's interval holds all slopes that the same variance does not refuse.
 *
 * @param groups Of the counts, in order; each with people.
 * @throws {RangeError} Where there are fewer than two, or one has nobody.
 */
export function trendTest(
  counts: Counts,
  groups: readonly (string | null)[],
  answers: readonly string[],
): TrendTest {
  if (groups.length < 2) throw new RangeError("A trend needs two groups");
  const shares = groups.map((group) => countedShare(counts, group, answers));
  const all = shares.map(sized);
  const total = all.reduce((sum, { size }) => sum + size, 0);
  const mean = (of: (x: number) => number) =>
    all.reduce((sum, { size }, x) => sum + size * of(x), 0) / total;
  const pooled = mean((x) => all[x]!.share);
  const middle = mean((x) => x);
  const contrast = all.map(({ size }, x) => size * (x - middle));
  const spread = all.reduce((sum, { size }, x) => sum + size * (x - middle) ** 2, 0);
  const isByParts = partsOf(counts.sample).length > 0;
  const errors = all.map(({ size }) => Math.sqrt(pooled * (1 - pooled) / size));
  let variance = 0;
  contrast.forEach((a, g) =>
    contrast.forEach((b, h) => {
      const r = g === h ? 1 : isByParts ? correlationIn(shares[g]!, shares[h]!, counts.sample) : 0;
      if (r !== 0) variance += a * b * r * errors[g]! * errors[h]!;
    })
  );
  const slope = contrast.reduce((sum, a, x) => sum + a * all[x]!.share, 0) / spread;
  const se = Math.sqrt(Math.max(0, variance)) / spread;
  const statistic = se > 0 ? slope / se : null;
  const reach = normalQuantile((1 + counts.sample.confidence) / 2) * se;
  return {
    slope,
    low: slope - reach,
    high: slope + reach,
    statistic,
    pValue: statistic === null ? null : 2 * normalUpperTail(Math.abs(statistic)),
  };
}

/** One category of the sample beside the same one of the population. */
interface Deviation {
  readonly estimate: ShownEstimate;
  /** Share of the population, 0 to 1. */
  readonly population: number;
  /** Whether that is an assumption. */
  readonly assumed: boolean;
  /** Share of the sample minus share of the population, −1 to 1; counted, so it has no interval. */
  readonly difference: number;
}

/**
 * How far the sample is from the population in each category of a variable, largest share first: a plain
 * difference of what was counted, with no chance in between.
 *
 * @returns Empty where there is no margin or no such variable, of the answers of a group, and where too few
 *   answered.
 */
export function deviationsFromPopulation(
  survey: Survey,
  variable: string,
): Deviation[] {
  const { margins, assumed } = populationOf(survey);
  const margin = margins[variable];
  if (margin === undefined || survey.within || !survey.codes.has(variable)) return [];
  // Weights may be there to close the very gap that is asked for.
  const found = estimates(unweighted(survey), variable).flatMap((estimate) => {
    const expected = margin[estimate.category ?? ""];
    if (expected === undefined || !isShown(estimate)) return [];
    const difference = estimate.share - expected;
    return [{ estimate, population: expected, assumed, difference }];
  });
  return found.sort((a, b) => b.population - a.population);
}

/** The population that a survey is weighted by, or else the shipped one. */
export function populationOf({ weighting }: Survey): Population {
  return weighting?.by === "population" ? weighting.population : population();
}
