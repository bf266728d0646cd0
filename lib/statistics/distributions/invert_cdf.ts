/**
 * Where a distribution function that rises from 0 to 1, and whose logarithm is concave, has the
 * value p: Newton's method on the logarithm, kept inside a bracket.
 *
 * Chi-square and beta have such distribution functions when taken over ln x and ln(x/(1−x)).
 *
 * @param p Above 0, below 1.
 * @param start A first guess.
 * @param at The distribution function and its slope.
 * @returns The place, to the last digits that a double of its size has.
 */
export function invertCdf(
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
