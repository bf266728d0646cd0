import { numberOf } from "./number_of.ts";
import { type CodedPage, type Levels, type PageSink, readIndices } from "./parquet_pages.ts";
import { plainTexts, type PlainType } from "./plain_texts.ts";

/** Takes the numbers of a column in one part of a Parquet file: NaN where there is none. */
export class NumberColumn implements PageSink {
  readonly numbers: Float64Array<ArrayBuffer>;
  #dictionary: readonly (string | null)[] = [];
  #row = 0;

  /** @param filled Is set to 1 for each row that has a value; null where nobody needs it. */
  constructor(rows: number, private readonly filled: Uint8Array | null) {
    this.numbers = new Float64Array(rows).fill(NaN);
  }

  dictionary(count: number, page: DataView, type: PlainType): void {
    this.#dictionary = plainTexts(count, page, type);
  }

  dictionaryOf(texts: readonly (string | null)[]): void {
    this.#dictionary = texts;
  }

  coded(page: CodedPage): void {
    const indices = new Int32Array(page.present);
    readIndices(page, indices);
    const texts = this.#dictionary;
    if (indices.some((index) => index >= texts.length)) {
      throw new RangeError("A value is not in the dictionary");
    }
    const numbers = texts.map((text) => numberOf(text ?? ""));
    this.#put(page.count, page.levels, (k) => numbers[indices[k]!]!, (k) => texts[indices[k]!]);
  }

  plain(count: number, page: DataView, type: PlainType, levels: Levels): void {
    if (type === "double") {
      this.#put(
        count,
        levels,
        (k) => finite(page.getFloat64(8 * k, true)),
        (k) => Number.isNaN(page.getFloat64(8 * k, true)) ? null : "a number",
      );
      return;
    }
    const present = levels ? levels.reduce((sum, level) => sum + level, 0) : count;
    const texts = plainTexts(present, page, type);
    this.#put(count, levels, (k) => numberOf(texts[k] ?? ""), (k) => texts[k]);
  }

  texts(texts: readonly (string | null)[]): void {
    this.#put(texts.length, null, (k) => numberOf(texts[k] ?? ""), (k) => texts[k]);
  }

  #put(
    count: number,
    levels: Levels,
    numberAt: (k: number) => number,
    textAt: (k: number) => string | null | undefined,
  ) {
    for (let i = 0, k = 0; i < count; i++) {
      if (levels?.[i] === 0) continue;
      this.numbers[this.#row + i] = numberAt(k);
      if (this.filled && textAt(k)) this.filled[this.#row + i] = 1;
      k++;
    }
    this.#row += count;
  }
}

function finite(number: number): number {
  return Number.isFinite(number) ? number : NaN;
}
