import { NEWLINE, QUOTE, RETURN } from "./delimited_bytes.ts";
import type { Source } from "./source.ts";

/** What is wrong with the shape of a delimited file; lines count from 1 where the header begins. */
export interface Shape {
  /** Number of values of the header. */
  readonly width: number;
  /** Line of a quote that is never closed, or null. */
  readonly unclosed: number | null;
  /** Line of the first value that goes on after its closing quote, or null. */
  readonly stray: number | null;
  /** The records that have another number of values than the header. */
  readonly wrong: {
    readonly count: number;
    /** The first of them: its row (from 1), its line, and its number of values. */
    readonly row: number;
    readonly line: number;
    readonly values: number;
    /** Whether nothing but blank lines follows it. */
    readonly isLast: boolean;
  } | null;
}

const PIECE = 2 ** 22;

/**
 * Walks over a delimited file (RFC 4180: quotes around a value, two quotes for one inside) byte by
 * byte and notes what is wrong with its shape. Quotes count only at the start of a value. Empty values
 * at the end of a record do not count beyond the header's, and blank lines not at all.
 *
 * This is slower than the scanner that reads a file, and tells exactly what that one stumbled over.
 *
 * @param from Where the header begins.
 * @param delimiter One byte.
 */
export function findShape(source: Source, from: number, delimiter: number): Shape {
  const walk = new Walk(delimiter);
  const piece = new Uint8Array(Math.min(PIECE, Math.max(0, source.size - from)));
  for (let at = from; at < source.size; at += piece.length) {
    const part = piece.subarray(0, source.size - at);
    source.copy(at, part);
    walk.on(part);
  }
  return walk.end();
}

class Walk {
  #line = 1;
  #width = -1;
  #unclosed: number | null = null;
  #stray: number | null = null;
  #wrong: { count: number; row: number; line: number; values: number } | null = null;
  /** Records so far that are no blank lines, and whether the first wrong one is the last of them. */
  #records = 0;
  #wrongIsLast = false;
  /** The record underway: its line, its values before this one, the last of them that is not empty. */
  #recordLine = 1;
  #values = 0;
  #filled = 0;
  /** The value underway: its length so far, and whether its quote is open or just closed. */
  #length = 0;
  #open = false;
  #opened = 1;
  #closed = false;
  #afterReturn = false;

  constructor(private readonly delimiter: number) {}

  on(bytes: Uint8Array): void {
    for (const c of bytes) this.#take(c);
  }

  end(): Shape {
    if (this.#open) this.#unclosed ??= this.#opened;
    if (this.#values > 0 || this.#length > 0) this.#endRecord();
    const wrong = this.#wrong && { ...this.#wrong, isLast: this.#wrongIsLast };
    return {
      width: Math.max(0, this.#width),
      unclosed: this.#unclosed,
      stray: this.#stray,
      wrong,
    };
  }

  #take(c: number) {
    const afterReturn = this.#afterReturn;
    this.#afterReturn = c === RETURN;
    if (this.#open) {
      this.#length++;
      if (c === QUOTE) [this.#open, this.#closed] = [false, true];
      else if (c === RETURN || (c === NEWLINE && !afterReturn)) this.#line++;
      return;
    }
    const isEnd = c === this.delimiter || c === NEWLINE || c === RETURN;
    if (this.#closed) {
      this.#closed = false;
      if (c === QUOTE) {
        this.#length++;
        this.#open = true;
        return;
      }
      if (!isEnd) this.#stray ??= this.#line;
    }
    if (c === NEWLINE && afterReturn && this.#values === 0 && this.#length === 0) return;
    if (!isEnd) {
      if (c === QUOTE && this.#length === 0) [this.#open, this.#opened] = [true, this.#line];
      this.#length++;
      return;
    }
    if (c === this.delimiter) this.#endValue();
    else {
      this.#endRecord();
      this.#line++;
      this.#recordLine = this.#line;
    }
  }

  #endValue() {
    this.#values++;
    if (this.#length > 0) this.#filled = this.#values;
    this.#length = 0;
  }

  #endRecord() {
    if (this.#values === 0 && this.#length === 0) return;
    this.#endValue();
    if (this.#width < 0) this.#width = this.#values;
    const width = this.#width;
    const values = this.#values > width ? Math.max(width, this.#filled) : this.#values;
    this.#wrongIsLast = false;
    if (values !== width) {
      if (this.#wrong) this.#wrong.count++;
      else {
        this.#wrong = { count: 1, row: this.#records, line: this.#recordLine, values };
        this.#wrongIsLast = true;
      }
    }
    this.#records++;
    [this.#values, this.#filled] = [0, 0];
  }
}
