import { KnownValues } from "./known_values.ts";

/** So many texts are known by their bytes. */
const COMMON = 200;

/** The different texts of a column in one part of a Parquet file. */
export class KnownTexts {
  readonly #places = new Map<string, number>([["", 0]]);
  readonly #known = new KnownValues(1);
  readonly #decoder = new TextDecoder();

  /** @param texts Is added to; the first stands for no value. */
  constructor(private readonly texts: (string | null)[]) {}

  /** The place of a text, which is added where it is new; an empty one is none. */
  place(text: string | null): number {
    if (text === null) return 0;
    let place = this.#places.get(text);
    if (place === undefined) {
      place = this.texts.push(text) - 1;
      this.#places.set(text, place);
    }
    return place;
  }

  /**
   * The places of texts that stand one after the other, each behind its length in four bytes.
   *
   * @param count Number of rows.
   * @param levels For each row 1 where there is one; null where there is one for all.
   * @throws {RangeError} If the bytes end before that.
   */
  read(count: number, view: DataView, levels: Uint8Array | null): Int32Array {
    const places = new Int32Array(count);
    const safe = view.byteLength - 12;
    let at = 0;
    for (let row = 0; row < places.length; row++) {
      if (levels?.[row] === 0) continue;
      const length = view.getUint32(at, true);
      const from = at + 4;
      at = from + length;
      if (at > view.byteLength) throw new RangeError("A text is cut off");
      if (length === 0) continue;
      let place = 0;
      if (at <= safe) place = this.#known.findOf(0, view, from, length);
      if (place === 0) {
        place = this.place(
          this.#decoder.decode(new Uint8Array(view.buffer, view.byteOffset + from, length)),
        );
        // What cannot be read four bytes at a time cannot be stored either.
        if (at <= safe && place > 0 && this.texts.length <= COMMON) {
          this.#known.add(0, view, from, length, place);
        }
      }
      places[row] = place;
    }
    return places;
  }
}
