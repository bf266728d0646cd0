import { betaQuantile } from "./beta.ts";
import { requireProbability, requireShape } from "./probability.ts";

/**
 * The value that a share q of Student's t lies above, to full double precision in both tails, from the
 * beta distribution (Abramowitz & Stegun 26.7.1). As `qt(lower.tail = FALSE)` in R.
 *
 * @param q 0 to 1; the ends give Infinity and -Infinity.
 * @param df Degrees of freedom, above 0, whole or not.
 * @throws {RangeError} Where a number is outside its range.
 */
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
