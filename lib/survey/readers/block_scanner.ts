import {
  beginsWith,
  lineBreaks,
  NEWLINE,
  OPEN,
  QUOTE,
  RETURN,
  valueEnd,
} from "./delimited_bytes.ts";
import { hashBytes, hashText } from "./hash_text.ts";
import { OrderOfIds } from "./id_order.ts";
import { KnownValues, MIX } from "./known_values.ts";
import { numberOf, plainNumber } from "./number_of.ts";
import { OpenDictionary } from "./open_dictionary.ts";
import { type Batch, type BatchColumn, HASHES, NUMBERS, type Scanned } from "./scan_plan.ts";
import { type ScanPlan, SKIP, TEXTS } from "./scan_plan.ts";

/** So many respondents at most are handed on at once: a place in a dictionary has to fit 16 bits. */
const MOST_ROWS = 16_384;
/** A dictionary that has more is a column of free text: it starts afresh with the next batch. */
const MANY_TEXTS = 500;
/** So many texts of a column are known by their bytes. */
const COMMON_TEXTS = 200;
/** So many bytes behind the records have to be there, so that bytes can be read four at a time. */
export const SLACK = 8;
/** Each byte of a word: 1, and its highest bit. */
const ONES = 0x01010101, HIGHS = 0x80808080 | 0;

/**
 * Reads the records of a delimited file from its bytes (RFC 4180; quotes count only at the start of a
 * value, as in {@link scanDelimited}). Texts are made only of values that were not seen before.
 *
 * The same scanner reads one stretch of records after another, in any order.
 */
export class BlockScanner {
  readonly #plan: ScanPlan;
  readonly #width: number;
  readonly #known: KnownValues;
  readonly #dictionaries: (OpenDictionary | null)[];
  readonly #out: (Uint16Array | Int32Array | Float64Array | null)[];
  readonly #decoder: TextDecoder;
  readonly #encoder = new TextEncoder();
  readonly #prefix: Uint8Array;
  #room = 0;
  #withPrefix = 0;
  /** That of the batch's ids. */
  #order = new OrderOfIds();
  /** For each column 1 where it has a name, or the last scan saw a value in it that is not blank. */
  readonly seen: Uint8Array;

