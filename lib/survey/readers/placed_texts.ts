import type { Levels, PageSink } from "./parquet_chunk.ts";

/** Takes the texts of a column in one part of a file: each once, and its place for each row. */
export class PlacedTexts implements PageSink {
  texts: readonly (string | null)[] = [null];
  /** A byte for each row, as long as that is enough. */
  out: Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer>;
  #row = 0;

  /** @param filled Is set to 1 for each row that has a text; null where nobody needs it. */
  constructor(rows: number, private readonly filled: Uint8Array | null) {
    this.out = new Uint8Array(rows);
  }

  coded(
    count: number,
    indices: Uint8Array | Int32Array,
    places: Int32Array,
    levels: Levels,
    texts: readonly (string | null)[],
  ): void {
    this.#widen(texts);
    const out = this.out;
    const start = this.#row;
    let least = 0;
    if (levels === null) {
      for (let i = 0; i < count; i++) {
        const place = places[indices[i]!]!;
        least |= place;
        out[start + i] = place;
      }
    } else {
      for (let i = 0, k = 0; i < count; i++) {
        if (levels[i] === 0) continue;
        const place = places[indices[k++]!]!;
        least |= place;
        out[start + i] = place;
      }
    }
    // An index beyond the array is undefined, which leaves no trace in `least`; but then it is longer.
    if (least < 0 || beyond(indices, places.length)) {
      throw new RangeError("A value is not in the dictionary");
    }
    this.#end(count);
  }

  places(places: Int32Array, texts: readonly (string | null)[]): void {
    this.#widen(texts);
    this.out.set(places, this.#row);
    this.#end(places.length);
  }

  #widen(texts: readonly (string | null)[]) {
    this.texts = texts;
    if (texts.length > 256 && this.out instanceof Uint8Array) this.out = Int32Array.from(this.out);
  }

  #end(count: number) {
    const end = this.#row + count;
    if (this.filled) {
      for (let row = this.#row; row < end; row++) if (this.out[row] !== 0) this.filled[row] = 1;
    }
    this.#row = end;
  }
}

/** Whether there is an index of more than a byte that an array of a length does not have. */
function beyond(indices: Uint8Array | Int32Array, length: number): boolean {
  return indices instanceof Int32Array && indices.some((index) => index >= length);
}
