import type { Pack } from "./pack.ts";

/**
 * What everybody with a number of a pack weighs, so that people can be counted by it: a sum of weights
 * is then a sum of counts times weights. So it is after raking, where the margins are packed.
 *
 * @param weights One per respondent, none of them NaN.
 * @returns A weight per number, 0 where it is nobody's; null where not everybody with one weighs the
 *   same.
 */
export function weightsByNumber(
  { codes, size }: Pick<Pack, "codes" | "size">,
  weights: Float64Array,
): Float64Array | null {
  const found = new Float64Array(size).fill(NaN);
  for (let i = 0; i < codes.length; i++) {
    const number = codes[i]!;
    const weight = weights[i]!;
    if (found[number] === weight || number === 0) continue;
    if (!Number.isNaN(found[number])) return null;
    found[number] = weight;
  }
  return found.map((weight) => Number.isNaN(weight) ? 0 : weight);
}
