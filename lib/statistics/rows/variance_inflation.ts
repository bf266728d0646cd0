import { invert } from "../matrix.ts";

/**
 * Variance inflation factors: how many times larger a coefficient's variance is for what its column
 * has in common with the others. 1 is none; above 5 or 10 the columns can hardly be told apart.
 * Needs rows.
 *
 * The diagonal of the inverse of the columns' correlations, 1/(1 − R²). In R: `car::vif`.
 *
 * @param x One row per person, one number per column.
 * @returns One factor per column, or null where a column follows from the others or does not vary.
 * @throws {RangeError} Where there are fewer than two rows, or a number is missing or not finite.
 */
export function varianceInflation(x: readonly (readonly number[])[]): number[] | null {
  const columns = x[0]?.length ?? 0;
  if (x.length < 2) throw new RangeError(`${x.length} rows; variances need two`);
  x.forEach((row, i) => {
    if (row.length !== columns || !row.every(Number.isFinite)) {
      throw new RangeError(`Row ${i + 1} has not ${columns} finite numbers: ${row.join(", ")}`);
    }
  });
  const standard = Array.from({ length: columns }, (_, j) => {
    const values = x.map((row) => row[j]!);
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const centred = values.map((value) => value - mean);
    const length = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0));
    return length > 1e-12 * Math.abs(mean) * Math.sqrt(values.length)
      ? centred.map((value) => value / length)
      : null;
  });
  const vectors = standard.filter((column) => column !== null);
  if (vectors.length < columns) return null;
  const correlations = vectors.map((a) =>
    vectors.map((b) => a.reduce((sum, value, i) => sum + value * b[i]!, 0))
  );
  return invert(correlations)?.map((row, j) => row[j]!) ?? null;
}
