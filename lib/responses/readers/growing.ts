/** Bytes that are added to, whose number is not known before the end. */
export class GrowingBytes {
  bytes = new Uint8Array(0);
  #length = 0;

  /** Makes room for so many at once. Memory that is not written to costs nothing. */
  expect(length: number): void {
    if (length > this.bytes.length) {
      const larger = new Uint8Array(length);
      larger.set(this.bytes.subarray(0, this.#length));
      this.bytes = larger;
    }
  }

  /** Makes sure that there is room up to a length, which is where they end from now on. */
  ensure(length: number): void {
    if (length > this.bytes.length) this.expect(Math.ceil(1.25 * length));
    this.#length = Math.max(this.#length, length);
  }

  /** What was written. */
  filled(): Uint8Array<ArrayBuffer> {
    return this.bytes.subarray(0, this.#length);
  }
}
