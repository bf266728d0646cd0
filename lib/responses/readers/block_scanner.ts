import { lineBreaks, NEWLINE, OPEN, QUOTE, RETURN, STRAY, valueEnd } from "./delimited_bytes.ts";
import { hashBytes, hashText } from "./hash_text.ts";
import { OrderOfIds } from "./id_order.ts";
import { HEAD, KnownValues, lengthIn, placeIn } from "./known_values.ts";
import { numberOf, plainNumber } from "./number_of.ts";
import { OpenDictionary } from "./open_dictionary.ts";
import { Prefix } from "./prefix.ts";
import { type Batch, type BatchColumn, HASHES, NUMBERS, type Scanned } from "./scan_plan.ts";
import { type ScanPlan, SKIP, TEXTS } from "./scan_plan.ts";

/** So many respondents at most are handed on at once: a place in a dictionary has to fit 16 bits. */
const MOST_ROWS = 16_384;
/** A dictionary that has more is a column of free text: it starts afresh with the next batch. */
const MANY_TEXTS = 500;
/** So many texts of a column are known by their bytes. */
const COMMON_TEXTS = 200;
/** So many bytes behind the records have to be there, so that words can be read. */
export const SLACK = HEAD + 8;
/** Each byte of a word: 1, and its highest bit. */
const ONES = 0x01010101, HIGHS = 0x80808080 | 0;
const QUOTES = Math.imul(QUOTE, ONES);

/**
 * Reads the records of a delimited file from its bytes (RFC 4180; quotes count only at the start of a
 * value, as in {@link scanDelimited}). Texts are made only of values that were not seen before.
 *
 * The same scanner reads one stretch of records after another, in any order.
 */
export class BlockScanner {
  readonly #plan: ScanPlan;
  readonly #width: number;
  readonly #kinds: Uint8Array;
  readonly #named: Uint8Array;
  readonly #delimiter: number;
  /** The bytes that end values, four times each. */
  readonly #delimiters: number;
  readonly #lineEnds: number;
  readonly #known: KnownValues;
  readonly #dictionaries: (OpenDictionary | null)[];
  readonly #out: (Int32Array | Float64Array | null)[];
  /** The places of texts, column by column. */
  #places = new Uint16Array(0);
  readonly #decoder: TextDecoder;
  readonly #prefix: Prefix;
  #room = 0;
  /** What is being read, and where it ends. */
  #bytes: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(this.#bytes.buffer);
  #end = 0;
  /** Number of line breaks passed. */
  #lines = 0;
  /** Whether there is a value in the record. */
  #filled = false;
  #withPrefix = 0;
  /** That of the batch's ids. */
  #order = new OrderOfIds();
  /** For each column 1 where it has a name, or the last scan saw a value in it that is not blank. */
  readonly seen: Uint8Array;

  constructor(plan: ScanPlan) {
    this.#plan = plan;
    this.#width = plan.kinds.length;
    this.#kinds = Uint8Array.from(plan.kinds);
    this.#named = Uint8Array.from(plan.named, Number);
    this.#delimiter = plan.delimiter;
    this.#delimiters = Math.imul(plan.delimiter, ONES);
    this.#lineEnds = Math.imul(plan.lineEnd, ONES);
    this.#known = new KnownValues(plan.kinds.length);
    this.#dictionaries = plan.kinds.map((kind) => kind === TEXTS ? new OpenDictionary() : null);
    this.#out = plan.kinds.map(() => null);
    this.#decoder = new TextDecoder(plan.encoding, { ignoreBOM: true, fatal: true });
    this.#prefix = new Prefix(plan.prefix);
    this.seen = Uint8Array.from(plan.named, Number);
  }

  /**
   * Reads records.
   *
   * @param bytes Has {@link SLACK} bytes behind `end`. A line break is written there, so that the last
   *   record ends as the others do.
   * @param from Where the first record begins.
   * @param end Where the last record ends.
   * @param emit Is given the values as they come. Rows without any value are left out.
   */
  scan(bytes: Uint8Array, from: number, end: number, emit: (batch: Batch) => void): Scanned {
    try {
      return this.#scan(bytes, from, end, emit);
    } catch (error) {
      if (error !== NO_TEXT) throw error;
      return { trouble: "encoding", lines: 0 };
    }
  }

