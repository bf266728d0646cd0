import { BEYOND, readCodedBytes } from "./coded_bytes.ts";
import { KnownTexts } from "./known_texts.ts";
import type { CodedPage, Levels, PageSink } from "./parquet_pages.ts";
import { plainTexts, type PlainType } from "./plain_texts.ts";
import type { TextBytes } from "./receiver.ts";

/** Thrown where a text has no byte that it always stands for. */
export class NoByte extends Error {}

/** Takes the texts of a column in one part of a Parquet file as the bytes that they stand for. */
export class CodedTexts implements PageSink {
  readonly #table = new Uint8Array(256).fill(BEYOND);
  readonly #texts: (string | null)[] = [null];
  readonly #known = new KnownTexts(this.#texts);
  #row = 0;

  /**
   * @param into A byte for each row; all of it is written.
   * @throws {NoByte} As do the methods; what was written is void then.
   */
  constructor(private readonly into: Uint8Array, private readonly of: TextBytes["of"]) {
    if (of(null) !== 0) throw new NoByte();
  }

  dictionary(count: number, page: DataView, type: PlainType): void {
    this.dictionaryOf(plainTexts(count, page, type));
  }

  dictionaryOf(texts: readonly (string | null)[]): void {
    if (texts.length > BEYOND) throw new NoByte();
    this.#table.fill(BEYOND);
    texts.forEach((text, i) => this.#table[i] = this.#byteOf(text));
  }

  coded(page: CodedPage): void {
    if (page.width > 8) throw new NoByte();
    readCodedBytes(page, this.into.subarray(this.#row, this.#row + page.count), this.#table);
    this.#row += page.count;
  }

  plain(count: number, page: DataView, type: PlainType, levels: Levels): void {
    if (type !== "text") throw new NoByte();
    const places = this.#known.read(count, page, levels);
    const bytes = this.#texts.map((text) => this.#byteOf(text));
    for (const place of places) this.into[this.#row++] = bytes[place]!;
  }

  texts(): void {
    throw new NoByte();
  }

  #byteOf(text: string | null): number {
    const byte = this.of(text === "" ? null : text);
    if (byte === null || byte === BEYOND) throw new NoByte();
    return byte;
  }
}
