/**
 * Pieces of gamma and binomial probabilities that keep their digits where Γ itself overflows or
 * cancels. Source: C. Loader (2000), Fast and accurate computation of binomial probabilities.
 */

/**
 * What Stirling's formula lacks: ln Γ(n+1) − (n + ½) ln n + n − ½ ln 2π.
 *
 * @param n Above 0, whole or not.
 */
export function stirlingError(n: number): number {
  // The series is exact to the last digit from 15 on; below, step up to it.
  let steps = 0;
  let at = n;
  for (; at < 15; at++) steps += (at + 0.5) * Math.log1p(1 / at) - 1;
  const square = at * at;
  const series = (1 / 12 - (1 / 360 -
        (1 / 1260 - (1 / 1680 - (1 / 1188 - 691 / 360360 / square) / square) /
              square) / square) / square) / at;
  return series + steps;
}

/**
 * x·ln(x/m) + m − x without cancellation where x is near m: half the deviance of a Poisson count x
 * with mean m.
 *
 * @param x From 0.
 * @param m Above 0.
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