  #scan(bytes: Uint8Array, from: number, end: number, emit: (batch: Batch) => void): Scanned {
    bytes[end] = NEWLINE;
    this.seen.set(this.#named);
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#end = end;
    this.#lines = 0;
    for (let i = from; i < end;) {
      const [start, linesBefore] = [i, this.#lines];
      this.#prepare(end - i);
      const room = this.#room;
      let row = 0;
      while (i < end && row < room) {
        const c = bytes[i]!;
        if (c === NEWLINE || c === RETURN) {
          i += c === RETURN && bytes[i + 1] === NEWLINE ? 2 : 1;
          this.#lines++;
          continue;
        }
        this.#filled = false;
        i = this.#record(i, row);
        if (i < 0) return { trouble: i === OPEN ? "open_quote" : "shape", lines: this.#lines };
        i += bytes[i] === RETURN && bytes[i + 1] === NEWLINE ? 2 : 1;
        this.#lines++;
        if (this.#filled) row++;
      }
      if (row > 0) emit({ start, lines: linesBefore, rows: row, columns: this.#columns(row) });
    }
    return { trouble: null, lines: this.#lines };
  }

  /**
   * Reads one record. This is a method of its own since a short one that is called often is compiled
   * sooner, and once.
   *
   * @returns Where it ends; less than 0 where it is none.
   */
  #record(from: number, row: number): number {
    const bytes = this.#bytes;
    const view = this.#view;
    const end = this.#end;
    const kinds = this.#kinds;
    const named = this.#named;
    const width = this.#width;
    const delimiter = this.#delimiter;
    const known = this.#known;
    const places = this.#places;
    const room = this.#room;
    let i = from;
    for (let column = 0;; column++, i++) {
      const first = i;
      if (column < width && kinds[column] === TEXTS) {
        // Where a quote is, what looks like a value may be none; such ones are not stored. A line
        // break in what is found tells that it is none either.
        const quoted = bytes[first] === QUOTE ? 1 : 0;
        const stops = quoted ? QUOTES : column === width - 1 ? this.#lineEnds : this.#delimiters;
        const from = first + quoted;
        // The bytes before the first that ends the value, word by word. All is worked out without
        // asking how long it is, which a processor could not foresee; and where the next value
        // begins does not wait for this one to be found.
        let word = view.getInt32(from, true);
        let differs = word ^ stops;
        let ends = (differs - ONES) & ~differs & HIGHS;
        let before = ((ends & (0 - ends)) >>> 7) - 1;
        const a = word & before;
        let length = 32 - Math.clz32(before);
        let open = ~((ends | (0 - ends)) >> 31);
        word = view.getInt32(from + 4, true);
        differs = word ^ stops;
        ends = (differs - ONES) & ~differs & HIGHS;
        before = (((ends & (0 - ends)) >>> 7) - 1) & open;
        const b = word & before;
        length += 32 - Math.clz32(before);
        open &= ~((ends | (0 - ends)) >> 31);
        word = view.getInt32(from + 8, true);
        differs = word ^ stops;
        ends = (differs - ONES) & ~differs & HIGHS;
        before = (((ends & (0 - ends)) >>> 7) - 1) & open;
        const c = word & before;
        length = (length + 32 - Math.clz32(before)) >> 3;
        let place: number;
        if (length < HEAD) place = known.find(column, a, b, c, length);
        else {
          const found = known.findLonger(column, view, from, a, b, c, stops & 255);
          place = placeIn(found);
          length = lengthIn(found);
        }
        i = from + length + quoted;
        // Only where the quote closes right here is it the value.
        if (place !== 0 && quoted && !this.#isBehind(i)) place = 0;
        if (place === 0) {
          i = valueEnd(bytes, first, end, delimiter);
          if (i < 0) return i;
          place = this.#learn(column, first, i);
        }
        places[column * room + row] = place - 1;
        if (place > 1 && (named[column] === 1 || this.#isSeen(column, place - 1))) {
          this.#filled = true;
        }
      } else {
        i = this.#other(column, first, row);
        if (i < 0) return i;
      }
      if (i >= end || bytes[i] !== delimiter) return column < width - 1 ? STRAY : i;
    }
  }

  /** Whether a value may end before a position. */
  #isBehind(at: number): boolean {
    const c = this.#bytes[at]!;
    return c === this.#delimiter || c === NEWLINE || c === RETURN;
  }

  /** Reads a value that is not looked up. @returns As {@link #record}. */
  #other(column: number, first: number, row: number): number {
    const bytes = this.#bytes;
    const kind = column < this.#width ? this.#kinds[column]! : SKIP;
    const i = valueEnd(bytes, first, this.#end, this.#delimiter);
    if (i < 0) return i;
    const quoted = bytes[first] === QUOTE;
    if (quoted) this.#lines += lineBreaks(bytes, first, i);
    // More values than the header has: only empty ones may stand there.
    if (column >= this.#width && i > first) return STRAY;
    if (kind === SKIP && hasOdd(bytes, first, i)) this.#text(first, i);
    if (i - first > (quoted ? 2 : 0)) {
      if (this.#named[column] === 1 || this.#isFilled(column, first, i)) this.#filled = true;
    }
    if (kind === HASHES) this.#hash(first, i, this.#out[column] as Int32Array, row);
    else if (kind === NUMBERS) {
      const number = plainNumber(bytes, first, i);
      this.#out[column]![row] = number === number ? number : numberOf(this.#text(first, i));
    }
    return i;
  }

  /** Makes room for the next batch. */
  #prepare(left: number) {
    this.#withPrefix = 0;
    this.#order = new OrderOfIds();
    // A row has at least one byte for each column.
    const room = Math.min(MOST_ROWS, Math.ceil(left / this.#width) + 1);
    const larger = room > this.#room;
    if (larger) {
      this.#room = room;
      this.#places = new Uint16Array(this.#width * room);
    }
    this.#plan.kinds.forEach((kind, column) => {
      if (larger && kind !== TEXTS) this.#out[column] = outOf(kind, room);
      if ((this.#dictionaries[column]?.texts.length ?? 0) > MANY_TEXTS) {
        this.#dictionaries[column] = new OpenDictionary();
        this.#known.forget(column);
      }
    });
  }

  #columns(rows: number): (BatchColumn | null)[] {
    return this.#plan.kinds.map((kind, column) => {
      const out = this.#out[column]!;
      switch (kind) {
        case TEXTS:
          return {
            dictionary: this.#dictionaries[column]!,
            places: this.#places.subarray(column * this.#room, column * this.#room + rows),
          };
        case HASHES:
          return {
            hashes: out.subarray(0, 2 * rows) as Int32Array,
            withPrefix: this.#withPrefix,
            order: this.#order.order,
          };
        case NUMBERS:
          return { numbers: out.subarray(0, rows) as Float64Array };
        default:
          return null;
      }
    });
  }

  /** Takes up a value that the tree does not have yet. @returns Its place, plus one. */
  #learn(column: number, from: number, end: number): number {
    const bytes = this.#bytes;
    const dictionary = this.#dictionaries[column]!;
    const place = dictionary.place(this.#text(from, end)) + 1;
    const quoted = bytes[from] === QUOTE ? 1 : 0;
    if (quoted) this.#lines += lineBreaks(bytes, from, end);
    const value = bytes.subarray(from + quoted, end - quoted);
    // Where one of these is in it, what looks alike without quotes is something else.
    const special = [QUOTE, NEWLINE, RETURN, this.#plan.delimiter].some((c) => value.includes(c));
    if (!special && dictionary.texts.length <= COMMON_TEXTS) {
      this.#known.add(column, this.#view, from + quoted, value.length, place);
    }
    return place;
  }

  /** The text of a value, without its quotes. */
  #text(from: number, end: number): string {
    const bytes = this.#bytes;
    if (bytes[from] !== QUOTE) return this.#decode(bytes.subarray(from, end));
    return this.#decode(bytes.subarray(from + 1, end - 1)).replaceAll('""', '"');
  }

  /**
   * Every byte is looked at here, or is a plain letter, or belongs to a value that is known. Since what
   * parts values is ASCII, the file is text where each of its values is.
   */
  #decode(bytes: Uint8Array): string {
    let text: string;
    try {
      text = this.#decoder.decode(bytes);
    } catch {
      throw NO_TEXT;
    }
    if (text.includes("\0")) throw NO_TEXT;
    return text;
  }

  #hash(from: number, end: number, into: Int32Array, row: number) {
    const bytes = this.#bytes;
    const view = this.#view;
    const quoted = bytes[from] === QUOTE ? 1 : 0;
    const start = from + quoted;
    const stop = end - quoted;
    if (
      start < stop && hashBytes(view, start, stop, into, 2 * row) &&
      !(quoted && bytes.subarray(start, stop).includes(QUOTE))
    ) {
      if (this.#prefix.isAt(view, start, stop)) this.#withPrefix++;
      this.#order.next(view, start, stop);
    } else {
      const text = this.#text(from, end).trim();
      hashText(text, into, 2 * row);
      if (text !== "") this.#order.fail();
      if (text !== "" && text.startsWith(this.#plan.prefix)) this.#withPrefix++;
    }
  }

  /** Whether a value of a column without a name is not blank; a column that has one is kept. */
  #isFilled(column: number, from: number, end: number): boolean {
    if (this.#text(from, end).trim() === "") return false;
    this.seen[column] = 1;
    return true;
  }

  #isSeen(column: number, place: number): boolean {
    if (this.#dictionaries[column]!.texts[place]!.trim() === "") return false;
    this.seen[column] = 1;
    return true;
  }
}

/** Thrown at bytes that are no text of the encoding. */
const NO_TEXT = new Error("These bytes are no text");

/** Whether there is a byte that is no ASCII, or 0. */
function hasOdd(bytes: Uint8Array, from: number, end: number): boolean {
  for (let i = from; i < end; i++) {
    const c = bytes[i]!;
    if (c === 0 || c > 127) return true;
  }
  return false;
}

function outOf(kind: number, room: number) {
  switch (kind) {
    case HASHES:
      return new Int32Array(2 * room);
    case NUMBERS:
      return new Float64Array(room);
    default:
      return null;
  }
}
