import { normalQuantile } from "./distributions/normal.ts";

export interface Interval {
  /** 0 to 1. */
  readonly low: number;
  /** 0 to 1. */
  readonly high: number;
}

/**
 * Wilson's score interval of a share, with finite population correction.
 *
 * The interval is every share P that a two-sided score test does not refuse: |p − P| ≤ z·√V(P),
 * with the exact variance of a share drawn without replacement, V(P) = P(1−P)/n · (N−n)/(N−1).
 * That is Wilson's interval for n(N−1)/(N−n) people. Where n = N everyone was asked, and the
 * interval is the point p. It assumes that who answered is as good as drawn at random.
 *
 * Sources: E. B. Wilson (1927), JASA 22, 209–212; W. G. Cochran (1977), Sampling Techniques, 3rd
 * ed., theorem 3.2 (variance of a share) and section 2.6 (finite population correction). In R,
 * without a population: `prop.test(count, n, correct = FALSE)$conf.int`.
 *
 * @param count People in the category, 0 to n. Need not be whole (an effective sample's is not).
 * @param n People asked, above 0. Need not be whole either.
 * @param options `population`: how many people the n are drawn from without replacement, null for an
 *   endless number; of a part of a sample that of {@link populationOfPart}. `level`: of confidence.
 * @throws {RangeError} Where a number is outside its range, or n above the population.
 */
export function wilsonInterval(
  count: number,
  n: number,
  { population = null, level = 0.95 }: { population?: number | null; level?: number } = {},
): Interval {
  if (!(n > 0 && n < Infinity)) {
    throw new RangeError(`The number of people must be above 0: ${n}`);
  }
  if (!(count >= 0 && count <= n)) {
    throw new RangeError(`A count is from 0 to ${n}, its base: ${count}`);
  }
  if (!(level > 0 && level < 1)) {
    throw new RangeError(
      `A confidence level is between 0 and 1, ends excluded: ${level}`,
    );
  }
  if (population !== null && !(population >= n)) {
    throw new RangeError(
      `A population of ${population} cannot have ${n} people in its sample`,
    );
  }
  const share = count / n;
  // Above N = n the divisor is above 0; N ≤ 1 has no variance to speak of.
  if (population !== null && (population === n || population <= 1)) {
    return { low: share, high: share };
  }
  const people = population === null || population === Infinity
    ? n
    : n * (population - 1) / (population - n);
  const z = quantileOf(level);
  const spread = z * z / people;
  const centre = share + spread / 2;
  const half = z * Math.sqrt(share * (1 - share) / people + spread / people / 4);
  return {
    low: count === 0 ? 0 : Math.max(0, (centre - half) / (1 + spread)),
    high: count === n ? 1 : Math.min(1, (centre + half) / (1 + spread)),
  };
}

/** The last level asked for and its quantile: thousands of intervals of one level are made in a row. */
let last = { level: NaN, z: NaN };

function quantileOf(level: number): number {
  if (level !== last.level) last = { level, z: normalQuantile((1 + level) / 2) };
  return last.z;
}

/**
 * The estimated size of the population's part that a part of the sample stands for: the part's n
 * times population over sample (Cochran 1977, section 2.11, the size of a domain).
 *
 * @returns The size, or null where the population is endless.
 * @throws {RangeError} Where n is above the sample, or the sample above the population.
 */
export function populationOfPart(
  n: number,
  sample: number,
  population: number | null,
): number | null {
  if (!(n >= 0 && n <= sample && sample > 0)) {
    throw new RangeError(`A part of ${n} is not within a sample of ${sample}`);
  }
  if (population === null) return null;
  if (!(population >= sample)) {
    throw new RangeError(
      `A population of ${population} cannot have ${sample} people in its sample`,
    );
  }
  // Rounding must not make the part larger than its population.
  return Math.max(n, n * (population / sample));
}
