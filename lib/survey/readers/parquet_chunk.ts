import { crc32 } from "node:zlib";
import type { DecodedArray, PageHeader } from "hyparquet/src/types.js";
import { parquetHeader, readPage } from "hyparquet/src/column.js";
import { convert, DEFAULT_PARSERS } from "hyparquet/src/convert.js";
import { decompressPage } from "hyparquet/src/datapage.js";
import { type BitReader, isOneRun, readRuns } from "./bit_runs.ts";
import { damaged } from "./damaged.ts";
import { KnownTexts } from "./known_texts.ts";
import { compressors } from "./parquet_codecs.ts";
import { columnBytes, type ParquetFile } from "./parquet_file.ts";
import type { Source } from "./source.ts";
import { asText } from "./value_as_text.ts";

/** For each row of a page 1 where it has a value, otherwise 0; null where all have one. */
export type Levels = Uint8Array | null;

/** Takes the values of a column in one part of a file, page by page. */
export interface PageSink {
  /**
   * Values that stand in a dictionary.
   *
   * @param count Number of rows.
   * @param indices For each row that has a value its number.
   * @param places For each number the place of its text in `texts`; -1 where the dictionary ends.
   * @throws {RangeError} If a number is beyond the dictionary.
   */
  coded(
    count: number,
    indices: Uint8Array | Int32Array,
    places: Int32Array,
    levels: Levels,
    texts: readonly (string | null)[],
  ): void;
  /** For each row the place of its text in `texts`; the first stands for no value. */
  places(places: Int32Array, texts: readonly (string | null)[]): void;
  /** Texts that stand one after the other, each behind its length in four bytes. */
  plain?(count: number, view: DataView, levels: Levels): void;
  /** Values of any type, null or undefined where there is none. */
  values?(values: DecodedArray): void;
}

/**
 * Decodes one column in one part of a Parquet file. Values that stand in a dictionary are not expanded:
 * each different one becomes a text once, and of the rows only its place is read.
 *
 * @throws {Error} Whatever a damaged file leads to.
 */
