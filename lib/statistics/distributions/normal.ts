/**
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
  if (!(q >= 0 && q <= 1)) throw new RangeError(`A probability is from 0 to 1: ${q}`);
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
