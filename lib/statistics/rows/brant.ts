import { chiSquareUpperTail } from "../distributions/chi_square.ts";
import { type Matrix, multiply, solve, transpose } from "../matrix.ts";
import type { TableTest } from "../table_tests.ts";
import {
  logistic,
  type OrdinalData,
  peopleOf,
  productsOf,
  type ProportionalOdds,
  proportionalOdds,
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
 * are equal, with the covariances between the regressions,
 * (X′WₖX)⁻¹ X′WₖₗX (X′WₗX)⁻¹, Wₖₗ = πₗ(1 − πₖ) for k < l. In R: package `brant`.
 * Source: R. Brant (1990), Biometrics 46, 1171–1178.
 *
 * @returns The test, or null where it cannot be made: fewer than three categories, or one of the
 *   regressions has no finite estimate (a category too rare for these columns).
 * @throws {RangeError} As `proportionalOdds()`.
 */
export function brantTest(data: OrdinalData): BrantTest | null {
  const { names, categories, x } = data;
  const k = names.length;
  if (categories < 3 || k === 0) return null;
  const patterns = data.counts.length / categories;
  const people = peopleOf(data.counts, patterns);
  const slopes: number[] = [];
  const chances: Float64Array[] = [];
  for (let cut = 1; cut < categories; cut++) {
    const fit = proportionalOdds({ ...data, counts: cutAt(data, cut), categories: 2 });
    if (fit.status !== "converged") return null;
    slopes.push(...fit.coefficients);
    chances.push(chancesOf(x, fit));
  }
  const cross = (a: number, b: number): Matrix => {
    const [low, high] = [chances[Math.min(a, b)]!, chances[Math.max(a, b)]!];
    return productsOf(x, people.map((n, i) => n * high[i]! * (1 - low[i]!)));
  };
  const cuts = chances.map((_, cut) => cut);
  const own = cuts.map((cut) => cross(cut, cut));
  const covariance: Matrix = slopes.map(() => slopes.map(() => 0));
  for (const a of cuts) {
    for (const b of cuts) {
      const left = solve(own[a]!, cross(a, b));
      const both = left && solve(own[b]!, transpose(left));
      if (!both) return null;
      for (let i = 0; i < k; i++) {
        for (let j = 0; j < k; j++) covariance[a * k + i]![b * k + j] = both[j + 1]![i + 1]!;
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
    return {
      statistic,
      df: contrasts.length,
      pValue: chiSquareUpperTail(statistic, contrasts.length),
    };
  };
  const all = test(names.map((_, j) => j));
  const columns = names.map((name, j) => ({ name, test: test([j]) }));
  if (all === null || columns.some(({ test }) => test === null)) return null;
  return { all, columns: columns.map(({ name, test }) => ({ name, ...test! })) };
}

/** The counts of who answered up to a category, and of who answered above it. */
function cutAt({ counts, categories }: OrdinalData, cut: number): Float64Array {
  const two = new Float64Array(2 * counts.length / categories);
  for (let from = 0, to = 0; from < counts.length; from += categories, to += 2) {
    for (let c = 0; c < categories; c++) two[to + (c < cut ? 0 : 1)]! += counts[from + c]!;
  }
  return two;
}

/** By pattern, the chance of the upper of two categories. */
function chancesOf(x: Float64Array, { coefficients, thresholds }: ProportionalOdds): Float64Array {
  const k = coefficients.length;
  const chances = new Float64Array(x.length / k);
  for (let i = 0; i < chances.length; i++) {
    let eta = -thresholds[0]!;
    for (let j = 0; j < k; j++) eta += x[i * k + j]! * coefficients[j]!;
    chances[i] = logistic(eta);
  }
  return chances;
}
