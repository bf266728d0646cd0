import type { CountedShare } from "./compare_shares.ts";
import type { Count, Sample } from "./counts.ts";
import { linearisedCovariance } from "./linearised_covariance.ts";

/**
 * Σ w²(y₁ − p₁)(y₂ − p₂) over the people of one stratum (null: everybody) who are in both bases.
 */
export type SharedSquares = (stratum: number | null, p1: number, p2: number) => number;

/**
 * The linearised covariance of two shares of one sample; see `linearisedCovariance()`. Without a
 * common member it is 0, and with strata a little below: a stratum that gives one group more people
 * gives the other fewer.
 *
 * @param squares Of those in both bases; nobody is, if not given.
 * @throws {RangeError} Where the sample has strata and the people are not counted by them.
 */
export function covarianceOfShares(
  first: Omit<CountedShare, "sample">,
  second: Omit<CountedShare, "sample">,
  sample: Sample,
  squares: SharedSquares = () => 0,
): number {
  const [p1, p2] = [first.part.w / first.base.w, second.part.w / second.base.w];
  const scale = first.base.w * second.base.w;
  return linearisedCovariance(sample, (s) => ({
    products: squares(s, p1, p2),
    first: sumOf(first, s, p1),
    second: sumOf(second, s, p2),
  })) / scale;
}

/** Σ w(y − p) over the people of one stratum; over everybody it is 0. */
function sumOf({ part, base }: Omit<CountedShare, "sample">, s: number | null, p: number): number {
  return s === null ? 0 : inStratum(part, s).w - p * inStratum(base, s).w;
}

/**
 * The people of one stratum; all of them for null.
 *
 * @throws {RangeError} Where they are not counted by strata.
 */
export function inStratum(people: Count, stratum: number | null): Count {
  if (stratum === null) return people;
  const own = people.strata?.[stratum];
  if (own === undefined) {
    throw new RangeError("The sample has strata, and these people are not counted by them");
  }
  return own;
}
