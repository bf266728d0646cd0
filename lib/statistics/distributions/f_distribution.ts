import { betaQuantile, betaTails } from "./beta.ts";
import { requireShape, requireValue } from "./probability.ts";

/**
 * Probability of a value of Fisher's F above x, to full double precision however far out, from the
 * beta distribution (Abramowitz & Stegun 26.6.2). As `pf(lower.tail = FALSE)` in R.
 *
 * @param x From 0.
 * @param df1 Degrees of freedom of the numerator, above 0, whole or not.
 * @param df2 Degrees of freedom of the denominator, above 0, whole or not.
 * @throws {RangeError} Where a number is outside its range.
 */
export function fUpperTail(x: number, df1: number, df2: number): number {
  requireValue(x);
  requireShape(df1);
  requireShape(df2);
  const ratio = df1 * x / df2;
  const value = ratio === Infinity
    ? { x: 1, y: 0 }
    : { x: ratio / (1 + ratio), y: 1 / (1 + ratio) };
  return betaTails(value, df1 / 2, df2 / 2).upper;
}

/**
 * The value that a share p of the distribution lies below. As `qf` in R.
 *
 * @throws {RangeError} Where a number is outside its range.
 */
export function fQuantile(p: number, df1: number, df2: number): number {
  const { x, y } = betaQuantile(p, df1 / 2, df2 / 2);
  return x * df2 / (y * df1);
}
