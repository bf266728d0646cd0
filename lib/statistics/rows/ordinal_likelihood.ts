import type { Matrix } from "../matrix.ts";
import type { OrdinalData } from "./ordinal_data.ts";

/** The log likelihood of a proportional-odds regression at some coefficients. */
export interface Likelihood {
  readonly value: number;
  readonly score: number[];
  /** Minus the second derivatives. */
  readonly information: Matrix;
}

/**
 * The log likelihood, its derivatives and second derivatives.
 *
 * @param data The data, its columns standardised or not.
 * @param theta Coefficients, then thresholds. Thresholds that do not rise have no likelihood
 *   (-Infinity), and no derivatives.
 */
export function ordinalLikelihood(data: OrdinalData, theta: readonly number[]): Likelihood {
  return sums(data, theta, true);
}

/**
 * Σ c·uu′ over patterns and answers: c the data's counts, u the first derivatives of ln p, p the
 * chance of the answer, over coefficients and then thresholds.
 */
export function scoreProducts(data: OrdinalData, theta: readonly number[]): Matrix {
  return sums(data, theta, false).information;
}

/** @param isCurved Whether what the products add up is −d² ln p, or else the products of d ln p. */
function sums(
  { counts, categories, names, x }: OrdinalData,
  theta: readonly number[],
  isCurved: boolean,
): Likelihood {
  const k = names.length;
  const cuts = categories - 1;
  const size = k + cuts;
  const patterns = counts.length / categories;
  const coefficients = Float64Array.from(theta.slice(0, k));
  const thresholds = Float64Array.from(theta.slice(k));
  const score = new Float64Array(size);
  const products = new Float64Array(size * size);
  // Chances of an answer up to each threshold and above it: of none below the first, of all below
  // the last.
  const upTo = new Float64Array(categories + 1).fill(1, categories);
  const above = new Float64Array(categories + 1).fill(1, 0, 1);
  const cross = new Float64Array(cuts);
  // Most columns are dummies, and most of a pattern's numbers 0.
  const places = new Uint32Array(k);
  const values = new Float64Array(k);
  let value = 0;
  for (let i = 0; i < patterns; i++) {
    const row = i * k;
    let [eta, filled] = [0, 0];
    for (let j = 0; j < k; j++) {
      const v = x[row + j]!;
      if (v === 0) continue;
      eta += v * coefficients[j]!;
      places[filled] = j;
      values[filled++] = v;
    }
    for (let cut = 0; cut < cuts; cut++) {
      const t = thresholds[cut]! - eta;
      const rest = Math.exp(-Math.abs(t));
      const [more, less] = [1 / (1 + rest), rest / (1 + rest)];
      upTo[cut + 1] = t >= 0 ? more : less;
      above[cut + 1] = t >= 0 ? less : more;
    }
    cross.fill(0);
    let [slope, bend] = [0, 0];
    for (let c = 0; c < categories; c++) {
      const count = counts[i * categories + c]!;
      if (count === 0) continue;
      const [fl, fu, al, au] = [upTo[c]!, upTo[c + 1]!, above[c]!, above[c + 1]!];
      // Without cancellation in the upper tail.
      const p = fl > al ? al - au : fu - fl;
      if (!(p > 0)) return { value: -Infinity, score: [], information: [] };
      value += count * Math.log(p);
      // d ln p over the upper end and over the lower.
      const gu = fu * au / p;
      const gl = -fl * al / p;
      // What is added up, over the two ends: a density's derivative is it times (above − up to).
      const huu = count * (isCurved ? gu * gu - gu * (au - fu) : gu * gu);
      const hll = count * (isCurved ? gl * gl - gl * (al - fl) : gl * gl);
      const hul = count * gu * gl;
      slope -= count * (gu + gl);
      bend += huu + hll + 2 * hul;
      if (c < cuts) {
        const at = k + c;
        score[at]! += count * gu;
        products[at * size + at]! += huu;
        cross[c]! -= huu + hul;
      }
      if (c > 0) {
        const at = k + c - 1;
        score[at]! += count * gl;
        products[at * size + at]! += hll;
        cross[c - 1]! -= hll + hul;
        if (c < cuts) products[at * size + at + 1]! += hul;
      }
    }
    for (let a = 0; a < filled; a++) {
      const v = values[a]!;
      const line = places[a]! * size;
      score[places[a]!]! += slope * v;
      const both = v * bend;
      for (let b = a; b < filled; b++) products[line + places[b]!]! += both * values[b]!;
      for (let cut = 0; cut < cuts; cut++) products[line + k + cut]! += v * cross[cut]!;
    }
  }
  return {
    value,
    score: [...score],
    information: theta.map((_, s) =>
      theta.map((_, t) => products[Math.min(s, t) * size + Math.max(s, t)]!)
    ),
  };
}

/** 1/(1 + e⁻ᵗ) */
export function logistic(t: number): number {
  return t >= 0 ? 1 / (1 + Math.exp(-t)) : Math.exp(t) / (1 + Math.exp(t));
}
