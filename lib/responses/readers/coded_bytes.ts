import { readBytes } from "./bit_runs.ts";
import type { CodedPage } from "./parquet_pages.ts";

/** Stands in a table for a number that no value of the dictionary has. */
export const BEYOND = 255;

/** For the values of pages where not everybody has one; such pages come one after the other. */
let memory = new Uint8Array(0);

/**
 * Reads a page's values as a byte each, 0 for rows without one.
 *
 * @param table By a value's number in the dictionary its byte, {@link BEYOND} behind the last: 256.
 * @throws {RangeError} If a number is beyond the dictionary.
 */
export function readCodedBytes(page: CodedPage, into: Uint8Array, table: Uint8Array): void {
  const { present, levels, indices, width } = page;
  if (levels !== null && memory.length <= present) memory = new Uint8Array(present + 1);
  const bytes = levels === null ? into : memory.subarray(0, present);
  if (width === 0) bytes.fill(table[0]!);
  else readBytes(indices, width, bytes, table);
  // To look for it in vain is much quicker than to compare every number.
  if (table.subarray(0, 1 << width).includes(BEYOND) && bytes.includes(BEYOND)) {
    throw new RangeError("A value is not in the dictionary");
  }
  if (levels !== null) spread(memory, levels, into);
}

/** Puts the bytes of those who have a value where they belong. */
function spread(bytes: Uint8Array, levels: Uint8Array, into: Uint8Array): void {
  for (let i = 0, k = 0; i < levels.length; i++) {
    // A processor cannot foresee who has none: that is worked out and not asked.
    const level = levels[i]!;
    into[i] = bytes[k]! & -level;
    k += level;
  }
}
