/** Longer values are rare, and are looked up as texts. */
const LONGEST = 64;
/** A column has so many places for its values, and is at most half full. */
const SLOTS = 512, SHIFT = 32 - 9;
/** Factors with their bits well mixed, for each of the first words. */
const FACTORS = [0x9e3779b1 | 0, 0x85ebca6b | 0, 0xc2b2ae35 | 0] as const;
const [FACTOR_A, FACTOR_B, FACTOR_C] = FACTORS;
/** So many bytes of a value stand in its entry, in words. */
export const HEAD = 12;
/** An entry: three words, the length, the place, and where its other words stand. */
const ENTRY = 6;
/** What is found holds the length in so many of its bits. */
const LENGTH_BITS = 7;

/** The place of a value in its column's dictionary, from what was found. */
export const placeIn = (found: number): number => found >> LENGTH_BITS;
/** The number of bytes of a value, from what was found. */
export const lengthIn = (found: number): number => found & ((1 << LENGTH_BITS) - 1);

/**
 * The values that were seen in each column so far, by their bytes: tells the place of one in the
 * column's dictionary without making a text of it.
 *
 * The first words of a value, filled up with zeros, tell it from others; of a longer one the other words
 * are compared too.
 */
export class KnownValues {
  /** By column and hash where a value's entry begins; 0 where there is none. */
  readonly #slots: Int32Array;
  #entries = new Int32Array(64 * ENTRY);
  #used = ENTRY;
  #words = new Int32Array(256);
  #usedWords = 0;
  /** How many values each column has. */
  readonly #stored: Uint16Array;

  constructor(columns: number) {
    this.#slots = new Int32Array(columns * SLOTS);
    this.#stored = new Uint16Array(columns);
  }

  /**
   * The place of a value that is no longer than {@link HEAD}; 0 where it is not known.
   *
   * @param a Its first word, filled up with zeros; and so for `b` and `c`.
   */
  find(column: number, a: number, b: number, c: number, length: number): number {
    const slots = this.#slots;
    const entries = this.#entries;
    const first = column * SLOTS;
    for (let slot = slotOf(a, b, c);; slot = (slot + 1) & (SLOTS - 1)) {
      const at = slots[first + slot]!;
      if (at === 0) return 0;
      if (
        ((entries[at]! ^ a) | (entries[at + 1]! ^ b) | (entries[at + 2]! ^ c) |
          (entries[at + 3]! ^ length)) === 0
      ) return entries[at + 4]!;
    }
  }

  /**
   * Finds a value that is longer, and ends before a byte.
   *
   * @param view The bytes.
   * @param a See {@link find}.
   * @param end The byte behind it.
   * @returns What is to be asked of {@link placeIn} and {@link lengthIn}; 0 where it is not known.
   */
  findLonger(
    column: number,
    view: DataView,
    from: number,
    a: number,
    b: number,
    c: number,
    end: number,
  ): number {
    const entries = this.#entries;
    const first = column * SLOTS;
    for (let slot = slotOf(a, b, c);; slot = (slot + 1) & (SLOTS - 1)) {
      const at = this.#slots[first + slot]!;
      if (at === 0) return 0;
      const length = entries[at + 3]!;
      if (
        length >= HEAD && entries[at] === a && entries[at + 1] === b && entries[at + 2] === c &&
        this.#isRest(at, view, from, length) && view.getUint8(from + length) === end
      ) return entries[at + 4]! << LENGTH_BITS | length;
    }
  }

  /** The place of a value of so many bytes; 0 where it is not known. */
  findOf(column: number, view: DataView, from: number, length: number): number {
    const a = wordOf(view, from, length);
    const b = wordOf(view, from + 4, length - 4);
    const c = wordOf(view, from + 8, length - 8);
    if (length <= HEAD) return this.find(column, a, b, c, length);
    const end = view.getUint8(from + length);
    const found = this.findLonger(column, view, from, a, b, c, end);
    return lengthIn(found) === length ? placeIn(found) : 0;
  }

  /**
   * Stores the place of a value that is not known, where it is not too long and there is room.
   *
   * @param view The bytes; four more than the value has can be read.
   */
  add(column: number, view: DataView, from: number, length: number, place: number): void {
    if (length > LONGEST || this.#stored[column]! >= SLOTS / 2) return;
    this.#stored[column]!++;
    const at = this.#used;
    this.#used += ENTRY;
    this.#entries = withRoom(this.#entries, this.#used);
    const entries = this.#entries;
    for (let k = 0; k < 3; k++) entries[at + k] = wordOf(view, from + 4 * k, length - 4 * k);
    entries[at + 3] = length;
    entries[at + 4] = place;
    entries[at + 5] = this.#usedWords;
    for (let k = HEAD; k < length; k += 4) {
      this.#words = withRoom(this.#words, this.#usedWords + 1);
      this.#words[this.#usedWords++] = wordOf(view, from + k, length - k);
    }
    const first = column * SLOTS;
    let slot = slotOf(entries[at]!, entries[at + 1]!, entries[at + 2]!);
    while (this.#slots[first + slot] !== 0) slot = (slot + 1) & (SLOTS - 1);
    this.#slots[first + slot] = at;
  }

  /** Forgets the values of a column. */
  forget(column: number): void {
    this.#stored[column] = 0;
    this.#slots.fill(0, column * SLOTS, (column + 1) * SLOTS);
  }

  /** Whether the other words of a value stand there too. */
  #isRest(at: number, view: DataView, from: number, length: number): boolean {
    if (from + length + 4 > view.byteLength) return false;
    const words = this.#words;
    let word = this.#entries[at + 5]!;
    let k = HEAD;
    for (; k + 4 <= length; k += 4) {
      if (words[word++] !== view.getInt32(from + k, true)) return false;
    }
    return k >= length || words[word] === wordOf(view, from + k, length - k);
  }
}

function slotOf(a: number, b: number, c: number): number {
  return (Math.imul(a, FACTOR_A) ^ Math.imul(b, FACTOR_B) ^ Math.imul(c, FACTOR_C)) >>> SHIFT;
}

/** The next word of a value that has so many bytes left, filled up with zeros. */
function wordOf(view: DataView, from: number, left: number): number {
  if (left <= 0) return 0;
  const word = view.getInt32(from, true);
  return left >= 4 ? word : word & ((1 << (8 * left)) - 1);
}

function withRoom(numbers: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  if (length <= numbers.length) return numbers;
  const larger = new Int32Array(2 * length);
  larger.set(numbers);
  return larger;
}
