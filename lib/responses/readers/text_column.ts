/** Texts of a column, such as the respondents' ids, one after the other in UTF-8. */
export class TextColumn {
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });

  /**
   * @param utf8 All texts.
   * @param ends Where each of them ends.
   */
  constructor(readonly utf8: Uint8Array, readonly ends: Int32Array) {}

  /** The column of some texts. */
  static from(texts: readonly string[]): TextColumn {
    const encoder = new TextEncoder();
    // A letter of JavaScript's takes three bytes at most.
    const utf8 = new Uint8Array(3 * texts.reduce((sum, { length }) => sum + length, 0));
    let end = 0;
    const ends = Int32Array.from(
      texts,
      (text) => end += encoder.encodeInto(text, utf8.subarray(end)).written,
    );
    return new TextColumn(utf8.slice(0, end), ends);
  }

  /** The same texts without blanks around them. */
  trimmed(): TextColumn {
    const { utf8, ends } = this;
    const maybe = (byte: number | undefined) => byte !== undefined && (byte <= 32 || byte >= 128);
    for (let row = 0, start = 0; row < ends.length; start = ends[row++]!) {
      const end = ends[row]!;
      if (start === end || !(maybe(utf8[start]) || maybe(utf8[end - 1]))) continue;
      return TextColumn.from(Array.from(ends, (_, row) => this.at(row).trim()));
    }
    return this;
  }

  get length(): number {
    return this.ends.length;
  }

  /** The text of a row (from 0). */
  at(row: number): string {
    return this.#decoder.decode(this.bytesAt(row));
  }

  *[Symbol.iterator](): Iterator<string> {
    const bytes = this.utf8.subarray(0, this.ends.at(-1) ?? 0);
    // Where each letter is a byte, one text is cut into all of them in a tenth of the time.
    const all = this.#decoder.decode(bytes);
    const isPlain = all.length === bytes.length;
    for (let row = 0, start = 0; row < this.length; start = this.ends[row++]!) {
      yield isPlain ? all.slice(start, this.ends[row]) : this.at(row);
    }
  }

  /** Its bytes, not to be changed. */
  bytesAt(row: number): Uint8Array {
    return this.utf8.subarray(row === 0 ? 0 : this.ends[row - 1], this.ends[row]);
  }
}

/** Finds texts of a column, in 12 to 20 bytes for each: a map of a million strings takes ten times as much. */
export class TextIndex {
  /** Rows from 1 by hash, the first of each text; 0 where there is none. */
  readonly #rows: Int32Array;
  readonly #hashes: Uint32Array;
  readonly #encoder = new TextEncoder();
  readonly #short = new Uint8Array(256);

  constructor(private readonly column: TextColumn) {
    const { utf8, ends, length } = column;
    this.#rows = new Int32Array(2 ** Math.ceil(Math.log2(2 * length + 1)));
    this.#hashes = new Uint32Array(length);
    for (let row = 0, start = 0; row < length; start = ends[row++]!) {
      const end = ends[row]!;
      const place = this.#placeOf(utf8, start, end, this.#hashes[row] = hash(utf8, start, end));
      this.#rows[place] ||= row + 1;
    }
  }

  /** The first row (from 0) with a text; -1 where none has it. */
  rowOf(text: string): number {
    const utf8 = this.#bytesOf(text);
    return this.#rows[this.#placeOf(utf8, 0, utf8.length, hash(utf8, 0, utf8.length))]! - 1;
  }

  /** Its bytes, until the next text. The encoder takes ten times as long for a few letters. */
  #bytesOf(text: string): Uint8Array {
    for (let i = 0; i < text.length; i++) {
      const letter = text.charCodeAt(i);
      if (letter > 127 || i === this.#short.length) return this.#encoder.encode(text);
      this.#short[i] = letter;
    }
    return this.#short.subarray(0, text.length);
  }

  /** The first row with the text that a row has. */
  firstOf(row: number): number {
    const { utf8, ends } = this.column;
    const start = row === 0 ? 0 : ends[row - 1]!;
    return this.#rows[this.#placeOf(utf8, start, ends[row]!, this.#hashes[row]!)]! - 1;
  }

  /** Where a text stands, or would. */
  #placeOf(utf8: Uint8Array, start: number, end: number, hash: number): number {
    const [rows, hashes] = [this.#rows, this.#hashes];
    for (let place = hash & rows.length - 1;; place = place + 1 & rows.length - 1) {
      const row = rows[place]! - 1;
      if (row < 0 || hashes[row] === hash && this.#isAt(row, utf8, start, end)) return place;
    }
  }

  #isAt(row: number, utf8: Uint8Array, start: number, end: number): boolean {
    const { utf8: own, ends } = this.column;
    const from = row === 0 ? 0 : ends[row - 1]!;
    if (ends[row]! - from !== end - start) return false;
    for (let i = start, k = from; i < end; i++, k++) if (utf8[i] !== own[k]) return false;
    return true;
  }
}

/** FNV-1a, its bits mixed as those of texts that end in numbers have to be. */
function hash(utf8: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ utf8[i]!, 0x01000193);
  return (hash ^ hash >>> 15) >>> 0;
}

/** The values of a column, each different text once. */
export interface CodedTexts {
  /** The different texts; the first stands for "no value". */
  readonly texts: readonly (string | null)[];
  /** For each row the place of its value among the texts. */
  readonly places: Uint8Array | Uint16Array | Int32Array;
}

/** The values of a column, null, undefined or "" where there is none, with each different one once. */
export function codedTexts(values: ArrayLike<string | null | undefined>): CodedTexts {
  const texts: (string | null)[] = [null];
  const known = new Map<string | null | undefined, number>([[null, 0], [undefined, 0], ["", 0]]);
  const places = Int32Array.from(values, (value) => {
    let place = known.get(value);
    if (place === undefined) known.set(value, place = texts.push(value!) - 1);
    return place;
  });
  return { texts, places };
}
