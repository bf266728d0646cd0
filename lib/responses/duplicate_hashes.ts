/** So many hashes are compared with each other at once: what they need fits in a processor's cache. */
const PART = 2 ** 14;

/**
 * Finds the hashes that stand there more than once, among any number of them in little more memory
 * than they take themselves: they are parted by their first bits, and each part is looked through by
 * itself.
 *
 * @param hashes Two numbers for each row; two zeros for none.
 * @param rows Number of rows.
 * @returns By the first number the second ones.
 */
export function duplicateHashes(hashes: Int32Array, rows: number): Map<number, Set<number>> {
  const bits = Math.max(0, Math.ceil(Math.log2(rows / PART)));
  const parted = bits > 0 ? part(hashes, rows, bits) : { hashes, ends: [rows] };
  const found = new Map<number, Set<number>>();
  let table = new Int32Array(0);
  let start = 0;
  for (const end of parted.ends) {
    const size = 2 ** Math.ceil(Math.log2(2 * Math.max(1, end - start)));
    if (table.length < size) table = new Int32Array(size);
    else table.fill(0, 0, size);
    look(parted.hashes, start, end, table, size - 1, found);
    start = end;
  }
  return found;
}

function part(hashes: Int32Array, rows: number, bits: number) {
  const shift = 32 - bits;
  const next = new Int32Array(2 ** bits);
  for (let row = 0; row < rows; row++) next[hashes[2 * row]! >>> shift]!++;
  let sum = 0;
  for (let i = 0; i < next.length; i++) {
    const count = next[i]!;
    next[i] = sum;
    sum += count;
  }
  const parted = new Int32Array(2 * rows);
  for (let row = 0; row < rows; row++) {
    const a = hashes[2 * row]!;
    const b = hashes[2 * row + 1]!;
    const at = next[a >>> shift]!++;
    parted[2 * at] = a;
    parted[2 * at + 1] = b;
  }
  return { hashes: parted, ends: next };
}

/** Looks through one part, with a table of positions by hash. */
function look(
  hashes: Int32Array,
  start: number,
  end: number,
  table: Int32Array,
  mask: number,
  found: Map<number, Set<number>>,
) {
  for (let row = start; row < end; row++) {
    const a = hashes[2 * row]!, b = hashes[2 * row + 1]!;
    if (b === 0) continue;
    let slot = b & mask;
    for (let other = table[slot]!; other !== 0; other = table[slot]!) {
      if (hashes[2 * other - 2] === a && hashes[2 * other - 1] === b) {
        found.set(a, (found.get(a) ?? new Set()).add(b));
        break;
      }
      slot = (slot + 1) & mask;
    }
    if (table[slot] === 0) table[slot] = row + 1;
  }
}
