import { chiSquareUpperTail } from "../distributions/chi_square.ts";
import { type Matrix, multiply, solve, transpose } from "../matrix.ts";
import type { TableTest } from "../pearson_chi_square.ts";
import { logistic } from "./ordinal_likelihood.ts";
import { type OrdinalData, proportionalOdds } from "./proportional_odds.ts";

export interface BrantTest {
  /** Of all columns together. */
  readonly all: TableTest;
  /** Of each column by itself, in order. */
  readonly columns: readonly (TableTest & { readonly name: string })[];
}

/**
 * Brant's check of the proportional-odds assumption: whether the odds ratios are the same at every
 * threshold. A small p-value says that they are not. Needs rows.
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
  const design = x.map((row) => [1, ...row]);
  const weights = x.map((_, i) => data.weights?.[i] ?? 1);
  const slopes: number[] = [];
  const chances: number[][] = [];
  for (let cut = 1; cut < categories; cut++) {
    const answers = Array.from(data.answers, (answer) => answer > cut ? 2 : 1);
    const fit = proportionalOdds({ ...data, answers, categories: 2 });
    if (fit.status !== "converged") return null;
    slopes.push(...fit.coefficients);
    chances.push(
      x.map((row) =>
        logistic(row.reduce((sum, v, j) => sum + v * fit.coefficients[j]!, -fit.thresholds[0]!))
      ),
    );
  }
  const cross = (a: number, b: number): Matrix => {
    const [low, high] = [chances[Math.min(a, b)]!, chances[Math.max(a, b)]!];
    const sums: Matrix = design[0]!.map(() => new Array<number>(k + 1).fill(0));
    design.forEach((row, i) => {
      const weight = weights[i]! * high[i]! * (1 - low[i]!);
      for (let s = 0; s <= k; s++) {
        const value = row[s]! * weight;
        if (value !== 0) { for (let t = s; t <= k; t++) sums[s]![t]! += value * row[t]!; }
      }
    });
    return sums.map((row, s) => row.map((_, t) => sums[Math.min(s, t)]![Math.max(s, t)]!));
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
