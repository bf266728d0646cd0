import { invert } from "../matrix.ts";

/**
 * Variance inflation factors: how many times larger a coefficient's variance is for what its column
 * has in common with the others. 1 is none; above 5 or 10 the columns can hardly be told apart.
 *
 * The diagonal of the inverse of the columns' correlations, 1/(1 − R²). In R: `car::vif`.
 *
 * @param x By covariate pattern and, within it, by column.
 * @param people How many people have each pattern.
 * @returns One factor per column, or null where a column follows from the others or does not vary.
 * @throws {RangeError} Where there are fewer than two people, or a number is missing or not finite.
 */
export function varianceInflation(x: Float64Array, people: Float64Array): number[] | null {
  const total = people.reduce((a, b) => a + b, 0);
  if (!(total >= 2)) throw new RangeError(`${total} people; variances need two`);
  const columns = x.length / people.length;
  if (!Number.isInteger(columns) || !x.every(Number.isFinite)) {
    throw new RangeError(`${x.length} numbers are not finite ones of ${people.length} patterns`);
  }
  const roots = people.map(Math.sqrt);
  const vectors = Array.from({ length: columns }, (_, j) => {
    const values = new Float64Array(people.length);
    for (let i = 0; i < values.length; i++) values[i] = x[i * columns + j]!;
    const mean = product(values, people) / total;
    for (let i = 0; i < values.length; i++) values[i] = roots[i]! * (values[i]! - mean);
    const length = Math.sqrt(product(values, values));
    for (let i = 0; i < values.length; i++) values[i]! /= length;
    return length > 1e-12 * Math.abs(mean) * Math.sqrt(total) ? values : null;
  }).filter((column) => column !== null);
  if (vectors.length < columns) return null;
  const correlations = vectors.map((a) => vectors.map((b) => product(a, b)));
  return invert(correlations)?.map((row, j) => row[j]!) ?? null;
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
