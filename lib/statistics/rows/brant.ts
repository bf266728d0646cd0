import { chiSquareUpperTail } from "../distributions.ts";
import { endless, linearisedCovariances } from "../linearised_variance.ts";
import { invert, type Matrix, multiply, solve, transpose } from "../matrix.ts";
import type { TableTest } from "../table_tests.ts";
import {
  dataOf,
  logistic,
  type OrdinalData,
  peopleOf,
  productsOf,
  proportionalOdds,
  type RegressionDesign,
} from "./proportional_odds.ts";

export interface BrantTest {
  /** Of all columns together. */
  readonly all: TableTest;
  /** Of each column by itself, in order. */
  readonly columns: readonly (TableTest & { readonly name: string })[];
}

/**
 * Brant's check of the proportional-odds assumption: whether the odds ratios are the same at every
 * threshold. A small p-value says that they are not.
 *
 * One binary logistic regression P(answer > k) per threshold; a Wald test that their coefficients
 * are equal, with the covariances between the regressions, (X′WₖX)⁻¹ X′WₖₗX (X′WₗX)⁻¹,
 * Wₖₗ = πₗ(1 − πₖ) for k < l. Of a sample with weights or strata the middle is linearised, as in
 * `designCovariance()`. In R: package `brant`; `survey` `vcov(svytotal())` of the influence values.
 * Source: R. Brant (1990), Biometrics 46, 1171–1178.
 *
 * @returns The test, or null where it cannot be made: fewer than three categories, or one of the
 *   regressions has no finite estimate (a category too rare for these columns).
 */
export function brantTest(
  data: OrdinalData,
  design: RegressionDesign | null = null,
): BrantTest | null {
  const { names, categories, counts, x } = data;
  const k = names.length;
  if (categories < 3 || k === 0) return null;
  const people = peopleOf(counts, counts.length / categories);
  const cuts = Array.from({ length: categories - 1 }, (_, cut) => cut);
  const fits = cuts.map((cut) =>
    proportionalOdds({ ...data, counts: cutAt(data, cut), categories: 2 })
  );
  const found = fits.flatMap((fit) => fit.status === "converged" ? [fit] : []);
  if (found.length < fits.length) return null;
  const slopes = found.flatMap(({ coefficients }) => coefficients);
  /** By cut and pattern, the chance of an answer above it. */
  const chancesOf = (x: Float64Array, patterns: number) =>
    found.map(({ coefficients, thresholds }) =>
      Float64Array.from({ length: patterns }, (_, i) =>
        logistic(
          coefficients.reduce((eta, b, j) => eta + b * x[i * k + j]!, -thresholds[0]!),
        ))
    );
  const chances = chancesOf(x, people.length);
  const expected = (a: number, b: number): Matrix => {
    const [low, high] = [chances[Math.min(a, b)]!, chances[Math.max(a, b)]!];
    return productsOf(x, k, people.map((n, i) => n * high[i]! * (1 - low[i]!)));
  };
  const bread = cuts.map((cut) => invert(expected(cut, cut)));
  const middle = design === null ? blocks(cuts, expected) : linearisedCovariances(
    endless(design.sample),
    (part) => {
      const { own, squared } = dataOf(data, design, part);
      const patterns = own.counts.length / categories;
      const chances = chancesOf(own.x, patterns);
      /** By pattern, the sum over answers of what is above each of some cuts less its chance, multiplied. */
      const off = (sums: Float64Array, of: readonly number[]) =>
        Float64Array.from(
          { length: patterns },
          (_, i) =>
            sums.subarray(i * categories, (i + 1) * categories).reduce((sum, w, c) =>
              sum + of.reduce((value, cut) => value * (+(c > cut) - chances[cut]![i]!), w), 0),
        );
      const first = (sums: Float64Array) =>
        cuts.flatMap((cut) => productsOf(own.x, k, off(sums, [cut]))[0]!);
      return {
        sums: first(own.counts),
        squares: first(squared.counts),
        products: blocks(cuts, (a, b) => productsOf(own.x, k, off(squared.counts, [a, b]))),
      };
    },
  );
  const width = k + 1;
  const covariance: Matrix = slopes.map(() => slopes.map(() => 0));
  for (const a of cuts) {
    for (const b of cuts) {
      if (!bread[a] || !bread[b]) return null;
      const block = middle.slice(a * width, (a + 1) * width)
        .map((row) => row.slice(b * width, (b + 1) * width));
      const both = multiply(multiply(bread[a], block), bread[b]);
      for (let i = 0; i < k; i++) {
        for (let j = 0; j < k; j++) covariance[a * k + i]![b * k + j] = both[i + 1]![j + 1]!;
      }
    }
  }
  const test = (columns: readonly number[]): TableTest | null => {
    // Each threshold's coefficients less those of the first.
    const contrasts = cuts.slice(1).flatMap((cut) =>
      columns.map((j) => slopes.map((_, at) => at === cut * k + j ? 1 : at === j ? -1 : 0))
    );
    const differences = multiply(contrasts, slopes.map((slope) => [slope]));
    const spread = multiply(multiply(contrasts, covariance), transpose(contrasts));
    const solved = solve(spread, differences);
    if (solved === null) return null;
    const statistic = multiply(transpose(differences), solved)[0]![0]!;
    const df = contrasts.length;
    return { statistic, df, pValue: chiSquareUpperTail(statistic, df) };
  };
  const all = test(names.map((_, j) => j));
  const columns = names.map((name, j) => ({ name, test: test([j]) }));
  if (all === null || columns.some(({ test }) => test === null)) return null;
  return { all, columns: columns.map(({ name, test }) => ({ name, ...test! })) };
}

/** A matrix of one block for each two cuts. */
function blocks(cuts: readonly number[], block: (a: number, b: number) => Matrix): Matrix {
  return cuts.flatMap((a) => {
    const line = cuts.map((b) => block(a, b));
    return line[0]!.map((_, row) => line.flatMap((of) => of[row]!));
  });
}

/** The counts of who answered up to a category, and of who answered above it. */
function cutAt({ counts, categories }: OrdinalData, cut: number): Float64Array {
  const two = new Float64Array(2 * counts.length / categories);
  counts.forEach((count, at) => {
    two[2 * Math.floor(at / categories) + +(at % categories > cut)]! += count;
  });
  return two;
}
