/** The beginning of texts, compared by bytes of UTF-8, four at a time. */
export class Prefix {
  readonly #length: number;
  readonly #words: Int32Array;
  /** The bytes of each word that count. */
  readonly #masks: Int32Array;

  constructor(text: string) {
    const bytes = new TextEncoder().encode(text);
    this.#length = bytes.length;
    const words = Math.ceil(bytes.length / 4);
    const [all, masks] = [new Uint8Array(4 * words), new Uint8Array(4 * words)];
    all.set(bytes);
    masks.fill(255, 0, bytes.length);
    this.#words = wordsOf(all);
    this.#masks = wordsOf(masks);
  }

  /**
   * Whether bytes begin with it.
   *
   * @param view Three more bytes than asked for can be read.
   */
  isAt(view: DataView, from: number, end: number): boolean {
    if (end - from < this.#length) return false;
    const words = this.#words;
    const masks = this.#masks;
    for (let k = 0; k < words.length; k++) {
      if ((view.getInt32(from + 4 * k, true) & masks[k]!) !== words[k]) return false;
    }
    return true;
  }
}

function wordsOf(bytes: Uint8Array<ArrayBuffer>): Int32Array {
  const view = new DataView(bytes.buffer);
  return Int32Array.from({ length: bytes.length / 4 }, (_, k) => view.getInt32(4 * k, true));
}
