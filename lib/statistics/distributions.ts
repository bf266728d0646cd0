/*
 * The standard normal distribution to full double precision in both tails.
 *
 * Near the middle the power series of G. Marsaglia (2004), Evaluating the normal distribution,
 * Journal of Statistical Software 11(4); in the tails Laplace's continued fraction of Mills' ratio
 * (Abramowitz & Stegun 26.2.14). The quantile is Newton's method on these. As `pnorm` and `qnorm`
 * in R, which the tests compare with.
 */

/** From here on the continued fraction converges fast; below, the series loses no digits. */
const TAIL = 2;
const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

/**
 * Probability of a value above x, exact however far out; below x it is `normalUpperTail(-x)`.
 *
 * @throws {RangeError} Where x is not a number.
 */
export function normalUpperTail(x: number): number {
  if (Number.isNaN(x)) throw new RangeError("A normal value must be a number");
  if (x < 0) return x < -TAIL ? 1 - normalUpperTail(-x) : 0.5 + middle(-x);
  if (x < TAIL) return 0.5 - middle(x);
  // Above 38.6 the tail is below the smallest double.
  return x > 40 ? 0 : density(x) * millsRatio(x);
}

/** The value that a share p of the distribution lies below; throws as {@link normalUpperQuantile}. */
export function normalQuantile(p: number): number {
  return p < 0.5 ? -normalUpperQuantile(p) : normalUpperQuantile(1 - p);
}

/**
 * The value that a share q of the distribution lies above.
 *
 * @param q 0 to 1; the ends give Infinity and -Infinity.
 * @throws {RangeError} Where q is outside 0 to 1.
 */
export function normalUpperQuantile(q: number): number {
  requireProbability(q);
  if (q > 0.5) return -normalUpperQuantile(1 - q);
  if (q === 0.5) return 0;
  if (q === 0) return Infinity;
  // Both equations are convex or concave, so Newton's steps from these starts never overshoot.
  const isMiddle = q > 0.1;
  const logTail = Math.log(q);
  let x = isMiddle ? (0.5 - q) * ROOT_TWO_PI : Math.sqrt(-2 * logTail);
  for (let i = 0; i < 100; i++) {
    const ratio = x < TAIL ? normalUpperTail(x) / density(x) : millsRatio(x);
    const change = isMiddle
      ? (0.5 - q - middle(x)) / density(x)
      : (Math.log(ratio / ROOT_TWO_PI) - x * x / 2 - logTail) * ratio;
    x += change;
    if (Math.abs(change) <= 1e-15 * Math.abs(x)) break;
  }
  return x;
}

function density(x: number): number {
  // exp(-x²/2) from a short and a small factor: a rounded x² would cost digits far out.
  const short = Math.round(x * 16) / 16;
  return Math.exp(-short * short / 2) *
    Math.exp(-(x - short) * (x + short) / 2) / ROOT_TWO_PI;
}

/** Probability between 0 and x, for x from 0: φ(x)·(x + x³/3 + x⁵/3·5 + …). */
function middle(x: number): number {
  let term = x;
  let sum = x;
  for (let k = 3; term > sum * 1e-17; k += 2) {
    term *= x * x / k;
    sum += term;
  }
  return sum * density(x);
}

/** Upper tail over density, for x from 2: 1/(x + 1/(x + 2/(x + 3/(x + …)))). */
function millsRatio(x: number): number {
  // The number of terms is ample for 17 digits: at x = 2 it takes 120, and fewer above.
  let fraction = x;
  for (let k = Math.ceil(30 + 400 / x); k > 0; k--) fraction = x + k / fraction;
  return 1 / fraction;
}

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
  if (!(x >= 0)) throw new RangeError(`A value must be a number from 0: ${x}`);
  requireShape(df);
  if (x === 0) return 1;
  if (x === Infinity) return 0;
  const [a, value] = [df / 2, x / 2];
  // xᵃe⁻ˣ/Γ(a+1)
  const lead = Math.exp(-stirlingError(a) - halfDeviance(a, value)) / Math.sqrt(2 * Math.PI * a);
  if (value < Math.max(1, a)) {
    let term = 1;
    let sum = 1;
    for (let k = 1; term > sum * 1e-17; k++) {
      term *= value / (a + k);
      sum += term;
    }
    return 1 - lead * sum;
  }
  // Lentz's method; every partial denominator is above 0 here.
  let b = value + 1 - a;
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

/**
 * What Stirling's formula lacks: ln Γ(n+1) − (n + ½) ln n + n − ½ ln 2π, n above 0, whole or not. With
 * {@link halfDeviance} it makes gamma and binomial probabilities that keep their digits where Γ itself
 * overflows or cancels. Source: C. Loader (2000), Fast and accurate computation of binomial probabilities.
 */
function stirlingError(n: number): number {
  // The series is exact to the last digit from 15 on; below, step up to it.
  let steps = 0;
  let at = n;
  for (; at < 15; at++) steps += (at + 0.5) * Math.log1p(1 / at) - 1;
  const terms = [691 / 360360, 1 / 1188, 1 / 1680, 1 / 1260, 1 / 360, 1 / 12];
  return terms.reduce((rest, term) => term - rest / (at * at)) / at + steps;
}

/**
 * x·ln(x/m) + m − x without cancellation where x (from 0) is near m: half the deviance of a Poisson count
 * x with mean m.
 *
 * @param difference x − m, where the caller knows it with more digits.
 */
function halfDeviance(x: number, m: number, difference = x - m): number {
  if (x === 0) return m;
  const v = difference / (x + m);
  if (Math.abs(v) > 0.1) return x * Math.log(x / m) - difference;
  let sum = difference * v;
  let power = 2 * x * v;
  for (let k = 3;; k += 2) {
    power *= v * v;
    const next = sum + power / k;
    if (next === sum) return sum;
    sum = next;
  }
}

/** Refuses degrees of freedom (or a shape) that are not above 0 and finite. */
function requireShape(shape: number): void {
  if (shape > 0 && shape < Infinity) return;
  throw new RangeError(`Degrees of freedom, or a shape, must be above 0 and finite: ${shape}`);
}

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
