import { hashBytes, hashText } from "./hash_text.ts";
import { type IdOrder, joined, NO_ORDER, OrderOfIds } from "./id_order.ts";
import { Prefix } from "./prefix.ts";
import type { HashedBatch } from "./receiver.ts";
import { type CodedPage, type Levels, type PageSink, readIndices } from "./parquet_pages.ts";
import { plainTexts, type PlainType } from "./plain_texts.ts";

/** Takes the ids of one part of a Parquet file: a hash of each, see hash_text.ts. */
export class HashedIds implements PageSink {
  readonly hashes: Int32Array<ArrayBuffer>;
  /** How many ids begin with the prefix. */
  withPrefix = 0;
  readonly #decoder = new TextDecoder();
  readonly #prefix: Prefix;
  /** The hashes of the dictionary, and 1 for each of its texts that begins with the prefix. */
  #dictionary: { hashes: Int32Array; marked: Uint8Array; filled: Uint8Array } | null = null;
  #indices = new Int32Array(0);
  #row = 0;
  /** The order of all ids so far, and of the dictionary's texts. */
  #order: IdOrder = new OrderOfIds().order;
  #ofDictionary: IdOrder = NO_ORDER;
  /** How many of those were read as rows, one after the other. */
  #read = 0;

  /**
   * @param filled Is set to 1 for each row with a text, even one of blanks only; null where nobody needs
   *   it.
   * @param room Memory for eight bytes for each row that is free again.
   */
  constructor(
    rows: number,
    private readonly prefix: string,
    private readonly filled: Uint8Array | null,
    room: ArrayBuffer | null = null,
  ) {
    this.hashes = room?.byteLength === 8 * rows
      ? new Int32Array(room).fill(0)
      : new Int32Array(2 * rows);
    this.#prefix = new Prefix(prefix);
  }

  get order(): IdOrder {
    this.#endDictionary();
    return this.#order;
  }

  /** Whether every row has an id. */
  get isComplete(): boolean {
    for (let i = 1; i < this.hashes.length; i += 2) if (this.hashes[i] === 0) return false;
    return true;
  }

  dictionary(count: number, page: DataView, type: PlainType): void {
    if (type !== "text") return this.dictionaryOf(plainTexts(count, page, type));
    if (!(count >= 0 && 4 * count <= page.byteLength)) {
      throw new RangeError(`${count} values in ${page.byteLength} bytes`);
    }
    const into = this.#begin(count);
    const { order } = this.#hashAll(page, count, null, 0, into.hashes, into.marked, into.filled);
    this.#ofDictionary = order;
  }

  dictionaryOf(texts: readonly (string | null)[]): void {
    this.#ofDictionary = NO_ORDER;
    const { hashes, marked, filled } = this.#begin(texts.length);
    texts.forEach((text, i) => {
      marked[i] = this.#hash(text ?? "", hashes, i);
      filled[i] = text ? 1 : 0;
    });
  }

