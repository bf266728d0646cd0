const TINY = 1e-9;

/** Least and greatest value of Σ c·x over x ≥ 0 with A·x = b, by the simplex method. */
export interface LinearProgram {
  range(objective: readonly number[]): [low: number, high: number];
}

/**
 * Finds a first vertex of {x ≥ 0: A·x = b}; each range goes on from the last one found.
 *
 * @param rows The rows of A with b as their last number. Rows may depend on each other.
 * @throws {RangeError} Where no x fulfils them all.
 */
export function linearProgram(rows: readonly (readonly number[])[], size: number): LinearProgram {
  const last = size + rows.length;
  // Each row gets a variable of its own, which phase one drives out.
  let table = rows.map((row, i) => {
    const sign = row[size]! < 0 ? -1 : 1;
    const line = new Float64Array(last + 1);
    for (let j = 0; j < size; j++) line[j] = sign * row[j]!;
    line[size + i] = 1;
    line[last] = sign * row[size]!;
    return line;
  });
  const basis = rows.map((_, i) => size + i);
  const spare = new Float64Array(last + 1);
  for (const line of table) for (let j = 0; j <= last; j++) spare[j]! -= line[j]!;
  for (let i = 0; i < rows.length; i++) spare[size + i] = 0;
  minimise(table, basis, spare, last);
  if (spare[last]! < -1e-6) throw new RangeError("Nothing fulfils all that is shown");
  // A variable of a row that is still there is 0: put another in its place, or drop the row.
  for (let i = 0; i < table.length; i++) {
    if (basis[i]! < size) continue;
    let enter = 0;
    while (enter < size && Math.abs(table[i]![enter]!) < 1e-7) enter++;
    if (enter < size) pivot(table, basis, null, i, enter, last);
  }
  const keep = basis.map((column) => column < size);
  table = table.filter((_, i) => keep[i]);
  basis.splice(0, basis.length, ...basis.filter((column) => column < size));
  const narrow = table.map((line) => Float64Array.from([...line.slice(0, size), line[last]!]));
  return {
    range(objective) {
      const [low, high] = [1, -1].map((sign) => {
        const costs = Float64Array.from({ length: size + 1 }, (_, j) => sign * (objective[j] ?? 0));
        for (const [i, column] of basis.entries()) {
          const cost = costs[column]!;
          if (cost !== 0) { for (let j = 0; j <= size; j++) costs[j]! -= cost * narrow[i]![j]!; }
        }
        minimise(narrow, basis, costs, size);
        return -sign * costs[size]!;
      });
      return [low!, high!];
    },
  };
}

/** Bland's rule: slow and never in circles. */
function minimise(table: Float64Array[], basis: number[], costs: Float64Array, last: number): void {
  for (;;) {
    let enter = 0;
    while (enter < last && costs[enter]! >= -TINY) enter++;
    if (enter === last) return;
    let leave = -1;
    let least = Infinity;
    for (const [i, line] of table.entries()) {
      if (line[enter]! <= TINY) continue;
      const ratio = line[last]! / line[enter]!;
      if (ratio < least - TINY || (ratio < least + TINY && basis[i]! < basis[leave]!)) {
        leave = i;
        least = Math.min(least, ratio);
      }
    }
    if (leave < 0) throw new RangeError("Without an end: what is shown bounds every count");
    pivot(table, basis, costs, leave, enter, last);
  }
}

function pivot(
  table: Float64Array[],
  basis: number[],
  costs: Float64Array | null,
  leave: number,
  enter: number,
  last: number,
): void {
  const line = table[leave]!;
  const by = line[enter]!;
  for (let j = 0; j <= last; j++) line[j]! /= by;
  for (const other of costs ? [...table, costs] : table) {
    const factor = other[enter]!;
    if (other === line || factor === 0) continue;
    for (let j = 0; j <= last; j++) other[j]! -= factor * line[j]!;
    other[enter] = 0;
  }
  basis[leave] = enter;
}

/**
 * Whether a sum follows from equations alone: whether it is a sum of multiples of their left sides.
 *
 * @param rows As for {@link linearProgram}.
 */
export function spanOf(
  rows: readonly (readonly number[])[],
  size: number,
): (objective: readonly number[]) => boolean {
  const basis: { at: number; line: Float64Array }[] = [];
  const reduce = (row: readonly number[]) => {
    const line = Float64Array.from(row.slice(0, size));
    for (const { at, line: other } of basis) {
      const factor = line[at]!;
      if (factor !== 0) { for (let j = 0; j < size; j++) line[j]! -= factor * other[j]!; }
    }
    return line;
  };
  const largest = (line: Float64Array) =>
    line.reduce((at, value, j) => Math.abs(value) > Math.abs(line[at]!) ? j : at, 0);
  for (const row of rows) {
    const line = reduce(row);
    const at = largest(line);
    if (Math.abs(line[at]!) < 1e-7) continue;
    const by = line[at]!;
    basis.push({ at, line: line.map((value) => value / by) });
  }
  return (objective) => {
    const line = reduce(objective);
    return Math.abs(line[largest(line)]!) < 1e-7;
  };
}
