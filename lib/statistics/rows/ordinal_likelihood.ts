import type { Matrix } from "../matrix.ts";
import type { OrdinalData } from "./proportional_odds.ts";

/** The log likelihood of a proportional-odds regression at some coefficients. */
export interface Likelihood {
  readonly value: number;
  readonly score: number[];
  /** Minus the second derivatives. */
  readonly information: Matrix;
}

/**
 * The log likelihood and its derivatives.
 *
 * @param x The rows, standardised or not.
 * @param theta Coefficients, then thresholds. Thresholds that do not rise have no likelihood
 *   (-Infinity), and derivatives that mean nothing.
 */
export function ordinalLikelihood(
  data: OrdinalData,
  x: Matrix,
  theta: readonly number[],
): Likelihood {
  const k = data.names.length;
  const score = new Array<number>(theta.length).fill(0);
  const information = theta.map(() => new Array<number>(theta.length).fill(0));
  let value = 0;
  for (let i = 0; i < x.length; i++) {
    const row = x[i]!;
    const answer = data.answers[i]!;
    const weight = data.weights?.[i] ?? 1;
    const { p, upper, lower, gu, gl } = slopesOf(row, answer, data.categories, theta);
    if (!(p > 0)) return { value: -Infinity, score, information };
    value += weight * Math.log(p);
    // Minus the second derivatives of ln p over the two ends.
    const huu = weight * (gu * gu - logisticDensity(upper) * logisticTilt(upper) / p);
    const hll = weight * (gl * gl + logisticDensity(lower) * logisticTilt(lower) / p);
    const hul = weight * gu * gl;
    const [high, low] = [k + answer - 1, k + answer - 2];
    const hasUpper = upper < Infinity;
    const hasLower = lower > -Infinity;
    for (let j = 0; j < k; j++) {
      const v = row[j]!;
      if (v === 0) continue;
      const line = information[j]!;
      score[j]! -= weight * v * (gu + gl);
      const both = v * (huu + hll + 2 * hul);
      for (let l = j; l < k; l++) line[l]! += both * row[l]!;
      if (hasUpper) line[high]! -= v * (huu + hul);
      if (hasLower) line[low]! -= v * (hll + hul);
    }
    if (hasUpper) {
      score[high]! += weight * gu;
      information[high]![high]! += huu;
    }
    if (hasLower) {
      score[low]! += weight * gl;
      information[low]![low]! += hll;
      if (hasUpper) information[low]![high]! += hul;
    }
  }
  information.forEach((line, s) =>
    line.forEach((_, t) => line[t] = information[Math.min(s, t)]![Math.max(s, t)]!)
  );
  return { value, score, information };
}

/**
 * Each person's part of the score: the first derivatives of the weighted log likelihood.
 *
 * @returns One row per person, of coefficients and then thresholds.
 */
export function personScores(data: OrdinalData, theta: readonly number[]): Matrix {
  const k = data.names.length;
  return data.x.map((row, i) => {
    const answer = data.answers[i]!;
    const weight = data.weights?.[i] ?? 1;
    const { upper, lower, gu, gl } = slopesOf(row, answer, data.categories, theta);
    const own = theta.map((_, j) => j < k ? -weight * row[j]! * (gu + gl) : 0);
    if (upper < Infinity) own[k + answer - 1] = weight * gu;
    if (lower > -Infinity) own[k + answer - 2] = weight * gl;
    return own;
  });
}

/** The chance p of a person's answer, its ends, and d ln p over them. */
function slopesOf(
  row: readonly number[],
  answer: number,
  categories: number,
  theta: readonly number[],
): { p: number; upper: number; lower: number; gu: number; gl: number } {
  let eta = 0;
  for (let j = 0; j < row.length; j++) eta += row[j]! * theta[j]!;
  const upper = answer < categories ? theta[row.length + answer - 1]! - eta : Infinity;
  const lower = answer > 1 ? theta[row.length + answer - 2]! - eta : -Infinity;
  const p = logisticBetween(lower, upper);
  return { p, upper, lower, gu: logisticDensity(upper) / p, gl: -logisticDensity(lower) / p };
}

/** P(lower < L < upper) of a logistic L, without cancellation in the upper tail. */
function logisticBetween(lower: number, upper: number): number {
  return lower > 0 ? logistic(-lower) - logistic(-upper) : logistic(upper) - logistic(lower);
}

/** 1/(1 + e⁻ᵗ) */
export function logistic(t: number): number {
  return t >= 0 ? 1 / (1 + Math.exp(-t)) : Math.exp(t) / (1 + Math.exp(t));
}

/** Density of the logistic distribution: logistic(t)·logistic(−t). */
export function logisticDensity(t: number): number {
  return logistic(t) * logistic(-t);
}

/** The density's derivative over the density. */
function logisticTilt(t: number): number {
  return logistic(-t) - logistic(t);
}
