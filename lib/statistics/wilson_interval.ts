import { normalQuantile } from "./distributions/normal.ts";
import { finitePopulationCorrection } from "./linearised_variance.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Wilson's score interval of a share, with finite population correction.
 *
 * The interval is every share P that a two-sided score test does not refuse: |p − P| ≤ z·√V(P),
 * V(P) = P(1−P)/n · (N−n)/(N−1), the exact variance without replacement. That is Wilson's interval for
 * n(N−1)/(N−n) people, and the point p where n = N. Who answered is taken as drawn at random.
 * Sources: E. B. Wilson (1927), JASA 22, 209–212; W. G. Cochran (1977), Sampling Techniques, 3rd ed.,
 * theorem 3.2 and section 2.6. In R, without a population: `prop.test(count, n, correct = FALSE)$conf.int`.
 *
 * @param count People in the category, 0 to n. Neither need be whole (an effective sample's is not).
 * @param options `population`: how many people the n are drawn from, null for an endless number; of a part
 *   of a sample that of {@link populationOfPart}. `level`: of confidence.
 * @throws {RangeError} Where a number is outside its range, or n above the population.
 */
export function wilsonInterval(
  count: number,
  n: number,
  { population = null, level = 0.95 }: { population?: number | null; level?: number } = {},
): Interval {
  if (!(n > 0 && n < Infinity && count >= 0 && count <= n)) {
    throw new RangeError(`There is no share of ${count} of ${n}`);
  }
  if (!(level > 0 && level < 1)) throw new RangeError(`A level is between 0 and 1: ${level}`);
  // Also refuses a population that is smaller than its sample.
  finitePopulationCorrection(n, population);
  const share = count / n;
  // Above N = n the divisor is above 0; N ≤ 1 has no variance to speak of.
  if (population !== null && (population === n || population <= 1)) {
    return { low: share, high: share };
  }
  const people = population === null || population === Infinity
    ? n
    : n * (population - 1) / (population - n);
  const z = normalQuantile((1 + level) / 2);
  const spread = z * z / people;
  const centre = share + spread / 2;
  const half = z * Math.sqrt(share * (1 - share) / people + spread / people / 4);
  return {
    low: count === 0 ? 0 : Math.max(0, (centre - half) / (1 + spread)),
    high: count === n ? 1 : Math.min(1, (centre + half) / (1 + spread)),
  };
}

/**
 * The estimated size of the population's part that n of a sample stand for: n times population over
 * sample (Cochran 1977, section 2.11, the size of a domain); null where the population is endless.
 *
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
  finitePopulationCorrection(sample, population);
  // Rounding must not make the part larger than its population.
  return population === null ? null : Math.max(n, n * (population / sample));
}
