/** What is known of the order of some ids that follow each other. */
export interface IdOrder {
  /** Whether each is behind the one before it: then none of them stands there twice. */
  readonly isAscending: boolean;
  /** The bytes of the first and the last of them; null where there is none. */
  readonly first: Uint8Array | null;
  readonly last: Uint8Array | null;
}

/** No order: ids that are not looked at. */
export const NO_ORDER: IdOrder = { isAscending: false, first: null, last: null };

/** Longer ids are not compared. */
const LONGEST = 64;

/**
 * Watches whether ids ascend, as those of most files do: shorter ones before longer ones, and those of
 * the same length by their bytes.
 */
export class OrderOfIds {
  #isAscending = true;
  #first: Uint8Array | null = null;
  /** Where the last one stands. */
  #view: DataView = new DataView(new ArrayBuffer(0));
  #from = 0;
  #length = 0;

  /**
   * Takes the next id.
   *
   * @param view The bytes; four more than the id has can be read, and they stay until {@link order} is asked for.
   */
  next(view: DataView, from: number, end: number): void {
    if (!this.#isAscending) return;
    const length = end - from;
    if (length > LONGEST) this.fail();
    else if (this.#first === null) this.#first = bytesOf(view, from, length);
    else if (
      length < this.#length ||
      (length === this.#length && !isBefore(this.#view, this.#from, view, from, length))
    ) this.fail();
    this.#view = view;
    this.#from = from;
    this.#length = length;
  }

  /** Tells of an id that cannot be compared with others. */
  fail(): void {
    this.#isAscending = false;
  }

  /** What is known of all. */
  get order(): IdOrder {
    if (!this.#isAscending) return NO_ORDER;
    const last = this.#first ? bytesOf(this.#view, this.#from, this.#length) : null;
    return { isAscending: true, first: this.#first, last };
  }
}

/** The order of ids and others that follow them. */
export function joined(a: IdOrder, b: IdOrder): IdOrder {
  if (!a.isAscending || !b.isAscending) return NO_ORDER;
  if (a.last === null || b.first === null) return a.last === null ? b : a;
  const isInOrder = a.last.length < b.first.length ||
    (a.last.length === b.first.length && isLess(a.last, b.first));
  return isInOrder ? { isAscending: true, first: a.first, last: b.last } : NO_ORDER;
}

function isLess(a: Uint8Array, b: Uint8Array): boolean {
  const at = a.findIndex((byte, i) => byte !== b[i]);
  return at >= 0 && a[at]! < b[at]!;
}

function bytesOf(view: DataView, from: number, length: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + from, length).slice();
}

/** Whether bytes are before others of the same number; four are compared at a time. */
function isBefore(a: DataView, i: number, b: DataView, k: number, length: number): boolean {
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    const x = a.getInt32(i + at, true);
    const y = b.getInt32(k + at, true);
    if (x !== y) return turned(x) < turned(y);
  }
  const rest = length - at;
  if (rest === 0) return false;
  const mask = (1 << (8 * rest)) - 1;
  return turned(a.getInt32(i + at, true) & mask) < turned(b.getInt32(k + at, true) & mask);
}

/** A word with its first byte in front, so that it is less where that is. */
function turned(word: number): number {
  const front = (word << 24) | ((word & 0xff00) << 8) | ((word >> 8) & 0xff00) | (word >>> 24);
  return front ^ LOWEST;
}

const LOWEST = 0x80000000 | 0;
