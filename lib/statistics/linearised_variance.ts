import { sumOf } from "./cross_table.ts";
import { type Calibration, type Count, partsOf, type Sample } from "./counts.ts";
import type { Matrix } from "./matrix.ts";

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

/** Of the linearised values u of several estimates, over some people of weights w: Σwu, Σw²u and Σw²uuᵀ. */
interface Moments {
  readonly sums: readonly number[];
  readonly squares: readonly number[];
  readonly products: Matrix;
}

/**
 * The covariances of estimates of one sample from their linearised values u and v.
 *
 *     Σₕ (1 − mₕ/Mₕ)·mₕ/(mₕ − 1)·(Σw²uv − Σwu·Σwv/mₕ)
 *
 * over the strata, m respondents and M invited; without strata the sample is one, over which the
 * values of a share add up to 0. A stratum of one respondent adds (1 − 1/M)w²uv: the distance from the
 * whole stands for the spread, as with `survey.lonely.psu = "adjust"` in R.
 *
 * Where weights were raked, they are what a regression on the margins, weighted by the weights before
 * raking, leaves of them: known margins do not vary from sample to sample, so what they explain of an
 * answer has no part in its variance. Respondents without an answer to a margin belong to none of its
 * categories: of them only the shares of the categories are known, not their number. Weights that were
 * trimmed are treated as if the trimming had been there from the start. In R `survey`: `svymean()` on
 * `calibrate(design, ~a + b, calfun = "raking")`, `postStratify()` for one margin, and to about 1e-3 on
 * `rake()`, which takes the margins out ten times over.
 *
 * Source: C.-E. Särndal, B. Swensson & J. Wretman (1992), Model Assisted Survey Sampling, 5.6–5.8;
 * W. G. Cochran (1977), Sampling Techniques, 3rd ed., 5A.13; J.-C. Deville & C.-E. Särndal (1992), JASA
 * 87, 376–382.
 *
 * @param sample The sample that all are of, of two respondents or more.
 * @param of The moments of one of the sample's parts, by its place; of everybody for null, of whom only
 *   the products are used.
 */
export function linearisedCovariances(
  sample: Sample,
  of: (part: number | null) => Moments,
): Matrix {
  const { respondents, invited, strata, calibration } = sample;
  const correction = finitePopulationCorrection(respondents, invited);
  const parts = partsOf(sample);
  if (parts.length === 0) {
    return of(null).products.map((row) =>
      row.map((value) => correction * respondents / (respondents - 1) * value)
    );
  }
  const moments = parts.map((_, part) => of(part));
  const left = calibration ? leftByMargins(calibration, moments) : moments;
  const all: Matrix = moments[0]!.products.map((row) => row.map(() => 0));
  (strata ?? [{ respondents, invited }]).forEach(({ respondents: m, invited }, s) => {
    const own = left.filter((_, part) => parts[part]!.stratum === s);
    const sums = all.map((_, k) => sumOf(own.map(({ sums }) => sums[k]!)));
    const correction = finitePopulationCorrection(m, invited);
    all.forEach((row, k) =>
      row.forEach((_, l) => {
        const products = sumOf(own.map(({ products }) => products[k]![l]!));
        row[l]! += correction *
          (m === 1 ? products : m / (m - 1) * (products - sums[k]! * sums[l]! / m));
      })
    );
  });
  return all;
}

/** The variance of one estimate: its linearised values' covariance with themselves. */
export function linearisedVariance(
  sample: Sample,
  of: (part: number | null) => Readonly<Record<"sum" | "squares" | "products", number>>,
): number {
  return linearisedCovariances(sample, (part) => {
    const { sum, squares, products } = of(part);
    return { sums: [sum], squares: [squares], products: [[products]] };
  })[0]![0]!;
}

/** The moments of what the margins leave of the linearised values: in each cell they take off a number. */
function leftByMargins(
  calibration: Calibration,
  moments: readonly Moments[],
): Pick<Moments, "sums" | "products">[] {
  const taken = moments[0]!.sums.map((_, k) =>
    explained(calibration, moments.map(({ sums }) => sums[k]!))
  );
  return calibration.cells.map(({ w, w2 }, cell) => {
    const { sums, squares, products } = moments[cell]!;
    const off = taken.map((each) => each[cell]!);
    return {
      sums: sums.map((sum, k) => sum - off[k]! * w),
      products: products.map((row, k) =>
        row.map((value, l) =>
          value - off[k]! * squares[l]! - off[l]! * squares[k]! + off[k]! * off[l]! * w2
        )
      ),
    };
  });
}

/** What a regression on the margins says of the linearised values in each cell, from their sums Σwu. */
function explained({ cells, inverse }: Calibration, sums: readonly number[]): number[] {
  const right = inverse.map(() => 0);
  cells.forEach(({ known, before, w }, k) => {
    const sum = sums[k]! * before / w;
    if (sum !== 0) known.forEach((x, j) => right[j]! += x * sum);
  });
  const slopes = inverse.map((row) => row.reduce((sum, value, j) => sum + value * right[j]!, 0));
  return cells.map(({ known }) => known.reduce((sum, x, j) => sum + x * slopes[j]!, 0));
}

