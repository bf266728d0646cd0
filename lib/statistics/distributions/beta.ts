import { requireProbability, requireShape } from "./probability.ts";
import { halfDeviance, stirlingError } from "./stirling.ts";

/**
 * The beta distribution to full double precision in both tails: the incomplete beta function by
 * a continued fraction (A. R. DiDonato & A. H. Morris (1992), ACM Trans. Math. Software 18, 360–373,
 * equation 9). As `pbeta` and `qbeta` in R. F and t are made from it.
 */

/** A value of the distribution, and what it lacks to 1; the smaller of them is exact. */
export interface BetaValue {
  readonly x: number;
  readonly y: number;
}

/** Probabilities below and above a value; each is exact however small. */
export interface Tails {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Probabilities of a value below and above x.
 *
 * @param value x and y = 1 − x, both given so that neither loses its digits.
 * @param a First shape, above 0.
 * @param b Second shape, above 0.
 * @throws {RangeError} Where a number is outside its range.
 */
export function betaTails({ x, y }: BetaValue, a: number, b: number): Tails {
  requireShape(a, "first shape");
  requireShape(b, "second shape");
  requireProbability(x);
  requireProbability(y);
  if (x === 0) return { lower: 0, upper: 1 };
  if (y === 0) return { lower: 1, upper: 0 };
  const lead = leading(x, y, a, b);
  if ((x < y ? a - (a + b) * x : (a + b) * y - b) >= 0) {
    const lower = lead * continuedFraction({ x, y }, a, b);
    return { lower, upper: 1 - lower };
  }
  const upper = lead * continuedFraction({ x: y, y: x }, b, a);
  return { lower: 1 - upper, upper };
}

/**
 * The value with a share p of the distribution below it (or above it).
 *
 * @param p 0 to 1.
 * @param a First shape, above 0.
 * @param b Second shape, above 0.
 * @param tail On which side of the value p is.
 * @throws {RangeError} Where a number is outside its range.
 */
export function betaQuantile(
  p: number,
  a: number,
  b: number,
  tail: "lower" | "upper" = "lower",
): BetaValue {
  requireProbability(p);
  requireShape(a, "first shape");
  requireShape(b, "second shape");
  if (p > 0.5) {
    return betaQuantile(1 - p, a, b, tail === "lower" ? "upper" : "lower");
  }
  if (p === 0) return tail === "lower" ? { x: 0, y: 1 } : { x: 1, y: 0 };
  // Over u = ln(x/y) the density is xᵃyᵇ/B(a, b). The upper tail rises in −u.
  const sign = tail === "lower" ? 1 : -1;
  const u = invertCdf(p, sign * Math.log(a / b), (u) => {
    const value = fromLogit(sign * u);
    return {
      cdf: betaTails(value, a, b)[tail],
      slope: leading(value.x, value.y, a, b),
    };
  });
  return fromLogit(sign * u);
}

function fromLogit(u: number): BetaValue {
  const small = Math.exp(-Math.abs(u));
  const [more, less] = [1 / (1 + small), small / (1 + small)];
  return u < 0 ? { x: less, y: more } : { x: more, y: less };
}

/** xᵃyᵇ/B(a, b), as a binomial probability with whole or broken counts. */
function leading(x: number, y: number, a: number, b: number): number {
  if (x === 0 || y === 0) return 0;
  const n = a + b;
  // How far b is from its mean, from the smaller of x and y: the other is rounded too coarsely.
  const off = x < y ? n * x - a : b - n * y;
  const logarithm = stirlingError(n) - stirlingError(a) - stirlingError(b) -
    halfDeviance(a, n * x, -off) - halfDeviance(b, n * y, off);
  return Math.exp(logarithm) * Math.sqrt(a / n * b / (2 * Math.PI));
}

/** I over xᵃyᵇ/B(a, b), by Lentz's method. */
function continuedFraction({ x, y }: BetaValue, a: number, b: number): number {
  // a·y − b·x without cancellation, from the smaller of x and y; from 0 on the side that is asked.
  const off = x < y ? a - (a + b) * x : (a + b) * y - b;
  const denominator = (m: number) =>
    m + m * (b - m) * x / (a + 2 * m - 1) +
    (a + m) * (off + 1 + m * (1 + y)) / (a + 2 * m + 1);
  let fraction = a * (off + 1) / (a + 1);
  let c = fraction;
  let d = 0;
  for (let m = 1; m < 1e6; m++) {
    const numerator = (a + m - 1) / (a + 2 * m - 1) * ((a + b + m - 1) / (a + 2 * m - 1)) *
      m * (b - m) * x * x;
    d = 1 / (denominator(m) + numerator * d);
    c = denominator(m) + numerator / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 2e-16) break;
  }
  return 1 / fraction;
}

/**
 * Where a distribution function that rises from 0 to 1, and whose logarithm is concave, has the
 * value p: Newton's method on the logarithm, kept inside a bracket.
 *
 * The beta has such a distribution function when taken over ln(x/(1−x)).
 *
 * @param p Above 0, below 1.
 * @param start A first guess.
 * @param at The distribution function and its slope.
 * @returns The place, to the last digits that a double of its size has.
 */
function invertCdf(
  p: number,
  start: number,
  at: (u: number) => { readonly cdf: number; readonly slope: number },
): number {
  let low = -Infinity;
  let high = Infinity;
  let u = start;
  for (let i = 0; i < 500; i++) {
    const { cdf, slope } = at(u);
    if (cdf === p) return u;
    if (cdf < p) low = u;
    else high = u;
    let next = u + Math.log(p / cdf) * cdf / slope;
    if (!(next > low && next < high)) {
      next = low === -Infinity
        ? high - 2 * (1 + Math.abs(high - start))
        : high === Infinity
        ? low + 2 * (1 + Math.abs(low - start))
        : (low + high) / 2;
    }
    const change = Math.abs(next - u);
    u = next;
    if (change <= 2e-16 * Math.max(1, Math.abs(u))) break;
  }
  return u;
}
