import { halfDeviance, requireShape, stirlingError } from "./chi_square.ts";

/** A value of the beta distribution, and what it lacks to 1; the smaller of them is exact. */
interface BetaValue {
  readonly x: number;
  readonly y: number;
}

/**
 * Probabilities of a beta value below and above x, each exact however small: the incomplete beta function
 * by a continued fraction (A. R. DiDonato & A. H. Morris (1992), ACM Trans. Math. Software 18, 360–373,
 * equation 9). As `pbeta` in R.
 *
 * @param value x and y = 1 − x, both given so that neither loses its digits.
 * @throws {RangeError} Where a number is outside its range.
 */
export function betaTails(
  { x, y }: BetaValue,
  a: number,
  b: number,
): { lower: number; upper: number } {
  requireShape(a);
  requireShape(b);
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
 * The beta value with a share p of the distribution below it (or above it). As `qbeta` in R.
 *
 * @throws {RangeError} Where a number is outside its range.
 */
export function betaQuantile(
  p: number,
  a: number,
  b: number,
  tail: "lower" | "upper" = "lower",
): BetaValue {
  requireProbability(p);
  requireShape(a);
  requireShape(b);
  if (p > 0.5) return betaQuantile(1 - p, a, b, tail === "lower" ? "upper" : "lower");
  // Over u = ln(x/y) the density is xᵃyᵇ/B(a, b) and the logarithm of the tail concave: Newton's method
  // on that, kept inside a bracket. The upper tail rises in −u.
  const sign = tail === "lower" ? 1 : -1;
  if (p === 0) return fromLogit(-sign * Infinity);
  const start = sign * Math.log(a / b);
  let [low, high, u] = [-Infinity, Infinity, start];
  for (let i = 0; i < 500; i++) {
    const value = fromLogit(sign * u);
    const cdf = betaTails(value, a, b)[tail];
    if (cdf === p) break;
    if (cdf < p) low = u;
    else high = u;
    let next = u + Math.log(p / cdf) * cdf / leading(value.x, value.y, a, b);
    if (!(next > low && next < high)) {
      const step = 2 * (1 + Math.abs(u - start));
      next = low === -Infinity ? high - step : high === Infinity ? low + step : (low + high) / 2;
    }
    const change = Math.abs(next - u);
    u = next;
    if (change <= 2e-16 * Math.max(1, Math.abs(u))) break;
  }
  return fromLogit(sign * u);
}

/**
 * Probability of a value of Fisher's F above x, from 0, from the beta distribution (Abramowitz & Stegun
 * 26.6.2). As `pf(lower.tail = FALSE)` in R.
 *
 * @throws {RangeError} Where a number is outside its range.
 */
export function fUpperTail(x: number, df1: number, df2: number): number {
  const ratio = df1 * x / df2;
  const value = ratio === Infinity
    ? { x: 1, y: 0 }
    : { x: ratio / (1 + ratio), y: 1 / (1 + ratio) };
  return betaTails(value, df1 / 2, df2 / 2).upper;
}

/** The value that a share p of Fisher's F lies below. As `qf` in R; throws as {@link betaQuantile}. */
export function fQuantile(p: number, df1: number, df2: number): number {
  const { x, y } = betaQuantile(p, df1 / 2, df2 / 2);
  return x * df2 / (y * df1);
}

/**
 * The value that a share q of Student's t lies above (Abramowitz & Stegun 26.7.1). As
 * `qt(lower.tail = FALSE)` in R.
 *
 * @throws {RangeError} As {@link betaQuantile}.
 */
export function studentTUpperQuantile(q: number, df: number): number {
  if (q > 0.5) return -studentTUpperQuantile(1 - q, df);
  if (q === 0.5) return 0;
  // Near the middle 2q is close to 1, and what it lacks has the digits.
  const { x, y } = q > 0.25
    ? betaQuantile(1 - 2 * q, df / 2, 0.5, "upper")
    : betaQuantile(2 * q, df / 2, 0.5, "lower");
  return Math.sqrt(df * y / x);
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

function requireProbability(p: number): void {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`A probability is from 0 to 1: ${p}`);
}
