import { type Random, shuffled } from "./random.ts";

/**
 * Hands out a whole number of people in proportion to weights (largest remainders, also known as
 * Hamilton's method). Weights that already add up to the total come back unchanged.
 *
 * @param total Number of people, at least 0.
 * @param weights Not negative. Where all are 0, everyone is given to the first.
 * @returns Whole numbers, as many as weights, that add up to `total`.
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const all = sum(weights);
  if (all === 0) return weights.map((_, i) => (i === 0 ? total : 0));
  const exact = weights.map((weight) => (total * weight) / all);
  const counts = exact.map(Math.floor);
  const remainder = (i: number) => exact[i]! - Math.floor(exact[i]!);
  const order = [...weights.keys()].sort((i, j) => remainder(j) - remainder(i) || i - j);
  for (const i of order.slice(0, total - sum(counts))) counts[i]!++;
  return counts;
}

/**
 * Moves people into (or out of) some categories, row by row of a table of counts. Everyone in a row
 * stays in that row; within the set and outside it the categories keep their proportions.
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
  const outside = sizes.map((size, r) => size - inside[r]!);
  const wanted = Math.round((sum(sizes) * points) / 100);
  const move = Math.max(-sum(inside), Math.min(sum(outside), wanted));
  // Rows give in proportion to what they have to give, so no count falls below 0.
  const moves = apportion(Math.abs(move), move > 0 ? outside : inside);
  return rows.map((row, r) => {
    const set = inside[r]! + Math.sign(move) * moves[r]!;
    const part = (want: boolean, total: number) => {
      const weights = row.map((n, i) => (inSet[i] === want ? n : 0));
      // Nobody there to follow: everyone who moves is spread evenly.
      const even = inSet.map((is) => (is === want ? 1 : 0));
      return apportion(total, sum(weights) > 0 ? weights : even);
    };
    const [own, rest] = [part(true, set), part(false, sizes[r]! - set)];
    return row.map((_, i) => (inSet[i] ? own[i]! : rest[i]!));
  });
}

/**
 * Gives every person of a group a category so that exactly the wanted numbers come out: people are
 * sorted by score, and the first category goes to those with the highest. People who "don't know" are
 * drawn at random first.
 *
 * @param counts How many get each category, in order; they add up to the number of people.
 * @param dontKnow Position of "don't know" among the categories, or -1.
 * @returns Pairs of person and position of the category.
 * @throws {RangeError} If the counts do not add up.
 */
export function rankAndCut(
  people: readonly number[],
  score: (person: number) => number,
  counts: readonly number[],
  dontKnow: number,
  random: Random,
): [person: number, category: number][] {
  if (sum(counts) !== people.length) {
    throw new RangeError(`Counts for ${sum(counts)} people, but the group has ${people.length}`);
  }
  const drawn = shuffled(people, random);
  const unknowing = drawn.splice(0, counts[dontKnow] ?? 0);
  const sorted = drawn.sort((a, b) => score(b) - score(a) || a - b);
  return counts.flatMap((count, category) =>
    (category === dontKnow ? unknowing : sorted.splice(0, count))
      .map((person): [number, number] => [person, category])
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
