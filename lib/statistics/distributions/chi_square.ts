import { requireShape, requireValue } from "./probability.ts";
import { halfDeviance, stirlingError } from "./stirling.ts";

/**
 * Probability of a chi-square value above x, to full double precision however far out: the incomplete
 * gamma function by its series and its continued fraction (Abramowitz & Stegun 6.5.29 and 6.5.31). As
 * `pchisq(lower.tail = FALSE)` in R.
 *
 * @param x From 0.
 * @param df Degrees of freedom, above 0, whole or not.
 * @throws {RangeError} Where a number is outside its range.
 */
export function chiSquareUpperTail(x: number, df: number): number {
  requireValue(x);
  requireShape(df);
  return gammaUpperTail(df / 2, x / 2);
}

/** xᵃe⁻ˣ/Γ(a+1) */
function leading(a: number, x: number): number {
  return Math.exp(-stirlingError(a) - halfDeviance(a, x)) /
    Math.sqrt(2 * Math.PI * a);
}

function gammaUpperTail(a: number, x: number): number {
  if (x === 0) return 1;
  if (x === Infinity) return 0;
  const lead = leading(a, x);
  if (x < Math.max(1, a)) {
    let term = 1;
    let sum = 1;
    for (let k = 1; term > sum * 1e-17; k++) {
      term *= x / (a + k);
      sum += term;
    }
    return 1 - lead * sum;
  }
  // Lentz's method; every partial denominator is above 0 here.
  let b = x + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < 1e6; k++) {
    const numerator = -k * (k - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return lead * a * fraction;
}