/**
 * What was counted of one part of the sample, or of everybody for null.
 *
 * @throws {RangeError} Where it was not counted by its parts.
 */
export function inPart<T extends object>(
  counted: T & { readonly parts?: readonly T[] },
  part: number | null,
): T {
  if (part === null) return counted;
  const own = counted.parts?.[part];
  if (own === undefined) {
    throw new RangeError(
      "The sample has strata or margins, and these people are not counted by them",
    );
  }
  return own;
}

/** The numbers of people, each different one once, with how many gave it. */
export interface People {
  readonly values: readonly number[];
  readonly n: readonly number[];
  readonly w: readonly number[];
  readonly w2: readonly number[];
  /** The same people by `partsOf()` the sample, where it has some. */
  readonly parts?: readonly People[];
}

/** Σ w(y − m), Σ w²(y − m) and Σ w²(y − m)² over the people of one part (null: everybody). */
function momentsOf(people: People, part: number | null, mean: number) {
  const { values, w, w2 } = inPart<People>(people, part);
  const sum = (of: readonly number[], power: number) =>
    sumOf(values.map((value, i) => of[i]! * (value - mean) ** power));
  return { sum: sum(w, 1), squares: sum(w2, 1), products: sum(w2, 2) };
}

/**
 * Variance of the weighted mean ȳ = Σwy/Σw of a domain by Taylor linearisation, with finite population
 * correction. Its linearised values are zᵢ = wᵢ(yᵢ − ȳ)/W in the domain and 0 for everybody else in the
 * sample; they add up to 0, so with m respondents of M invited V = (1 − m/M) · m/(m−1) · Σ zᵢ². With strata
 * and for raked weights see {@link linearisedCovariances}.
 *
 * In R `survey`: `svymean(~y, subset(svydesign(ids = ~1, weights = ~w, fpc = ~M), …))`.
 *
 * @param total Of the weights.
 * @returns The variance; null where the sample is a single respondent.
 */
export function varianceOfMean(
  people: People,
  { mean, total, sample }: { mean: number; total: number; sample: Sample },
): number | null {
  if (sample.respondents < 2) return null;
  const variance = linearisedVariance(sample, (part) => momentsOf(people, part, mean));
  // Rounding may leave a little less than nothing.
  return Math.max(0, variance) / total ** 2;
}

/** Σ w²(y₁ − p₁)(y₂ − p₂) over the people of one part (null: everybody) who are in both bases. */
export type SharedSquares = (part: number | null, p1: number, p2: number) => number;

/**
 * The linearised covariance of two means of one sample. Without a common member it is 0, and with
 * strata a little below: a stratum that gives one group more people gives the other fewer.
 *
 * @param squares Of those in both bases; nobody is, if not given.
 */
export function covarianceOfMeans(
  first: People,
  second: People,
  sample: Sample,
  squares: SharedSquares = () => 0,
): number {
  const [one, other] = [first, second].map(({ values, w }) => {
    const total = sumOf(w);
    return { total, mean: sumOf(values.map((value, i) => value * w[i]!)) / total };
  }) as [{ total: number; mean: number }, { total: number; mean: number }];
  return linearisedCovariances(sample, (part) => {
    const [a, b] = [momentsOf(first, part, one.mean), momentsOf(second, part, other.mean)];
    const shared = squares(part, one.mean, other.mean);
    return {
      sums: [a.sum, b.sum],
      squares: [a.squares, b.squares],
      products: [[a.products, shared], [shared, b.products]],
    };
  })[0]![1]! / (one.total * other.total);
}

/** A share as people: those in the category or set, of those who were asked and answered. */
export interface CountedShare {
  readonly part: Count;
  readonly base: Count;
  readonly sample: Sample;
}

/** A share is the mean of 1 for those in it and 0 for the others. */
export function peopleOfShare({ part, base }: Omit<CountedShare, "sample">): People {
  const parts = part.parts?.map((own, i) => peopleOfShare({ part: own, base: base.parts![i]! }));
  return {
    values: [1, 0],
    ...{ n: [part.n, base.n - part.n], w: [part.w, base.w - part.w] },
    w2: [part.w2, Math.max(0, base.w2 - part.w2)],
    ...parts && { parts },
  };
}

/**
 * Variance of a weighted share, of which sums of w and w² by answer are all it takes; see
 * {@link varianceOfMean}.
 *
 * @returns The variance, in squared shares; null where the sample is a single respondent.
 * @throws {RangeError} Where the base is empty or the part is not within it.
 */
export function shareVariance(part: Count, base: Count, sample: Sample): number | null {
  requirePart(part, base);
  const of = { mean: part.w / base.w, total: base.w, sample };
  return varianceOfMean(peopleOfShare({ part, base }), of);
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