export function decodeChunk(
  source: Source,
  file: ParquetFile,
  group: number,
  position: number,
  sink: PageSink,
): void {
  const { bytes, chunk, element, schemaPath } = columnBytes(source, file, group, position);
  const rows = file.groups[group]!;
  const column = element.name;
  const decoder = {
    pathInSchema: [column],
    element,
    schemaPath,
    compressors,
    parsers: DEFAULT_PARSERS,
    ...chunk,
  };
  const reader = { view: new DataView(bytes.buffer), offset: 0 };
  const isText = element.type === "BYTE_ARRAY" && element.converted_type !== "DECIMAL" &&
    element.converted_type !== "JSON" && element.converted_type !== "BSON" &&
    (element.logical_type === undefined || element.logical_type.type === "STRING" ||
      element.logical_type.type === "ENUM");
  const isOptional = element.repetition_type !== "REQUIRED";
  const known = new KnownTexts();
  let dictionary: DecodedArray | undefined;
  let places: Int32Array | null = null;
  for (let seen = 0; seen < rows;) {
    if (reader.offset >= bytes.length) {
      throw damaged(source.name, `${rows} values in column ${column}, but there are ${seen}`);
    }
    const header = parquetHeader(reader);
    const size = header.compressed_page_size;
    if (!(size >= 0 && reader.offset + size <= bytes.length)) {
      throw damaged(source.name, `column ${column} whole, but a part of it is cut off`);
    }
    const packed = bytes.subarray(reader.offset, reader.offset + size);
    if (header.crc !== undefined && crc32(packed) !== header.crc >>> 0) {
      throw damaged(source.name, `column ${column} as it was written, but its checksum is another`);
    }
    if (header.type === "DICTIONARY_PAGE") {
      const { data } = readPage(reader, header, decoder, undefined, undefined, 0);
      dictionary = data ? convert(data, decoder) : [];
      // So many places as any number of up to eight bits could ask for.
      places = new Int32Array(Math.max(256, dictionary.length)).fill(-1);
      for (let i = 0; i < dictionary.length; i++) {
        places[i] = known.place(asText(dictionary[i], column, source.name));
      }
      continue;
    }
    const page = pageOf(header);
    if (!(page.count >= 0 && page.count <= rows - seen)) {
      throw damaged(source.name, `${rows} values in column ${column}, but there are more`);
    }
    seen += page.count;
    const coded = page.encoding.endsWith("_DICTIONARY") && !sink.values;
    const isPlain = page.encoding === "PLAIN" && isText && !sink.values;
    if (!coded && !isPlain) {
      const { data = [] } = readPage(reader, header, decoder, dictionary, undefined, 0);
      if (data.length !== page.count) {
        throw damaged(source.name, `${page.count} values in a page of column ${column}`);
      }
      if (sink.values) sink.values(data);
      else {
        const row = Int32Array.from(
          { length: data.length },
          (_, i) => known.place(asText(data[i], column, source.name)),
        );
        sink.places(row, known.texts);
      }
      continue;
    }
    reader.offset += size;
    const { levels, values, present } = unpacked(packed, header, page, isOptional, chunk.codec);
    if (isPlain) {
      const view = new DataView(values.buffer, values.byteOffset, values.byteLength);
      if (sink.plain) sink.plain(page.count, view, levels);
      else sink.places(known.read(page.count, view, levels), known.texts);
      continue;
    }
    if (!places) throw damaged(source.name, `a dictionary in column ${column}`);
    const width = values[0] ?? 0;
    const indices = width <= 8 ? new Uint8Array(present) : new Int32Array(present);
    if (present > 0 && width > 0) {
      readRuns({ bytes: values, at: 1, end: values.length }, width, indices);
    }
    sink.coded(page.count, indices, places, levels, known.texts);
  }
}

interface Page {
  readonly count: number;
  readonly encoding: string;
}

function pageOf(header: PageHeader): Page {
  const page = header.data_page_header ?? header.data_page_header_v2;
  if (!page || !/^DATA_PAGE(_V2)?$/.test(String(header.type))) {
    throw new Error(`A page of a kind that is not read: ${header.type}`);
  }
  return { count: page.num_values, encoding: String(page.encoding) };
}

/** The parts of a data page: who has a value, and the values' bytes. */
function unpacked(
  packed: Uint8Array,
  header: PageHeader,
  { count }: Page,
  isOptional: boolean,
  codec: Parameters<typeof decompressPage>[2],
) {
  const v2 = header.data_page_header_v2;
  const size = Number(header.uncompressed_page_size);
  let values: Uint8Array;
  let levels: Levels = null;
  if (v2) {
    const start = v2.repetition_levels_byte_length;
    const end = start + v2.definition_levels_byte_length;
    if (isOptional && end > start) levels = levelsIn({ bytes: packed, at: start, end }, count);
    values = packed.subarray(end);
    if (v2.is_compressed !== false) {
      values = decompressPage(values, size - end, codec, compressors);
    }
  } else {
    const page = decompressPage(packed, size, codec, compressors);
    let start = 0;
    if (isOptional) {
      const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
      start = 4 + view.getUint32(0, true);
      if (start > page.length) throw new RangeError("A page ends in its levels");
      levels = levelsIn({ bytes: page, at: 4, end: start }, count);
    }
    values = page.subarray(start);
  }
  let present = count;
  if (levels) { for (let i = 0; i < count; i++) present -= 1 - levels[i]!; }
  return { levels, values, present };
}

function levelsIn(reader: BitReader, count: number): Levels {
  if (count === 0 || isOneRun(reader, count)) return null;
  const levels = new Uint8Array(count);
  readRuns(reader, 1, levels);
  return levels;
}
