/** Longer values are rare, and are looked up as texts. */
const LONGEST = 64;
/** A column has so many places for its values, and is at most half full. */
const SLOTS = 512, SHIFT = 32 - 9;
/** A factor with its bits well mixed (2^32 divided by the golden ratio). */
export const MIX = 0x9e3779b1 | 0;

/**
 * The values that were seen in each column so far, by their bytes: tells the place of one in the
 * column's dictionary without making a text of it. Values are compared four bytes at a time.
 *
 * The hash of a value is `h = Math.imul(h ^ word, MIX)` over its words with the little end first, from
 * 0 on; the last is filled up with zeros, and is there even where nothing but zeros is in it.
 */
export class KnownValues {
  /** By column and hash the number of a value, plus one. */
  readonly #slots: Int32Array;
  #words = new Int32Array(4096);
  #used = 0;
  /** How many values each column has. */
  readonly #stored: Uint16Array;
  readonly #starts: number[] = [];
  readonly #lengths: number[] = [];
  readonly #places: number[] = [];

  constructor(columns: number) {
    this.#slots = new Int32Array(columns * SLOTS);
    this.#stored = new Uint16Array(columns);
  }

  /**
   * The place that was stored with a value; 0 where it is not known.
   *
   * @param view The bytes; four more than the value has can be read.
   * @param hash The hash of the words, see above.
   */
  find(column: number, view: DataView, from: number, length: number, hash: number): number {
    const slots = this.#slots;
    const first = column * SLOTS;
    for (let slot = hash >>> SHIFT;; slot = (slot + 1) & (SLOTS - 1)) {
      const value = slots[first + slot]! - 1;
      if (value < 0) return 0;
      if (this.#lengths[value] === length && this.#isAt(value, view, from, length)) {
        return this.#places[value]!;
      }
    }
  }

  /** Stores the place of a value that is not known, where it is not too long and there is room. */
  add(column: number, view: DataView, from: number, length: number, place: number): void {
    if (length > LONGEST || this.#stored[column]! >= SLOTS / 2) return;
    this.#stored[column]!++;
    const words = (length >> 2) + 1;
    if (this.#used + words > this.#words.length) {
      const larger = new Int32Array(2 * this.#words.length);
      larger.set(this.#words);
      this.#words = larger;
    }
    let hash = 0;
    for (let k = 0; k < words; k++) {
      const word = k < words - 1 ? view.getInt32(from + 4 * k, true) : lastWord(view, from, length);
      this.#words[this.#used + k] = word;
      hash = Math.imul(hash ^ word, MIX);
    }
    const first = column * SLOTS;
    let slot = hash >>> SHIFT;
    while (this.#slots[first + slot] !== 0) slot = (slot + 1) & (SLOTS - 1);
    this.#slots[first + slot] = this.#places.push(place);
    this.#starts.push(this.#used);
    this.#lengths.push(length);
    this.#used += words;
  }

  /** Forgets the values of a column. */
  forget(column: number): void {
    this.#stored[column] = 0;
    this.#slots.fill(0, column * SLOTS, (column + 1) * SLOTS);
  }

  #isAt(value: number, view: DataView, from: number, length: number): boolean {
    const words = this.#words;
    const start = this.#starts[value]!;
    const whole = length >> 2;
    for (let k = 0; k < whole; k++) {
      if (words[start + k] !== view.getInt32(from + 4 * k, true)) return false;
    }
    return words[start + whole] === lastWord(view, from, length);
  }
}

/** What is left of a value behind its whole words, filled up with zeros. */
function lastWord(view: DataView, from: number, length: number): number {
  const rest = length & 3;
  return rest === 0 ? 0 : view.getInt32(from + length - rest, true) & ((1 << (8 * rest)) - 1);
}
