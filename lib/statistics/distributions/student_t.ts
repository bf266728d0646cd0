import { betaQuantile, betaTails } from "./beta.ts";
import { requireProbability, requireShape, requireValue } from "./probability.ts";

/**
 * Student's t to full double precision in both tails, from the beta distribution
 * (Abramowitz & Stegun 26.7.1). As `pt` and `qt` in R.
 */

/**
 * Probability of a value below x.
 *
 * @param x Any number.
 * @param df Degrees of freedom, above 0, whole or not.
 * @throws {RangeError} Where a number is outside its range.
 */
export function studentTCdf(x: number, df: number): number {
  return studentTUpperTail(-x, df);
}

/** Probability of a value above x: exact where `1 - studentTCdf(x, df)` has lost its digits. */
export function studentTUpperTail(x: number, df: number): number {
  requireValue(x);
  requireShape(df);
  const square = x * x / df;
  const value = square === Infinity
    ? { x: 0, y: 1 }
    : { x: 1 / (1 + square), y: square / (1 + square) };
  const { lower, upper } = betaTails(value, df / 2, 0.5);
  // Above 0 the tail is half the beta's; below it, a half and the middle part.
  return x >= 0 ? lower / 2 : 0.5 + upper / 2;
}

/**
 * The value that a share p of the distribution lies below.
 *
 * @param p 0 to 1; the ends give -Infinity and Infinity.
 * @param df Degrees of freedom, above 0, whole or not.
 * @throws {RangeError} Where a number is outside its range.
 */
export function studentTQuantile(p: number, df: number): number {
  requireProbability(p);
  return p < 0.5 ? -studentTUpperQuantile(p, df) : studentTUpperQuantile(1 - p, df);
}

/** The value that a share q of the distribution lies above. */
export function studentTUpperQuantile(q: number, df: number): number {
  requireProbability(q);
  requireShape(df);
  if (q > 0.5) return -studentTUpperQuantile(1 - q, df);
  if (q === 0.5) return 0;
  // Near the middle 2q is close to 1, and what it lacks has the digits.
  const { x, y } = q > 0.25
    ? betaQuantile(1 - 2 * q, df / 2, 0.5, "upper")
    : betaQuantile(2 * q, df / 2, 0.5, "lower");
  return Math.sqrt(df * y / x);
}
