import { type BitReader, isOneRun, readBytes, readRuns } from "./bit_runs.ts";
import { crc32 } from "./crc32.ts";
import { damaged } from "./damaged.ts";
import {
  DATA,
  DATA_V2,
  DICTIONARY,
  type PageHeader,
  pageHeader,
  PLAIN,
  PLAIN_DICTIONARY,
  RLE_DICTIONARY,
} from "./page_header.ts";
import type { PlainType } from "./plain_texts.ts";

/** Where a column stands in one part of a Parquet file, and how; can be told to another thread. */
export interface Chunk {
  /** The column's name. */
  readonly column: string;
  readonly from: number;
  readonly length: number;
  readonly rows: number;
  readonly codec: string;
  /** Whether there may be rows without a value. */
  readonly isOptional: boolean;
  /** What its values are; null where only the library can tell. */
  readonly type: PlainType | null;
}

/**
 * For each row of a page 1 where it has a value, otherwise 0; null where all have one. Valid until the
 * next page.
 */
export type Levels = Uint8Array<ArrayBuffer> | null;

/** The rows of a page whose values stand in a dictionary. */
export interface CodedPage {
  /** Number of rows, and of those that have a value. */
  readonly count: number;
  readonly present: number;
  readonly levels: Levels;
  /** For each that has one its number, in so many bits; to be read by {@link readIndices}. */
  readonly indices: BitReader;
  readonly width: number;
}

/** Takes the values of a column in one part of a file, page by page. */
export interface PageSink {
  /** The dictionary of the pages that follow, as its values stand in the file. */
  dictionary(count: number, page: DataView, type: PlainType): void;
  /** The same where the library has read it. */
  dictionaryOf(texts: readonly (string | null)[]): void;
  /** @throws {RangeError} If a number is beyond the dictionary. */
  coded(page: CodedPage): void;
  /** Values that stand one after the other, none for rows that have none. */
  plain(count: number, page: DataView, type: PlainType, levels: Levels): void;
  /** The texts of rows that the library has read. */
  texts(texts: readonly (string | null)[]): void;
}

/** What a page needs that is not read here. */
export interface PageTools {
  /** @returns So many bytes, valid until the next page. */
  readonly decompress: (packed: Uint8Array, size: number) => Uint8Array;
  /**
   * Reads a page with the library, which trusts every number in it; absent where that is not wanted.
   *
   * @param at Where the page's header stands in the chunk.
   * @returns The texts of a dictionary, or of each row; null where there is none.
   */
  readonly read?: (at: number) => readonly (string | null)[];
}

/** Thrown at a page that only the library can read, where it is not to be used. */
export class UnusualPage extends Error {}

/**
 * Decodes one column in one part of a Parquet file. Values that stand in a dictionary are not expanded:
 * of the rows only their places in it are read.
 *
 * @param bytes The chunk.
 * @param file The file's name, for messages.
 * @throws {DataProblems} If the pages do not fit together.
 * @throws {UnusualPage}
 * @throws {Error} Whatever a damaged file leads to.
 */
