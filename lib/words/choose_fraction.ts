import { inPercent } from "../statistics/estimate.ts";

/** How a share lies to the fraction that names it. */
export type Relation = "exact" | "just_under" | "under" | "just_over" | "over";

interface Anchor {
  /** The fraction itself, in per cent. */
  readonly percent: number;
  /** From here on this fraction is named; below, the one before it still is. In per cent. */
  readonly from: number;
  /** So close, in points, that the fraction is said without a qualifying word. */
  readonly exact: number;
}

/*
 * The fractions people say, and where one gives way to the next.
 *
 * `from` lies about half-way, on a half per cent so that shares that print as the same whole per
 * cent mostly share their words. Two places are drawn to the stronger fraction: "almost one in
 * three" begins at 28.5 and "more than half" goes on to 58.5.
 * The simple fractions are read loosely: quarters and thirds are exact within a point, half within
 * one and a half (51 is half). Tenths and small parts are read as numbers and are exact within half
 * a point (41 is more than four in ten).
 */
const ANCHORS = {
  twentieth: { percent: 5, from: 3.5, exact: 0.5 },
  tenth: { percent: 10, from: 7.5, exact: 0.5 },
  eighth: { percent: 12.5, from: 11.5, exact: 0.5 },
  sixth: { percent: 100 / 6, from: 14.5, exact: 0.5 },
  fifth: { percent: 20, from: 18.5, exact: 0.5 },
  quarter: { percent: 25, from: 22.5, exact: 1 },
  third: { percent: 100 / 3, from: 28.5, exact: 1 },
  four_tenths: { percent: 40, from: 37.5, exact: 0.5 },
  half: { percent: 50, from: 45, exact: 1.5 },
  six_tenths: { percent: 60, from: 58.5, exact: 0.5 },
  two_thirds: { percent: 200 / 3, from: 63.5, exact: 1 },
  seven_tenths: { percent: 70, from: 68.5, exact: 0.5 },
  three_quarters: { percent: 75, from: 72.5, exact: 1 },
  eight_tenths: { percent: 80, from: 78.5, exact: 0.5 },
  nine_tenths: { percent: 90, from: 85, exact: 0.5 },
} as const satisfies Record<string, Anchor>;

/** A fraction with a name, such as `third`. */
export type AnchorName = keyof typeof ANCHORS;

/** What is said at the ends, where no fraction has a name. */
export type EndName = "none" | "almost_none" | "very_few" | "almost_all" | "all";

/** A fraction and how the share lies to it; the ends stand by themselves. */
export type Fraction =
  | { readonly anchor: AnchorName; readonly relation: Relation }
  | { readonly anchor: EndName; readonly relation: "exact" };

/** Farther from its fraction than this, in points, a share is no longer "just" under or over it. */
const NEAR = 3.5;

/**
 * Chooses the fraction that names a share, the same in every language.
 *
 * | per cent | named |
 * |---|---|
 * | 0 | none |
 * | above 0, below 1 | almost none |
 * | 1 to below 3.5 | very few |
 * | 3.5 to below 96.5 | the fraction whose stretch it lies in: exact, or (just) under or over it |
 * | 96.5 to below 100 | almost all |
 * | 100 | all |
 *
 * A share that is not exact is "just" under or over within 3.5 points, and within a quarter of the
 * fraction itself for the small ones (6 is just over one in twenty, 7 is more than that). Under is
 * only ever said below the fraction, over only above it.
 *
 * @param share 0 to 1.
 * @throws {RangeError} If the share is not a number from 0 to 1.
 */
export function chooseFraction(share: number): Fraction {
  if (!(share >= 0 && share <= 1)) {
    throw new RangeError(`A share must be from 0 to 1, not ${share}`);
  }
  if (share === 0) return { anchor: "none", relation: "exact" };
  if (share === 1) return { anchor: "all", relation: "exact" };
  const percent = inPercent(share);
  if (percent < 1) return { anchor: "almost_none", relation: "exact" };
  if (percent >= 96.5) return { anchor: "almost_all", relation: "exact" };
  let chosen: AnchorName | undefined;
  for (const [name, { from }] of Object.entries(ANCHORS)) {
    if (percent >= from) chosen = name as AnchorName;
  }
  if (chosen === undefined) return { anchor: "very_few", relation: "exact" };
  return { anchor: chosen, relation: relationTo(percent, ANCHORS[chosen]) };
}

/** The fraction that an anchor names, in per cent. */
export function anchorPercent(anchor: AnchorName): number {
  return ANCHORS[anchor].percent;
}

function relationTo(percent: number, anchor: Anchor): Relation {
  const off = percent - anchor.percent;
  if (Math.abs(off) <= anchor.exact) return "exact";
  const near = Math.abs(off) <= Math.min(NEAR, anchor.percent / 4);
  return off < 0 ? near ? "just_under" : "under" : near ? "just_over" : "over";
}
