/**
 * Hands out a whole number of people in proportion to weights (largest remainders, also known as
 * Hamilton's method). Weights that already add up to the total come back unchanged.
 *
 * @param total Number of people, at least 0.
 * @param weights Not negative. Where all are 0, everyone is given to the first.
 * @returns Whole numbers, as many as weights, that add up to `total`.
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum === 0) return weights.map((_, i) => (i === 0 ? total : 0));
  const exact = weights.map((weight) => (total * weight) / sum);
  const counts = exact.map(Math.floor);
  const left = total - counts.reduce((a, b) => a + b, 0);
  const remainder = (i: number) => (exact[i] ?? 0) - (counts[i] ?? 0);
  const order = weights.map((_, i) => i)
    .sort((i, j) => remainder(j) - remainder(i) || i - j);
  for (const i of order.slice(0, left)) counts[i] = (counts[i] ?? 0) + 1;
  return counts;
}
