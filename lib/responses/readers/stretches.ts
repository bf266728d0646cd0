import { SLACK } from "./block_scanner.ts";
import { NEWLINE, QUOTE, RETURN, valueEnd } from "./delimited_bytes.ts";
import type { Source } from "./source.ts";

/** No record of a response file should have so many bytes. */
const LONG = 2 ** 26;

/** A stretch of a delimited file that ends at a line break, or where the file does. */
export interface Stretch {
  /** Its bytes, with room for a few more behind them. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly length: number;
  /** Where it begins in the file. */
  readonly offset: number;
  readonly isLast: boolean;
}

/**
 * Cuts a delimited file into stretches of whole records, to be scanned apart.
 *
 * A stretch ends at the last line break in so many bytes. That may stand in quotes, which the scanner
 * of the stretch then tells; from there on the cuts are made by walking over every value.
 */
export class Stretches {
  #at: number;
  #walks = false;
  #long = false;

  /**
   * @param from Where the first record begins.
   * @param delimiter One byte.
   * @param size Number of bytes of a stretch, more where a record is longer.
   * @param onLong Called where a record is so long that a quote may never be closed in it.
   */
  constructor(
    private readonly source: Source,
    from: number,
    private readonly delimiter: number,
    private readonly size: number,
    private readonly onLong: () => void,
  ) {
    this.#at = from;
  }

  /**
   * The next stretch, or null behind the last.
   *
   * @param buffer Memory that may be used for it.
   */
  next(buffer: Uint8Array<ArrayBuffer> | undefined): Stretch | null {
    const offset = this.#at;
    const left = this.source.size - offset;
    if (left <= 0) return null;
    let bytes = buffer && buffer.length >= this.size + SLACK
      ? buffer
      : new Uint8Array(this.size + SLACK);
    for (;;) {
      const length = Math.min(bytes.length - SLACK, left);
      this.source.copy(offset, bytes.subarray(0, length));
      const isLast = length === left;
      const end = isLast ? length : this.#cut(bytes, length);
      if (end > 0) {
        this.#at = offset + end;
        return { bytes, length: end, offset, isLast };
      }
      if (bytes.length > LONG && !this.#long) {
        this.#long = true;
        this.onLong();
      }
      bytes = new Uint8Array(2 * bytes.length);
    }
  }

  /** Goes back to the beginning of a stretch that did not end where a record does. */
  walkFrom(offset: number): void {
    this.#at = offset;
    this.#walks = true;
  }

  #cut(bytes: Uint8Array, length: number): number {
    if (this.#walks) return lastRecordEnd(bytes, length, this.delimiter);
    const newline = bytes.lastIndexOf(NEWLINE, length - 1);
    // Behind the last byte a line break may go on.
    if (newline >= 0 || length < 2) return newline + 1;
    return bytes.lastIndexOf(RETURN, length - 2) + 1;
  }
}

/** Where the last record ends that is whole; 0 where none is. */
function lastRecordEnd(bytes: Uint8Array, length: number, delimiter: number): number {
  let last = 0;
  // A value without quotes must end, even if its line break lies beyond.
  bytes[length] = NEWLINE;
  for (let i = 0; i < length;) {
    if (bytes[i] === QUOTE) {
      // A quote at the very end may be the first of two.
      const end = valueEnd(bytes, i, length, delimiter);
      if (end === length || end < 0) return last;
      i = end;
    } else {
      while (bytes[i] !== delimiter && bytes[i] !== NEWLINE && bytes[i] !== RETURN) i++;
    }
    if (i >= length) return last;
    if (bytes[i] === delimiter) {
      i++;
      continue;
    }
    if (i + 1 >= length) return bytes[i] === NEWLINE ? length : last;
    i += bytes[i] === RETURN && bytes[i + 1] === NEWLINE ? 2 : 1;
    last = i;
  }
  return last;
}