export function readPages(
  bytes: Uint8Array,
  chunk: Chunk,
  file: string,
  sink: PageSink,
  tools: PageTools,
): void {
  const { column, rows, type } = chunk;
  const reader = { bytes, at: 0, end: bytes.length };
  let hasDictionary = false;
  const library = (at: number) => {
    if (!tools.read) throw new UnusualPage(`Only the library reads column ${column}`);
    return tools.read(at);
  };
  for (let seen = 0; seen < rows;) {
    if (reader.at >= bytes.length) {
      throw damaged(file, `${rows} values in column ${column}, but there are ${seen}`);
    }
    const start = reader.at;
    const header = pageHeader(reader);
    if (!(header.packed >= 0 && reader.at + header.packed <= bytes.length)) {
      throw damaged(file, `column ${column} whole, but a part of it is cut off`);
    }
    const packed = bytes.subarray(reader.at, reader.at + header.packed);
    reader.at += header.packed;
    if (header.crc !== null && crc32(packed) !== header.crc >>> 0) {
      throw damaged(file, `column ${column} as it was written, but its checksum is another`);
    }
    const { kind, count, encoding } = header;
    if (kind === DICTIONARY) {
      hasDictionary = true;
      if (type === null) sink.dictionaryOf(library(start));
      else sink.dictionary(count, viewOf(tools.decompress(packed, header.size)), type);
      continue;
    }
    if (kind !== DATA && kind !== DATA_V2) {
      throw new RangeError(`A page of a kind that is not read: ${kind}`);
    }
    if (!(count >= 0 && count <= rows - seen)) {
      throw damaged(file, `${rows} values in column ${column}, but there are more`);
    }
    seen += count;
    const coded = encoding === PLAIN_DICTIONARY || encoding === RLE_DICTIONARY;
    if (!coded && !(encoding === PLAIN && type !== null)) {
      const texts = library(start);
      if (texts.length !== count) {
        throw damaged(file, `${count} values in a page of column ${column}`);
      }
      sink.texts(texts);
      continue;
    }
    const { levels, values, present } = unpacked(packed, header, chunk, tools);
    if (!coded) sink.plain(count, viewOf(values), type!, levels);
    else {
      if (!hasDictionary) throw damaged(file, `a dictionary in column ${column}`);
      const indices = { bytes: values, at: 1, end: values.length };
      sink.coded({ count, present, levels, indices, width: values[0] ?? 0 });
    }
  }
}

/**
 * The numbers of a page's values in the dictionary.
 *
 * @param into At least so long as there are values.
 */
export function readIndices(
  { present, indices, width }: CodedPage,
  into: Int32Array,
): void {
  const part = into.subarray(0, present);
  if (width === 0) part.fill(0);
  else readRuns(indices, width, part);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The parts of a data page: who has a value, and the values' bytes. */
function unpacked(
  packed: Uint8Array,
  { levels: lengths, size, count, isPacked }: PageHeader,
  { isOptional }: Chunk,
  { decompress }: PageTools,
) {
  let values: Uint8Array;
  let levels: Levels = null;
  if (lengths) {
    const start = lengths.repetition;
    const end = start + lengths.definition;
    if (!(start >= 0 && end >= start && end <= packed.length)) {
      throw new RangeError("A page ends in its levels");
    }
    if (isOptional && end > start) levels = levelsIn({ bytes: packed, at: start, end }, count);
    values = packed.subarray(end);
    if (isPacked) values = decompress(values, size - end);
  } else {
    const page = decompress(packed, size);
    let start = 0;
    if (isOptional) {
      start = 4 + viewOf(page).getUint32(0, true);
      if (start > page.length) throw new RangeError("A page ends in its levels");
      levels = levelsIn({ bytes: page, at: 4, end: start }, count);
    }
    values = page.subarray(start);
  }
  return { levels, values, present: levels ? sum(levels) : count };
}

/** For the levels of pages, which come one after the other. */
let memory = new Uint8Array(0);

function levelsIn(reader: BitReader, count: number): Levels {
  if (count === 0 || isOneRun(reader, count)) return null;
  if (memory.length < count) memory = new Uint8Array(count);
  const levels = memory.subarray(0, count);
  readBytes(reader, 1, levels);
  return levels;
}

/** How many of some numbers, each 0 or 1, are 1. */
function sum(levels: Uint8Array<ArrayBuffer>): number {
  const words = new Int32Array(levels.buffer, 0, levels.length >> 2);
  let present = 0;
  // The highest byte of the product is the sum of four.
  for (let i = 0; i < words.length; i++) present += Math.imul(words[i]!, 0x01010101) >>> 24;
  for (let i = 4 * words.length; i < levels.length; i++) present += levels[i]!;
  return present;
}
