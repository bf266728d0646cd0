import { betaQuantile, betaTails, type BetaValue } from "./beta.ts";
import { requireProbability, requireShape, requireValue } from "./probability.ts";

/**
 * Fisher's F to full double precision in both tails, from the beta distribution
 * (Abramowitz & Stegun 26.6.2). As `pf` and `qf` in R.
 */

/**
 * Probability of a value below x.
 *
 * @param x From 0.
 * @param df1 Degrees of freedom of the numerator, above 0, whole or not.
 * @param df2 Degrees of freedom of the denominator, above 0, whole or not.
 * @throws {RangeError} Where a number is outside its range.
 */
export function fCdf(x: number, df1: number, df2: number): number {
  return betaTails(asBeta(x, df1, df2), df1 / 2, df2 / 2).lower;
}

/** Probability of a value above x: exact where `1 - fCdf(x, df1, df2)` has lost its digits. */
export function fUpperTail(x: number, df1: number, df2: number): number {
  return betaTails(asBeta(x, df1, df2), df1 / 2, df2 / 2).upper;
}

/**
 * The value that a share p of the distribution lies below.
 *
 * @throws {RangeError} Where a number is outside its range.
 */
export function fQuantile(p: number, df1: number, df2: number): number {
  requireProbability(p);
  const { x, y } = betaQuantile(p, df1 / 2, df2 / 2, "lower");
  return x * df2 / (y * df1);
}

/** The value that a share q of the distribution lies above. */
export function fUpperQuantile(q: number, df1: number, df2: number): number {
  requireProbability(q);
  const { x, y } = betaQuantile(q, df1 / 2, df2 / 2, "upper");
  return x * df2 / (y * df1);
}

function asBeta(x: number, df1: number, df2: number): BetaValue {
  requireValue(x, 0);
  requireShape(df1);
  requireShape(df2);
  const ratio = df1 * x / df2;
  return ratio === Infinity ? { x: 1, y: 0 } : { x: ratio / (1 + ratio), y: 1 / (1 + ratio) };
}
