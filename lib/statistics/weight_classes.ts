/** People by weight: as raking and strata give them, weights have few different values. */
export interface WeightClasses {
  /** The number of each respondent's weight, from 1. */
  readonly numbers: Uint16Array;
  /** The weights by number; 0 stands for nobody. */
  readonly weights: Float64Array;
}

/** With more, whoever counts is better off adding up weights. */
const MOST = 1024;
/** Places in the table that finds a weight's number, a power of two. */
const PLACES = 4096;

/**
 * Numbers the different weights of a survey, so that people can be counted by them: a sum of weights
 * is then a sum of counts times weights.
 *
 * @param weights One per respondent, none of them NaN.
 * @returns null where there are too many different ones.
 */
export function weightClasses(weights: Float64Array): WeightClasses | null {
  const numbers = new Uint16Array(weights.length);
  const found = new Float64Array(MOST + 1);
  const table = new Uint16Array(PLACES);
  const halves = new Uint32Array(weights.buffer, weights.byteOffset, weights.length * 2);
  let size = 1;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    let place = Math.imul(halves[2 * i]! ^ halves[2 * i + 1]!, 0x9e3779b1) >>> 20;
    let number = table[place]!;
    while (number !== 0 && found[number] !== weight) {
      place = (place + 1) % PLACES;
      number = table[place]!;
    }
    if (number === 0) {
      if (size > MOST) return null;
      number = size++;
      found[number] = weight;
      table[place] = number;
    }
    numbers[i] = number;
  }
  return { numbers, weights: found.slice(0, size) };
}
