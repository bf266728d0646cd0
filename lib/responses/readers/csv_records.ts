/** What the lines of a delimited file may end with. */
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
    count: number;
    /** The first of them: its row (from 1), its line, and its number of values. */
    readonly row: number;
    readonly line: number;
    readonly values: number;
    /** Whether nothing but blank lines follows it. */
    isLast: boolean;
  } | null;
  /**
   * Whether records are short as Excel writes them, without the delimiters behind the last value: it does so
   * for 16 rows together, in which the last columns are all empty.
   */
  readonly isExcel: boolean;
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

/** So many rows does Excel look at together, the header among the first. */
const EXCEL_BLOCK = 16;
/** No record is so long; one that is has a quote that is never closed. */
const LONGEST = 2 ** 26;

/**
 * Walks over the records of a delimited file (RFC 4180: quotes around a value, two quotes for one
 * inside), and notes what is wrong with its shape. Quotes count only at the start of a value. Empty
 * values at the end of a record do not count beyond the header's, and blank lines not at all.
 */
export class CsvRecords {
  /** A value: in quotes what stands in them and whether they are closed, what follows, and its end. */
  readonly #value: RegExp;
  /** Bytes as letters, so that a position is the same in both. */
  readonly #decoder = new TextDecoder("latin1");
  #text = "";
  #at: number;
  #line: number;
  #width = -1;
  #rows = 0;
  #unclosed: number | null = null;
  #stray: number | null = null;
  #wrong: Shape["wrong"] = null;
  readonly #ends = new Set<string>();
  /** Number of values of the rows that Excel writes together, how many there were, and whether it did. */
  #block = { values: 0, filled: 0, rows: 0 };
  #isExcel = true;

  /**
   * @param delimiter One ASCII character.
   * @param start Where the header begins, and its line.
   * @param onRecord Is told every record.
   */
  constructor(
    delimiter: string,
    start: { readonly at: number; readonly line: number },
    private readonly onRecord: (record: CsvRecord) => void = () => {},
  ) {
    const d = RegExp.escape(delimiter);
    this.#value = new RegExp(
      `(?:"([^"]*(?:""[^"]*)*)("|$))?([^${d}\\r\\n]*)(${d}|\\r\\n|\\r|\\n|$)`,
      "y",
    );
    this.#at = start.at;
    this.#line = start.line;
  }

  /** Walks over the next bytes. */
  on(bytes: Uint8Array): void {
    this.#text += this.#decoder.decode(bytes);
    this.#walk(this.#text.length > LONGEST);
  }

  /** What is wrong, once all bytes are passed. */
  end(): Shape {
    this.#walk(true);
    this.#closeBlock(true);
    const [lineEnd = "\n", ...others] = this.#ends;
    return {
      width: Math.max(0, this.#width),
      ...{ unclosed: this.#unclosed, stray: this.#stray, wrong: this.#wrong },
      isExcel: this.#isExcel && this.#wrong !== null,
      lineEnd: others.length > 0 ? null : lineEnd as LineEnd,
    };
  }

  /** Walks over all records that are there as a whole; at the end of the file that is the last too. */
  #walk(isEnd: boolean) {
    const text = this.#text;
    let from = 0;
    while (from < text.length) {
      const record = this.#read(from, isEnd);
      if (record === null) break;
      from = record;
    }
    this.#text = text.slice(from);
    this.#at += from;
  }

  /** Reads the record at a position; null where its end is not there yet. @returns Where it ends. */
  #read(from: number, isEnd: boolean): number | null {
    const text = this.#text;
    this.#value.lastIndex = from;
    let [values, filled, line, isFilled] = [0, 0, this.#line, false];
    let unclosed: number | null = null;
    let stray: number | null = null;
    for (;;) {
      const start = this.#value.lastIndex;
      const [, quoted, close, rest = "", end = ""] = this.#value.exec(text)!;
      const at = this.#value.lastIndex;
      if (!isEnd && at === text.length && end !== "\n" && end !== "\r\n") return null;
      const opened = line;
      if (quoted !== undefined) line += quoted.split(/\r\n|\r|\n/).length - 1;
      if (quoted !== undefined && close === "") unclosed = opened;
      else if (quoted !== undefined && rest !== "") stray ??= line;
      values++;
      if (at - end.length > start) filled = values;
      if (quoted || rest !== "") isFilled = true;
      if (end === "" || /[\r\n]/.test(end)) {
        this.onRecord({ start: this.#at + from, line: this.#line, isFilled });
        if (end !== "") this.#ends.add(end);
        this.#unclosed ??= unclosed;
        this.#stray ??= stray;
        if (values > 1 || filled > 0) this.#note(values, filled);
        this.#line = end === "" ? line : line + 1;
        return at;
      }
    }
  }

  /** Compares the number of values with the header's. */
  #note(values: number, filled: number) {
    if (this.#width < 0) this.#width = values;
    if (this.#rows % EXCEL_BLOCK === 0) this.#closeBlock(false);
    const block = this.#block;
    if (block.rows++ === 0) block.values = values;
    else if (block.values !== values) this.#isExcel = false;
    if (values > this.#width) this.#isExcel = false;
    block.filled = Math.max(block.filled, filled);
    const width = this.#width;
    const counted = values > width ? Math.max(width, filled) : values;
    if (this.#wrong) this.#wrong.isLast = false;
    if (counted !== width) {
      const first = { count: 0, row: this.#rows, line: this.#line, values: counted, isLast: true };
      this.#wrong ??= first;
      this.#wrong.count++;
    }
    this.#rows++;
  }

  /** Excel writes the rows of a block up to the last column of which one has a value, or in full. */
  #closeBlock(isLast: boolean) {
    const { values, filled, rows } = this.#block;
    const isShort = rows > 0 && values < this.#width;
    // One row alone may have been cut off.
    if (isShort && (values !== filled || (isLast && rows === 1))) this.#isExcel = false;
    this.#block = { values: 0, filled: 0, rows: 0 };
  }
}
