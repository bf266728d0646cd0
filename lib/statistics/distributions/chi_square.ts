import { invertCdf } from "./invert_cdf.ts";
import { requireProbability, requireShape, requireValue } from "./probability.ts";
import { halfDeviance, stirlingError } from "./stirling.ts";

/**
 * The chi-square distribution to full double precision in both tails: the incomplete gamma
 * function by its series and its continued fraction (Abramowitz & Stegun 6.5.29 and 6.5.31). As
 * `pchisq` and `qchisq` in R.
 */

/**
 * Probability of a value below x.
 *
 * @param x From 0.
 * @param df Degrees of freedom, above 0, whole or not.
 * @throws {RangeError} Where a number is outside its range.
 */
export function chiSquareCdf(x: number, df: number): number {
  requireValue(x, 0);
  requireShape(df);
  return gammaTails(df / 2, x / 2).lower;
}

/** Probability of a value above x: exact where `1 - chiSquareCdf(x, df)` has lost its digits. */
export function chiSquareUpperTail(x: number, df: number): number {
  requireValue(x, 0);
  requireShape(df);
  return gammaTails(df / 2, x / 2).upper;
}

/**
 * The value that a share p of the distribution lies below.
 *
 * @param p 0 to 1; 1 gives Infinity.
 * @param df Degrees of freedom, above 0, whole or not.
 * @throws {RangeError} Where a number is outside its range.
 */
export function chiSquareQuantile(p: number, df: number): number {
  requireProbability(p);
  requireShape(df);
  return p > 0.5 ? quantile(1 - p, df, "upper") : quantile(p, df, "lower");
}

/** The value that a share q of the distribution lies above. */
export function chiSquareUpperQuantile(q: number, df: number): number {
  requireProbability(q);
  requireShape(df);
  return q > 0.5 ? quantile(1 - q, df, "lower") : quantile(q, df, "upper");
}

function quantile(p: number, df: number, tail: "lower" | "upper"): number {
  if (p === 0) return tail === "lower" ? 0 : Infinity;
  const shape = df / 2;
  // Over u = ln x the density is x·f(x). The upper tail rises in −u.
  const sign = tail === "lower" ? 1 : -1;
  const u = invertCdf(p, sign * Math.log(shape), (u) => {
    const x = Math.exp(sign * u);
    return { cdf: gammaTails(shape, x)[tail], slope: shape * leading(shape, x) };
  });
  return 2 * Math.exp(sign * u);
}

/** xᵃe⁻ˣ/Γ(a+1) */
function leading(a: number, x: number): number {
  return Math.exp(-stirlingError(a) - halfDeviance(a, x)) /
    Math.sqrt(2 * Math.PI * a);
}

function gammaTails(a: number, x: number): { lower: number; upper: number } {
  if (x === 0) return { lower: 0, upper: 1 };
  if (x === Infinity) return { lower: 1, upper: 0 };
  const lead = leading(a, x);
  if (x < Math.max(1, a)) {
    let term = 1;
    let sum = 1;
    for (let k = 1; term > sum * 1e-17; k++) {
      term *= x / (a + k);
      sum += term;
    }
    const lower = lead * sum;
    return { lower, upper: 1 - lower };
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
  const upper = lead * a * fraction;
  return { lower: 1 - upper, upper };
}
