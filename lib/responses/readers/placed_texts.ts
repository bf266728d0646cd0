import { BEYOND, readCodedBytes } from "./coded_bytes.ts";
import { KnownTexts } from "./known_texts.ts";
import { type CodedPage, type Levels, type PageSink, readIndices } from "./parquet_pages.ts";
import { plainTexts, type PlainType } from "./plain_texts.ts";

/** Takes the texts of a column in one part of a Parquet file: each once, and its place for each row. */
export class PlacedTexts implements PageSink {
  /** All texts; the first stands for no value. */
  readonly all: (string | null)[] = [null];
  /** A byte for each row, as long as that is enough. */
  out: Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer>;
  #row = 0;
  /** Where the dictionary's texts begin among all, and how many they are. */
  #first = 1;
  #count = 0;
  readonly #known = new KnownTexts(this.all);

  /** @param room Memory for a byte for each row that is free again; all of it is written over. */
  constructor(rows: number, room: ArrayBuffer | null = null) {
    this.out = room?.byteLength === rows ? new Uint8Array(room) : new Uint8Array(rows);
  }

  dictionary(count: number, page: DataView, type: PlainType): void {
    this.dictionaryOf(plainTexts(count, page, type));
  }

  dictionaryOf(texts: readonly (string | null)[]): void {
    this.#first = this.all.length;
    this.#count = texts.length;
    for (const text of texts) this.all.push(text === "" ? null : text);
  }

  coded(page: CodedPage): void {
    const { count, present, levels, width } = page;
    const [first, end] = [this.#row, this.#row + count];
    this.#row = end;
    if (this.all.length <= BEYOND && width <= 8 && this.out instanceof Uint8Array) {
      const table = new Uint8Array(256).fill(BEYOND);
      for (let i = 0; i < this.#count; i++) table[i] = this.#first + i;
      readCodedBytes(page, this.out.subarray(first, end), table);
      return;
    }
    this.#widen();
    const indices = new Int32Array(present);
    readIndices(page, indices);
    if (indices.some((index) => index >= this.#count)) {
      throw new RangeError("A value is not in the dictionary");
    }
    for (let i = 0, k = 0; i < count; i++) {
      this.out[first + i] = levels?.[i] === 0 ? 0 : this.#first + indices[k++]!;
    }
  }

  plain(count: number, page: DataView, type: PlainType, levels: Levels): void {
    if (type === "text") return this.#put(this.#known.read(count, page, levels));
    const present = levels ? levels.reduce((sum, level) => sum + level, 0) : count;
    const texts = plainTexts(present, page, type);
    let k = 0;
    this.texts(Array.from({ length: count }, (_, i) => levels?.[i] === 0 ? null : texts[k++]!));
  }

  texts(texts: readonly (string | null)[]): void {
    this.#put(Int32Array.from(texts, (text) => this.#known.place(text)));
  }

  #put(places: Int32Array) {
    if (this.all.length > 256) this.#widen();
    this.out.set(places, this.#row);
    this.#row += places.length;
  }

  #widen() {
    if (this.out instanceof Uint8Array) this.out = Int32Array.from(this.out);
  }
}
