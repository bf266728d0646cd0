/**
 * P-values adjusted for the number of tests made together: of those below 0.05 at most 5 in 100 are wrong,
 * on average. Null is no test, and stays null. In R: `p.adjust(p, "BH")`.
 * Source: Y. Benjamini & Y. Hochberg (1995), JRSS B 57, 289–300. Assumes independent or positively
 * dependent tests.
 *
 * @throws {RangeError} Where a p-value is no probability.
 */
export function benjaminiHochberg(pValues: readonly (number | null)[]): (number | null)[] {
  const order = pValues
    .flatMap((p, i) => p === null ? [] : [{ p, i }])
    .sort((a, b) => b.p - a.p);
  const adjusted: (number | null)[] = pValues.map(() => null);
  let least = 1;
  order.forEach(({ p, i }, k) => {
    if (!(p >= 0 && p <= 1)) throw new RangeError(`A p-value is from 0 to 1: ${p}`);
    least = Math.min(least, p * (order.length / (order.length - k)));
    adjusted[i] = least;
  });
  return adjusted;
}
