type Values = Uint8Array | Uint16Array | Int32Array | Float64Array;

/** Memory for the values of many columns, one behind the other, that goes from thread to thread as one. */
export class PackedValues {
  #used = 0;

  /** @param buffer Memory to begin with. */
  constructor(public buffer: ArrayBuffer) {}

  /**
   * Adds values.
   *
   * @param asBytes Whether they are numbers of a byte each, in whatever array they are.
   * @returns Where they begin.
   */
  add(values: Values, asBytes = false): number {
    const at = this.#used;
    const end = at + (asBytes ? values.length : values.byteLength);
    if (end > this.buffer.byteLength) {
      const larger = new ArrayBuffer(Math.max(2 ** 16, Math.ceil(1.5 * end)));
      new Uint8Array(larger).set(new Uint8Array(this.buffer, 0, at));
      this.buffer = larger;
    }
    if (asBytes) new Uint8Array(this.buffer, at, values.length).set(values);
    else {
      const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
      new Uint8Array(this.buffer, at, bytes.length).set(bytes);
    }
    // Whatever follows may have numbers of eight bytes.
    this.#used = Math.ceil(end / 8) * 8;
    return at;
  }
}
