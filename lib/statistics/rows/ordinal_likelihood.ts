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
  const size = theta.length;
  const score = new Array<number>(size).fill(0);
  const information = theta.map(() => new Array<number>(size).fill(0));
  let value = 0;
  for (let i = 0; i < x.length; i++) {
    const row = x[i]!;
    const answer = data.answers[i]!;
    const weight = data.weights?.[i] ?? 1;
    const eta = row.reduce((sum, v, j) => sum + v * theta[j]!, 0);
    const upper = answer < data.categories ? theta[k + answer - 1]! - eta : Infinity;
    const lower = answer > 1 ? theta[k + answer - 2]! - eta : -Infinity;
    const p = logisticBetween(lower, upper);
    if (!(p > 0)) return { value: -Infinity, score, information };
    value += weight * Math.log(p);
    // d ln p over the two ends, and minus its second derivatives there.
    const [du, dl] = [logisticDensity(upper), logisticDensity(lower)];
    const [gu, gl] = [du / p, -dl / p];
    const huu = gu * gu - du * logisticTilt(upper) / p;
    const hll = gl * gl + dl * logisticTilt(lower) / p;
    const hul = gu * gl;
    const places: [place: number, a: number, b: number][] = row.map((v, j) => [j, -v, -v]);
    if (upper < Infinity) places.push([k + answer - 1, 1, 0]);
    if (lower > -Infinity) places.push([k + answer - 2, 0, 1]);
    for (const [s, a, b] of places) {
      score[s]! += weight * (a * gu + b * gl);
      const line = information[s]!;
      for (const [t, c, d] of places) {
        line[t]! += weight * (a * c * huu + b * d * hll + (a * d + b * c) * hul);
      }
    }
  }
  return { value, score, information };
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
