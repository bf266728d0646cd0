/** Factors of the two halves of a hash: odd, with their bits well mixed. */
const FACTOR_A = 0x9e3779b1 | 0, FACTOR_B = 0x85ebca6b | 0;

/** The highest bit of each byte of a word, and a blank and one more in each. */
const HIGHS = 0x80808080 | 0, BLANKS = 0x21212121;

/**
 * Hashes bytes to two numbers of 32 bits. Equal hashes are no proof of equal texts: whoever finds two
 * must look at the texts.
 *
 * @param view The bytes; up to three more than asked for can be read.
 * @param into Where the two go; never two zeros, which mean "no value".
 * @param at At which place of it.
 * @returns Whether all are letters of ASCII and none is a blank or a control character. If not, the
 *   text may have to be trimmed, or decoded, before it is hashed.
 */
export function hashBytes(
  view: DataView,
  from: number,
  end: number,
  into: Int32Array,
  at: number,
): boolean {
  const length = end - from;
  // One by one: until a function is compiled, to take a list apart costs more than the rest of it.
  let a = length;
  let b = ~length;
  let odd = 0;
  let i = from;
  for (; i + 4 <= end; i += 4) {
    const word = view.getInt32(i, true);
    odd |= word | ((word - BLANKS) & ~word);
    a = Math.imul(a ^ word, FACTOR_A);
    a = (a << 15) | (a >>> 17);
    b = Math.imul(((b << 9) | (b >>> 23)) ^ word, FACTOR_B);
  }
  if (i < end) {
    const filled = -1 << (8 * (end - i));
    const word = view.getInt32(i, true) & ~filled;
    const checked = word | (filled & BLANKS);
    odd |= checked | ((checked - BLANKS) & ~checked);
    a = Math.imul(a ^ word, FACTOR_A);
    b = Math.imul(((b << 9) | (b >>> 23)) ^ word, FACTOR_B);
  }
  into[at] = finish(a);
  // The second half alone tells whether there is a value.
  into[at + 1] = finish(b) || 1;
  return (odd & HIGHS) === 0;
}

/** Mixes the bits of half a hash, so that each depends on every byte (from MurmurHash3). */
function finish(half: number): number {
  let h = half;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Hashes a text as its letters in UTF-8; two zeros for an empty one. */
export function hashText(text: string, into: Int32Array, at: number): void {
  if (text === "") {
    into[at] = into[at + 1] = 0;
    return;
  }
  const bytes = new Uint8Array(3 * text.length + 4);
  const { written } = encoder.encodeInto(text, bytes);
  hashBytes(new DataView(bytes.buffer), 0, written, into, at);
}

const encoder = new TextEncoder();
