import type { Random } from "./random.ts";

/**
 * Draws correlated normal deviates: independent ones times the Cholesky factor of the wanted
 * correlation matrix (Golub and Van Loan, Matrix Computations, section 4.2).
 *
 * @param correlations A symmetric positive definite matrix with 1 on the diagonal.
 * @param people How many to draw.
 * @param random The stream to draw from.
 * @returns One array per latent, one number per person.
 * @throws {RangeError} If the matrix is not positive definite.
 */
export function drawLatents(
  correlations: readonly (readonly number[])[],
  people: number,
  random: Random,
): Float64Array[] {
  const factor = cholesky(correlations);
  const latents = factor.map(() => new Float64Array(people));
  for (let person = 0; person < people; person++) {
    const independent = factor.map(() => random.normal());
    factor.forEach((row, i) => {
      let value = 0;
      for (let j = 0; j <= i; j++) {
        value += (row[j] ?? 0) * (independent[j] ?? 0);
      }
      (latents[i] as Float64Array)[person] = value;
    });
  }
  return latents;
}

function cholesky(matrix: readonly (readonly number[])[]): number[][] {
  const factor: number[][] = [];
  for (const [i, row] of matrix.entries()) {
    const made: number[] = [];
    for (let j = 0; j <= i; j++) {
      const above = j === i ? made : (factor[j] as number[]);
      let rest = row[j] ?? 0;
      for (let k = 0; k < j; k++) rest -= (made[k] ?? 0) * (above[k] ?? 0);
      if (j === i && !(rest > 0)) {
        throw new RangeError(
          `The correlations are not positive definite (row ${i + 1})`,
        );
      }
      made.push(j === i ? Math.sqrt(rest) : rest / (above[j] ?? 1));
    }
    factor.push(made);
  }
  return factor;
}