  constructor(plan: ScanPlan) {
    this.#plan = plan;
    this.#width = plan.kinds.length;
    this.#known = new KnownValues(plan.kinds.length);
    this.#dictionaries = plan.kinds.map((kind) => kind === TEXTS ? new OpenDictionary() : null);
    this.#out = plan.kinds.map(() => null);
    this.#decoder = new TextDecoder(plan.encoding, { ignoreBOM: true, fatal: true });
    this.#prefix = this.#encoder.encode(plan.prefix);
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
    this.seen.set(this.#plan.named.map(Number));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const { kinds, named, delimiter, lineEnd } = this.#plan;
    const width = this.#width;
    const known = this.#known;
    let i = from;
    let lines = 0;
    while (i < end) {
      const [start, linesBefore] = [i, lines];
      this.#prepare(end - i);
      const out = this.#out;
      const room = this.#room;
      let row = 0;
      while (i < end && row < room) {
        let c = bytes[i]!;
        if (c === NEWLINE || c === RETURN) {
          i += c === RETURN && bytes[i + 1] === NEWLINE ? 2 : 1;
          lines++;
          continue;
        }
        let filled = false;
        let column = 0;
        for (;;) {
          const first = i;
          c = bytes[i]!;
          const kind = column < width ? kinds[column]! : SKIP;
          if (kind === TEXTS) {
            let place = 0;
            if (c === delimiter) place = 1;
            else {
              // Look for the next byte that can end the value, four at a time. What is found may be
              // no value, if a quote or a line break is in it: then it is not a known one.
              const quoted = c === QUOTE ? 1 : 0;
              const from = first + quoted;
              const stop = quoted ? QUOTE : column === width - 1 ? lineEnd : delimiter;
              const stops = Math.imul(stop, ONES);
              let at = from;
              let word = view.getInt32(at, true);
              let differs = word ^ stops;
              let found = (differs - ONES) & ~differs & HIGHS;
              let hash = 0;
              while (found === 0 && at < end) {
                hash = Math.imul(hash ^ word, MIX);
                at += 4;
                word = view.getInt32(at, true);
                differs = word ^ stops;
                found = (differs - ONES) & ~differs & HIGHS;
              }
              if (found !== 0) {
                const lowest = found & -found;
                // The bytes before the one that ends the value.
                hash = Math.imul(hash ^ (word & ((lowest >>> 7) - 1)), MIX);
                at += (31 - Math.clz32(lowest)) >> 3;
                if (at < end || (at === end && quoted === 0)) {
                  place = known.find(column, view, from, at - from, hash);
                  if (place !== 0) {
                    i = at + quoted;
                    if (quoted) {
                      // Only where the quote closes right here is it the value.
                      const after = bytes[i]!;
                      if (after !== delimiter && after !== NEWLINE && after !== RETURN) place = 0;
                    }
                  }
                }
              }
            }
            if (place === 0) {
              i = valueEnd(bytes, first, end, delimiter);
              if (i < 0) return troubled(i, lines);
              if (c === QUOTE) lines += lineBreaks(bytes, first, i);
              place = this.#learn(column, bytes, view, first, i);
            }
            out[column]![row] = place - 1;
            if (place > 1 && (named[column] || this.#isSeen(column, place - 1))) filled = true;
          } else {
            i = valueEnd(bytes, first, end, delimiter);
            if (i < 0) return troubled(i, lines);
            const quoted = c === QUOTE;
            if (quoted) lines += lineBreaks(bytes, first, i);
            // More values than the header has: only empty ones may stand there.
            if (column >= width && i > first) return troubled(i, lines);
            if (kind === SKIP && hasOdd(bytes, first, i)) this.#text(bytes, first, i);
            if (i - first > (quoted ? 2 : 0)) {
              if (named[column] || this.#isFilled(column, bytes, first, i)) filled = true;
            }
            if (kind === HASHES) this.#hash(bytes, view, first, i, out[column] as Int32Array, row);
            else if (kind === NUMBERS) {
              const number = plainNumber(bytes, first, i);
              out[column]![row] = number === number
                ? number
                : numberOf(this.#text(bytes, first, i));
            }
          }
          column++;
          if (i >= end || bytes[i] !== delimiter) break;
          i++;
        }
        if (column < width) return troubled(i, lines);
        i += bytes[i] === RETURN && bytes[i + 1] === NEWLINE ? 2 : 1;
        lines++;
        if (filled) row++;
      }
      if (row > 0) emit({ start, lines: linesBefore, rows: row, columns: this.#columns(row) });
    }
    return { trouble: null, lines };
  }

  /** Makes room for the next batch. */
  #prepare(left: number) {
    this.#withPrefix = 0;
    this.#order = new OrderOfIds();
    // A row has at least one byte for each column.
    const room = Math.min(MOST_ROWS, Math.ceil(left / this.#width) + 1);
    const larger = room > this.#room;
    if (larger) this.#room = room;
    this.#plan.kinds.forEach((kind, column) => {
      if (larger) this.#out[column] = outOf(kind, room);
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
            places: out.subarray(0, rows) as Uint16Array,
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
  #learn(column: number, bytes: Uint8Array, view: DataView, from: number, end: number): number {
    const dictionary = this.#dictionaries[column]!;
    const place = dictionary.place(this.#text(bytes, from, end)) + 1;
    const quoted = bytes[from] === QUOTE ? 1 : 0;
    const value = bytes.subarray(from + quoted, end - quoted);
    // Where a line break or a quote is in it, what looks alike may be another value.
    const special = [QUOTE, NEWLINE, RETURN].some((c) => value.includes(c));
    if (!special && dictionary.texts.length <= COMMON_TEXTS) {
      this.#known.add(column, view, from + quoted, value.length, place);
    }
    return place;
  }

  /** The text of a value, without its quotes. */
  #text(bytes: Uint8Array, from: number, end: number): string {
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

  #hash(
    bytes: Uint8Array,
    view: DataView,
    from: number,
    end: number,
    into: Int32Array,
    row: number,
  ) {
    const quoted = bytes[from] === QUOTE ? 1 : 0;
    const [start, stop] = [from + quoted, end - quoted];
    if (
      start < stop && hashBytes(view, start, stop, into, 2 * row) &&
      !(quoted && bytes.subarray(start, stop).includes(QUOTE))
    ) {
      if (beginsWith(bytes, start, stop, this.#prefix)) this.#withPrefix++;
      this.#order.next(view, start, stop);
    } else {
      const text = this.#text(bytes, from, end).trim();
      hashText(text, into, 2 * row);
      if (text !== "") this.#order.fail();
      if (text !== "" && text.startsWith(this.#plan.prefix)) this.#withPrefix++;
    }
  }

  /** Whether a value of a column without a name is not blank; a column that has one is kept. */
  #isFilled(column: number, bytes: Uint8Array, from: number, end: number): boolean {
    if (this.#text(bytes, from, end).trim() === "") return false;
    this.seen[column] = 1;
    return true;
  }

  #isSeen(column: number, place: number): boolean {
    if (this.#dictionaries[column]!.texts[place]!.trim() === "") return false;
    this.seen[column] = 1;
    return true;
  }
}

function troubled(at: number, lines: number): Scanned {
  return { trouble: at === OPEN ? "open_quote" : "shape", lines };
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
    case TEXTS:
      return new Uint16Array(room);
    case HASHES:
      return new Int32Array(2 * room);
    case NUMBERS:
      return new Float64Array(room);
    default:
      return null;
  }
}
