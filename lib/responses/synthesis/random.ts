/** A source of random numbers that gives the same ones at every run and on every machine. */
export interface Random {
  /** The next number, evenly spread over 0 (included) to 1 (excluded). */
  uniform(): number;
  /** The next normal deviate: mean 0, variance 1. */
  normal(): number;
}

/**
 * Makes one stream of random numbers for a seed and a name.
 *
 * Every variable draws from a stream of its own, so that changing one leaves the others as they
 * are. The generator is sfc32 of Chris Doty-Humphrey's PractRand (128 bits of state, 32-bit integer
 * steps only). Normal deviates are sums of twelve uniform ones minus 6 (Irwin-Hall): additions
 * alone give the same bits everywhere, which logarithms and cosines need not.
 *
 * @param seed Any integer.
 * @param name What the numbers are for.
 */
export function randomStream(seed: number, name: string): Random {
  let [a, b, c, counter] = [seed | 0, hash(name), hash(`${seed}/${name}`), 1];
  const next = () => {
    const t = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t | 0;
    return t >>> 0;
  };
  // PractRand runs the state on before the first number is used, so that near seeds part ways.
  for (let i = 0; i < 20; i++) next();
  const uniform = () => next() / 2 ** 32;
  const normal = () => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += uniform();
    return sum;
  };
  return { uniform, normal };
}

/** FNV-1a, 32 bits: a name as an integer. */
function hash(name: string): number {
  const bytes = new TextEncoder().encode(name);
  return bytes.reduce((h, byte) => Math.imul(h ^ byte, 0x01000193), 0x811c9dc5) | 0;
}

/** A shuffled copy (Fisher-Yates). */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(random.uniform() * (i + 1));
    [copy[i], copy[j]] = [copy[j]!, copy[i]!];
  }
  return copy;
}

/**
 * Draws correlated normal deviates: independent ones times the Cholesky factor of the wanted
 * correlation matrix (Golub and Van Loan, Matrix Computations, section 4.2).
 *
 * @param correlations A symmetric positive definite matrix with 1 on the diagonal.
 * @returns One array per row of the matrix, one number per person.
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
      latents[i]![person] = row.reduce((sum, value, j) => sum + value * independent[j]!, 0);
    });
  }
  return latents;
}

function cholesky(matrix: readonly (readonly number[])[]): number[][] {
  const factor: number[][] = [];
  for (const [i, row] of matrix.entries()) {
    const made: number[] = [];
    factor.push(made);
    for (let j = 0; j <= i; j++) {
      let rest = row[j]!;
      for (let k = 0; k < j; k++) rest -= made[k]! * factor[j]![k]!;
      if (j === i && !(rest > 0)) {
        throw new RangeError(`The correlations are not positive definite (row ${i + 1})`);
      }
      made.push(j === i ? Math.sqrt(rest) : rest / factor[j]![j]!);
    }
  }
  return factor;
}
