import type { Column } from "./column.ts";
import { requireLegal } from "./counts_of_bins.ts";

/** The codes that were found legal, with the number of categories: a survey's codes never change. */
const legal = new WeakMap<Uint8Array, number>();

/**
 * Refuses a column with a code that is none of its categories and neither "no answer" nor "not
 * asked". Four codes at a time, and once: every code of a survey passes here before it is counted.
 *
 * @throws {RangeError} With the first such code.
 */
export function requireLegalCodes(column: Column): void {
  const { codes, categories } = column;
  if (legal.get(codes) === categories.length) return;
  const isAligned = codes.byteOffset % 4 === 0 && categories.length < 127;
  const words = isAligned ? codes.length >> 2 : 0;
  let illegal = 0;
  if (words > 0) {
    const fours = new Int32Array(codes.buffer, codes.byteOffset, words);
    // One more than each code, in its own byte: "not asked" becomes 0 and the rest 1 to k + 1. What
    // is above then reaches the byte's highest bit.
    const rest = Math.imul(126 - categories.length, 0x01010101);
    for (let i = 0; i < words; i++) {
      const four = fours[i]!;
      const next = ((four & 0x7f7f7f7f) + 0x01010101) ^ (four & 0x80808080);
      illegal |= (((next & 0x7f7f7f7f) + rest) | 0) | next;
    }
    illegal &= 0x80808080;
  }
  for (let i = words * 4; i < codes.length; i++) {
    const code = codes[i]!;
    if (code > categories.length && code !== 255) illegal = 1;
  }
  if (illegal !== 0) requireLegal(column);
  legal.set(codes, categories.length);
}
