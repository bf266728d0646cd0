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
export function stirlingError(n: number): number {
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
export function halfDeviance(x: number, m: number, difference = x - m): number {
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
export function requireShape(shape: number): void {
  if (shape > 0 && shape < Infinity) return;
  throw new RangeError(`Degrees of freedom, or a shape, must be above 0 and finite: ${shape}`);
}
