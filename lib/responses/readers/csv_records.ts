const QUOTE = 34, NEWLINE = 10, RETURN = 13;

export type LineEnd = "\n" | "\r" | "\r\n";

/** What is wrong with the shape of a delimited file. */
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
  /** What all lines end with; null where not all end alike. */
  readonly lineEnd: LineEnd | null;
}

/** One record of a delimited file, the header and blank lines among them. */
export interface CsvRecord {
  /** Its first byte. */
  readonly start: number;
  /** Its first line. */
  readonly line: number;
  /** Whether it has a value, that is, more than delimiters and empty quotes. */
  readonly isFilled: boolean;
}

/**
 * Walks over the records of a delimited file (RFC 4180: quotes around a value, two quotes for one
 * inside) byte by byte, and notes what is wrong with its shape. Quotes count only at the start of a
 * value. Empty values at the end of a record do not count beyond the header's, and blank lines not at
 * all.
 */
export class CsvRecords {
  #at: number;
  #line: number;
  #width = -1;
  #unclosed: number | null = null;
  #stray: number | null = null;
  #wrong: { count: number; row: number; line: number; values: number } | null = null;
  readonly #ends = new Set<LineEnd>();
  /** Records so far that are no blank lines, and whether the first wrong one is the last of them. */
  #records = 0;
  #wrongIsLast = false;
  /** The record underway, its values before this one, and the last of them that is not empty. */
  #start: number;
  #startLine: number;
  #isFilled = false;
  #values = 0;
  #filled = 0;
  /** The value underway: its length so far, and whether its quote is open or just closed. */
  #length = 0;
  #open = false;
  #opened = 1;
  #closed = false;
  #afterReturn = false;

  /**
   * @param delimiter One byte.
   * @param start Where the header begins, and its line.
   * @param onRecord Is told every record.
   */
  constructor(
    private readonly delimiter: number,
    start: { readonly at: number; readonly line: number },
    private readonly onRecord: (record: CsvRecord) => void = () => {},
  ) {
    this.#at = this.#start = start.at;
    this.#line = this.#startLine = start.line;
  }

  /** Walks over the next bytes. */
  on(bytes: Uint8Array): void {
    for (const c of bytes) {
      this.#take(c);
      this.#at++;
    }
  }

  /** What is wrong, once all bytes are passed. */
  end(): Shape {
    if (this.#afterReturn && !this.#open) this.#ends.add("\r");
    if (this.#open) this.#unclosed ??= this.#opened;
    if (this.#values > 0 || this.#length > 0) this.#endRecord();
    const [lineEnd = "\n", ...others] = this.#ends;
    return {
      width: Math.max(0, this.#width),
      unclosed: this.#unclosed,
      stray: this.#stray,
      wrong: this.#wrong && { ...this.#wrong, isLast: this.#wrongIsLast },
      lineEnd: others.length > 0 ? null : lineEnd,
    };
  }

  #take(c: number) {
    const afterReturn = this.#afterReturn;
    this.#afterReturn = c === RETURN;
    if (this.#open) {
      this.#length++;
      if (c === QUOTE) {
        [this.#open, this.#closed] = [false, true];
        return;
      }
      this.#isFilled = true;
      if (c === RETURN || (c === NEWLINE && !afterReturn)) this.#line++;
      return;
    }
    if (this.#closed) {
      this.#closed = false;
      if (c === QUOTE) {
        this.#length++;
        [this.#open, this.#isFilled] = [true, true];
        return;
      }
      if (c !== this.delimiter && c !== NEWLINE && c !== RETURN) this.#stray ??= this.#line;
    }
    const isEmpty = this.#values === 0 && this.#length === 0;
    if (afterReturn && isEmpty) {
      this.#ends.add(c === NEWLINE ? "\r\n" : "\r");
      if (c === NEWLINE) {
        this.#start = this.#at + 1;
        return;
      }
    }
    if (c === this.delimiter) this.#endValue();
    else if (c === NEWLINE || c === RETURN) {
      if (c === NEWLINE) this.#ends.add("\n");
      this.#endRecord();
      this.#line++;
      [this.#start, this.#startLine] = [this.#at + 1, this.#line];
    } else {
      if (c === QUOTE && this.#length === 0) [this.#open, this.#opened] = [true, this.#line];
      else this.#isFilled = true;
      this.#length++;
    }
  }

  #endValue() {
    this.#values++;
    if (this.#length > 0) this.#filled = this.#values;
    this.#length = 0;
  }

  #endRecord() {
    const isBlank = this.#values === 0 && this.#length === 0;
    this.onRecord({ start: this.#start, line: this.#startLine, isFilled: this.#isFilled });
    this.#isFilled = false;
    if (isBlank) return;
    this.#endValue();
    if (this.#width < 0) this.#width = this.#values;
    const width = this.#width;
    const values = this.#values > width ? Math.max(width, this.#filled) : this.#values;
    this.#wrongIsLast = false;
    if (values !== width) {
      if (this.#wrong) this.#wrong.count++;
      else {
        this.#wrong = { count: 1, row: this.#records, line: this.#startLine, values };
        this.#wrongIsLast = true;
      }
    }
    this.#records++;
    [this.#values, this.#filled] = [0, 0];
  }
}
