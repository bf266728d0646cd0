/** A small dense matrix, row by row. */
export type Matrix = number[][];

export function transpose(a: readonly (readonly number[])[]): Matrix {
  return (a[0] ?? []).map((_, j) => a.map((row) => row[j]!));
}

export function multiply(a: Matrix, b: Matrix): Matrix {
  return a.map((row) =>
    (b[0] ?? []).map((_, j) => row.reduce((sum, value, k) => sum + value * b[k]![j]!, 0))
  );
}

export function trace(a: Matrix): number {
  return a.reduce((sum, row, i) => sum + row[i]!, 0);
}

/**
 * X with A·X = B, for a symmetric A with only eigenvalues above 0, by Cholesky's A = L·Lᵀ.
 *
 * @returns X, or null where A is not such a matrix to double precision.
 */
export function solve(a: Matrix, b: Matrix): Matrix | null {
  const size = a.length;
  const lower: Matrix = a.map((row) => row.map(() => 0));
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = a[i]![j]!;
      for (let k = 0; k < j; k++) rest -= lower[i]![k]! * lower[j]![k]!;
      if (i === j) {
        // What is left of a diagonal after rounding is no pivot.
        if (!(rest > 1e-13 * Math.abs(a[i]![i]!))) return null;
        lower[i]![i] = Math.sqrt(rest);
      } else lower[i]![j] = rest / lower[j]![j]!;
    }
  }
  const x = b.map((row) => [...row]);
  for (let column = 0; column < (b[0]?.length ?? 0); column++) {
    for (let i = 0; i < size; i++) {
      for (let k = 0; k < i; k++) x[i]![column]! -= lower[i]![k]! * x[k]![column]!;
      x[i]![column]! /= lower[i]![i]!;
    }
    for (let i = size - 1; i >= 0; i--) {
      for (let k = i + 1; k < size; k++) x[i]![column]! -= lower[k]![i]! * x[k]![column]!;
      x[i]![column]! /= lower[i]![i]!;
    }
  }
  return x;
}

/** A⁻¹ of such a matrix, or null. */
export function invert(a: Matrix): Matrix | null {
  return solve(a, a.map((_, i) => a.map((_, j) => i === j ? 1 : 0)));
}

/**
 * The places of columns that follow from those before them, from their sums of squares and products
 * XᵀWX: of which sweeping those out leaves nothing.
 */
export function dependentColumns(products: Matrix): number[] {
  const left = products.map((row) => [...row]);
  return left.flatMap((row, j) => {
    if (!(row[j]! > 1e-12 * products[j]![j]!)) return [j];
    for (let i = j + 1; i < left.length; i++) {
      const share = left[i]![j]! / row[j]!;
      if (share !== 0) { for (let k = j; k < left.length; k++) left[i]![k]! -= share * row[k]!; }
    }
    return [];
  });
}
