import { joint, type Pack } from "./pack.ts";
import { type WeightClasses, weightClasses } from "./weight_classes.ts";

/**
 * Packs by whose numbers people weigh the same, but for those that would have too many numbers.
 *
 * @param weights One per respondent.
 * @param inside 1 for each respondent in the domain, or null for everyone.
 * @param most The most numbers that pay.
 * @returns The packs in the same order; the codes of those that were given may be no longer theirs.
 */
export function weighPacks(
  packs: readonly Pack[],
  weights: Float64Array,
  inside: Uint8Array | null,
  most: number,
): Pack[] {
  let classes: WeightClasses | null | undefined;
  return packs.map((pack) => {
    const same = weightsByNumber(pack, weights);
    if (same !== null) return { ...pack, weights: same };
    if (classes === undefined) classes = weightClasses(weights);
    return classes && byWeight(pack, classes, inside, most) || pack;
  });
}

/**
 * What everybody with a number weighs, as where people were weighted by what was packed; null where
 * not everybody with it weighs the same.
 */
function weightsByNumber({ codes, size }: Pack, weights: Float64Array): Float64Array | null {
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

/** A pack by whose numbers people weigh the same, or null where that has too many numbers to pay. */
function byWeight(
  pack: Pack,
  { numbers, weights }: WeightClasses,
  inside: Uint8Array | null,
  most: number,
): Pack | null {
  const codes = inside ? numbers.map((number, i) => inside[i] === 0 ? 0 : number) : numbers;
  const placesOf = () => new Uint8Array(weights.length);
  const by = { columns: [], codes, size: weights.length, parts: [], placesOf };
  const joined = join(pack, by, most);
  if (joined === null) return null;
  return { ...joined, weights: Float64Array.from(joined.parts[1]!.numbers, (n) => weights[n]!) };
}

/**
 * Two packs as one, or null where that has more combinations than pay. The first one's codes become
 * the joint ones, since memory that was never used is slow; where it is null they are as before.
 */
function join(a: Pack, b: Pack, most: number): Pack | null {
  const combinations = a.size * b.size;
  if (combinations > 1 << 22) return null;
  const { codes } = a;
  const respondents = codes.length;
  const numbers = new Uint16Array(combinations);
  const met: number[] = [0];
  for (let i = 0; i < respondents; i++) {
    const place = codes[i]! * b.size + b.codes[i]!;
    let number = numbers[place]!;
    // Place 0 is outside in both.
    if (number === 0 && place !== 0) {
      if (met.length > most) {
        for (let j = 0; j < i; j++) codes[j] = Math.floor(met[codes[j]!]! / b.size);
        return null;
      }
      number = numbers[place] = met.length;
      met.push(place);
    }
    codes[i] = number;
  }
  const parts = [
    { pack: a, numbers: Uint16Array.from(met, (place) => Math.floor(place / b.size)) },
    { pack: b, numbers: Uint16Array.from(met, (place) => place % b.size) },
  ];
  return { ...joint(met.length, parts), codes };
}