  coded(page: CodedPage): void {
    const { count, present, levels } = page;
    const { hashes, marked, filled } = this.#dictionary ?? this.#begin(0);
    if (this.#indices.length < present) this.#indices = new Int32Array(present);
    const indices = this.#indices.subarray(0, present);
    readIndices(page, indices);
    if (indices.some((index) => index >= marked.length)) {
      throw new RangeError("A value is not in the dictionary");
    }
    if (this.#read < 0 || !isCounting(indices, this.#read)) this.#order = NO_ORDER;
    else this.#read += present;
    for (let i = 0, k = 0; i < count; i++) {
      if (levels?.[i] === 0) continue;
      const index = indices[k++]!;
      const row = this.#row + i;
      this.hashes[2 * row] = hashes[2 * index]!;
      this.hashes[2 * row + 1] = hashes[2 * index + 1]!;
      this.withPrefix += marked[index]!;
      if (this.filled && filled[index]) this.filled[row] = 1;
    }
    this.#row += count;
  }

  plain(count: number, page: DataView, type: PlainType, levels: Levels): void {
    if (type !== "text") {
      const present = levels ? levels.reduce((sum, level) => sum + level, 0) : count;
      const texts = plainTexts(present, page, type);
      let k = 0;
      this.texts(Array.from({ length: count }, (_, i) => levels?.[i] === 0 ? null : texts[k++]!));
      return;
    }
    const { hashes, filled } = this;
    const found = this.#hashAll(page, count, levels, this.#row, hashes, null, filled);
    this.withPrefix += found.withPrefix;
    this.#endDictionary();
    this.#order = joined(this.#order, found.order);
    this.#row += count;
  }

  texts(texts: readonly (string | null)[]): void {
    this.#order = NO_ORDER;
    for (const text of texts) {
      this.withPrefix += this.#hash(text ?? "", this.hashes, this.#row);
      if (text && this.filled) this.filled[this.#row] = 1;
      this.#row++;
    }
  }

  /** Ids that stand in a dictionary are known to ascend where they are read as they stand there. */
  #endDictionary() {
    if (this.#read > 0) {
      const isWhole = this.#read === this.#dictionary?.marked.length;
      this.#order = joined(this.#order, isWhole ? this.#ofDictionary : NO_ORDER);
    }
    // Whoever refers to the dictionary after that goes back.
    this.#read = -1;
  }

  #begin(count: number) {
    this.#endDictionary();
    this.#read = 0;
    return this.#dictionary = {
      hashes: new Int32Array(2 * count),
      marked: new Uint8Array(count),
      filled: new Uint8Array(count),
    };
  }

  /** Hashes a text. @returns 1 where it begins with the prefix, otherwise 0. */
  #hash(value: string, into: Int32Array, row: number): number {
    const text = value.trim();
    hashText(text, into, 2 * row);
    return text !== "" && text.startsWith(this.prefix) ? 1 : 0;
  }

  /**
   * Hashes texts that stand one after the other, each behind its length in four bytes.
   *
   * @param marked Is set to 1 for each that begins with the prefix, `filled` for each that is not empty.
   * @returns How many begin with the prefix, and the order of all.
   */
  #hashAll(
    page: DataView,
    count: number,
    levels: Levels,
    first: number,
    into: Int32Array,
    marked: Uint8Array | null,
    filled: Uint8Array | null,
  ): HashedBatch {
    const order = new OrderOfIds();
    const bytes = new Uint8Array(page.buffer, page.byteOffset, page.byteLength);
    let [at, sum] = [0, 0];
    for (let i = 0; i < count; i++) {
      if (levels !== null && levels[i] === 0) continue;
      const row = first + i;
      const from = at + 4;
      at = from + page.getUint32(at, true);
      if (at > page.byteLength) throw new RangeError("A text is cut off");
      if (at === from) continue;
      if (filled !== null) filled[row] = 1;
      let begins = 0;
      // Behind the last there may be nothing that could be read with it.
      const isLast = at + 4 > page.byteLength;
      const view = isLast ? withSlack(bytes.subarray(from, at)) : page;
      const start = isLast ? 0 : from;
      if (hashBytes(view, start, start + at - from, into, 2 * row)) {
        begins = this.#prefix.isAt(view, start, start + at - from) ? 1 : 0;
        order.next(view, start, start + at - from);
      } else {
        order.fail();
        begins = this.#hash(this.#decoder.decode(bytes.subarray(from, at)), into, row);
      }
      if (marked !== null) marked[row] = begins;
      sum += begins;
    }
    return { withPrefix: sum, order: order.order };
  }
}

/** Whether numbers go on one by one. */
function isCounting(numbers: Int32Array, from: number): boolean {
  for (let i = 0; i < numbers.length; i++) if (numbers[i] !== from + i) return false;
  return true;
}

/** Bytes with four more behind them. */
function withSlack(bytes: Uint8Array): DataView {
  const copy = new Uint8Array(bytes.length + 4);
  copy.set(bytes);
  return new DataView(copy.buffer);
}
