import { apportion } from "./apportion.ts";

/**
 * Moves people into (or out of) some categories, row by row of a table of counts.
 *
 * Everyone in a row stays in that row, so that whoever was asked is still asked; within the set and
 * outside it the categories keep their proportions.
 *
 * @param rows Counts, one row per group, one number per category.
 * @param inSet For each category, whether it belongs to the set.
 * @param points How far the set's share of all rows together moves, in percentage points. It stops
 *   at 0 and at 100 per cent.
 * @returns A new table with the same row sums.
 */
export function shiftCounts(
  rows: readonly (readonly number[])[],
  inSet: readonly boolean[],
  points: number,
): number[][] {
  const sizes = rows.map(sum);
  const inside = rows.map((row) => sum(row.filter((_, i) => inSet[i])));
  const everyone = sum(sizes);
  const wanted = Math.round((everyone * points) / 100);
  const move = Math.max(
    -sum(inside),
    Math.min(everyone - sum(inside), wanted),
  );
  // Rows give in proportion to what they have to give, so no count falls below 0.
  const toGive = move > 0 ? rows.map((_, r) => (sizes[r] ?? 0) - (inside[r] ?? 0)) : inside;
  const moves = apportion(Math.abs(move), toGive);
  return rows.map((row, r) => {
    const set = (inside[r] ?? 0) + Math.sign(move) * (moves[r] ?? 0);
    const part = (want: boolean, total: number) => {
      const weights = row.map((n, i) => (inSet[i] === want ? n : 0));
      // Nobody there to follow: everyone who moves is spread evenly.
      const even = row.map((_, i) => (inSet[i] === want ? 1 : 0));
      return apportion(total, sum(weights) > 0 ? weights : even);
    };
    const [a, b] = [part(true, set), part(false, (sizes[r] ?? 0) - set)];
    return row.map((_, i) => (inSet[i] ? a[i] : b[i]) ?? 0);
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
