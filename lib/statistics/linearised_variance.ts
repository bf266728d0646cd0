import type { Count, Sample } from "./counts.ts";

/**
 * The finite population correction (N − n)/N; 1 where N is null, of an endless population.
 *
 * @throws {RangeError} Where n is above N.
 */
export function finitePopulationCorrection(n: number, population: number | null): number {
  if (population === null) return 1;
  if (!(population >= n)) {
    throw new RangeError(`A population of ${population} cannot have ${n} people in its sample`);
  }
  return 1 - n / population;
}

/**
 * The same sample of an endless population: without finite population correction, as tests, differences
 * and associations are.
 */
export function endless({ strata, ...sample }: Sample): Sample {
  return {
    ...sample,
    invited: null,
    ...strata && { strata: strata.map((stratum) => ({ ...stratum, invited: null })) },
  };
}

/** Of the linearised values u and v of two estimates, over some people: Σuv, Σu and Σv. */
export interface Moments {
  readonly products: number;
  readonly first: number;
  readonly second: number;
}

/**
 * The covariance of two estimates of one sample from their linearised values u and v.
 *
 *     Σₕ (1 − mₕ/Mₕ)·mₕ/(mₕ − 1)·(Σuv − Σu·Σv/mₕ)
 *
 * over the strata, m respondents and M invited; without strata the sample is one, over which the
 * values of a share add up to 0. A stratum of one respondent adds (1 − 1/M)uv: the distance from the
 * whole stands for the spread, as with `survey.lonely.psu = "adjust"` in R.
 *
 * Source: C.-E. Särndal, B. Swensson & J. Wretman (1992), Model Assisted Survey Sampling, 5.6–5.8;
 * W. G. Cochran (1977), Sampling Techniques, 3rd ed., 5A.13.
 *
 * @param sample The sample that both are of, of two respondents or more.
 * @param of The moments of one stratum, by its place in the sample's strata; of everybody for null.
 */
export function linearisedCovariance(
  { respondents, invited, strata }: Sample,
  of: (stratum: number | null) => Moments,
): number {
  if (strata === undefined) {
    return finitePopulationCorrection(respondents, invited) * respondents / (respondents - 1) *
      of(null).products;
  }
  return strata.reduce((sum, { respondents: m, invited }, s) => {
    const { products, first, second } = of(s);
    const own = m === 1 ? products : m / (m - 1) * (products - first * second / m);
    return sum + finitePopulationCorrection(m, invited) * own;
  }, 0);
}

/**
 * What was counted of one stratum, or of everybody for null.
 *
 * @throws {RangeError} Where it was not counted by strata.
 */
export function inStratum<T extends object>(
  counted: T & { readonly strata?: readonly T[] },
  stratum: number | null,
): T {
  if (stratum === null) return counted;
  const own = counted.strata?.[stratum];
  if (own === undefined) {
    throw new RangeError("The sample has strata, and these people are not counted by them");
  }
  return own;
}

/** A share as people: those in the category or set, of those who were asked and answered. */
export interface CountedShare {
  readonly part: Count;
  readonly base: Count;
  readonly sample: Sample;
}

/** Σ w²(y₁ − p₁)(y₂ − p₂) over the people of one stratum (null: everybody) who are in both bases. */
export type SharedSquares = (stratum: number | null, p1: number, p2: number) => number;

/**
 * The linearised covariance of two shares of one sample. Without a common member it is 0, and with
 * strata a little below: a stratum that gives one group more people gives the other fewer.
 *
 * @param squares Of those in both bases; nobody is, if not given.
 */
export function covarianceOfShares(
  first: Omit<CountedShare, "sample">,
  second: Omit<CountedShare, "sample">,
  sample: Sample,
  squares: SharedSquares = () => 0,
): number {
  const [p1, p2] = [first.part.w / first.base.w, second.part.w / second.base.w];
  return linearisedCovariance(sample, (s) => ({
    products: squares(s, p1, p2),
    first: offBy(first, s, p1),
    second: offBy(second, s, p2),
  })) / (first.base.w * second.base.w);
}

/** Σ w(y − p) over the people of one stratum; over everybody it is 0. */
function offBy({ part, base }: Omit<CountedShare, "sample">, s: number | null, p: number): number {
  return s === null ? 0 : inStratum<Count>(part, s).w - p * inStratum<Count>(base, s).w;
}

/**
 * Variance of a weighted share by Taylor linearisation, with finite population correction, for a
 * base that is a domain of the sample.
 *
 * The share is p = Σ wᵢyᵢ / Σ wᵢ over the base (Hájek). Its linearised values are
 * zᵢ = wᵢ(yᵢ − p)/W in the base and 0 for everybody else in the sample; they add up to 0, so with
 * m respondents of M invited
 *
 *     V = (1 − m/M) · m/(m−1) · Σ zᵢ².
 *
 * Since y is 0 or 1, Σ zᵢ² = (Σ_part w²·(1−p)² + Σ_rest w²·p²)/W²: sums of w and w² by answer are
 * all it takes. With strata see {@link linearisedCovariance}; where these were invited at different
 * rates, people must have weights.
 *
 * In R `survey`: `svymean` of a 0/1 variable within `subset(svydesign(ids = ~1, weights = ~w,
 * fpc = ~M))`, with `strata = ~s` for strata.
 *
 * @returns The variance, in squared shares; null where the sample is a single respondent.
 * @throws {RangeError} Where the base is empty or the part is not within it.
 */
export function shareVariance(part: Count, base: Count, sample: Sample): number | null {
  requirePart(part, base);
  if (sample.respondents < 2) return null;
  const share = part.w / base.w;
  const variance = linearisedCovariance(sample, (stratum) => {
    const [own, of] = [inStratum<Count>(part, stratum), inStratum<Count>(base, stratum)];
    const squares = own.w2 * (1 - share) ** 2 + Math.max(0, of.w2 - own.w2) * share ** 2;
    // Over everybody the values add up to 0.
    const sum = stratum === null ? 0 : own.w - share * of.w;
    return { products: squares, first: sum, second: sum };
  });
  // Rounding may leave a little less than nothing.
  return Math.max(0, variance) / base.w ** 2;
}

function requirePart(part: Count, base: Count): void {
  if (!(base.n > 0 && base.w > 0)) {
    throw new RangeError(
      `A share needs a base: ${base.n} people with weights of ${base.w} in all`,
    );
  }
  // Sums of weights may differ in their last digits with the order of the terms.
  const slack = 1 + 1e-9;
  if (
    !(part.n >= 0 && part.n <= base.n && part.w >= 0 &&
      part.w <= base.w * slack && part.w2 >= 0 && part.w2 <= base.w2 * slack)
  ) {
    throw new RangeError(
      `A part of ${part.n} people (weights of ${part.w}) is not within its base of ` +
        `${base.n} (${base.w})`,
    );
  }
}
