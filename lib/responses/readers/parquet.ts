import type { FileMetaData, SchemaTree } from "hyparquet";
import { compressors as library } from "hyparquet-compressors";
import { parquetHeader, readPage } from "hyparquet/src/column.js";
import { convert, DEFAULT_PARSERS } from "hyparquet/src/convert.js";
import { parquetMetadata, parquetSchema } from "hyparquet/src/metadata.js";
import { readVarInt } from "hyparquet/src/thrift.js";
import type { DataReader, DecodedArray, PageHeader } from "hyparquet/src/types.js";
import { brotliDecompressSync, crc32, gunzipSync, zstdDecompressSync } from "node:zlib";
import type { Problem } from "../problem.ts";
import { checkRows, damaged, damagedBy } from "./damaged.ts";
import {
  cellText,
  noAnswer,
  readColumn,
  type ResponseTable,
  responseTable,
} from "./response_table.ts";

/** A Parquet file whose columns can be read one by one. */
export interface ParquetFile {
  readonly header: readonly string[];
  readonly rows: number;
  /** The number of rows of each of its parts. */
  readonly groups: readonly number[];
  /**
   * The values of a column in one part of the file.
   *
   * @throws {DataProblems} If the column holds lists or records.
   * @throws {Error} Whatever a damaged file leads to.
   */
  valuesOf(group: number, position: number): (string | null)[];
  /** Compares the pages of a column with their checksums, where they have some; throws likewise. */
  checkPages(group: number, position: number): void;
}

/**
 * Reads Parquet, in any of its encodings and compressions.
 *
 * @throws {DataProblems} If the file is damaged.
 */
export function readParquet(bytes: Uint8Array<ArrayBuffer>, file: string): Promise<ResponseTable> {
  return damagedBy(file, () => {
    const parquet = parquetFile(
      { name: file, size: bytes.length },
      (from, length) => bytes.slice(from, from + length),
    );
    const unread = new Map<number, Problem>();
    const columns = parquet.header.map((_, position) =>
      readColumn(
        unread,
        position,
        parquet.rows,
        () => parquet.groups.flatMap((_, group) => parquet.valuesOf(group, position)),
      )
    );
    return responseTable(parquet.header, columns, undefined, unread);
  });
}

/**
 * Opens a Parquet file by what its end says.
 *
 * @param read Copies so many bytes at a position.
 * @throws {DataProblems} If its parts contradict each other.
 * @throws {Error} Whatever the library throws at a damaged file.
 */
export function parquetFile(
  file: { readonly name: string; readonly size: number },
  read: (from: number, length: number) => Uint8Array<ArrayBuffer>,
): ParquetFile {
  const { name, size } = file;
  const metadata = parquetMetadata(endOf(size, read));
  const rows = Number(metadata.num_rows);
  const groups = metadata.row_groups.map((group) => Number(group.num_rows));
  const counted = groups.reduce((sum, count) => sum + count, 0);
  if (rows !== counted || groups.some((count) => !(count >= 0))) {
    throw damaged(name, `${rows} respondents, as the file says, but its parts have ${counted}`);
  }
  checkRows(rows, size, name);
  const { children } = parquetSchema(metadata);
  for (const { element } of children) {
    if (typeof element.name !== "string") throw damaged(name, "a name for each column");
  }
  // A column of lists or records is stored as several.
  const stored: number[] = [];
  children.reduce((at, child, position) => (stored[position] = at, at + leavesOf(child)), 0);
  const isNested = ({ element }: SchemaTree) =>
    Boolean(element.num_children) || element.repetition_type === "REPEATED";
  const bytesOf = (group: number, position: number) => {
    const { from, length } = placeOf(metadata, group, stored[position]!, position, file);
    return read(from, length);
  };
  return {
    header: children.map(({ element }) => element.name),
    rows,
    groups,
    valuesOf(group, position) {
      const { name: column } = children[position]!.element;
      if (isNested(children[position]!)) throw noAnswer(column, name);
      const bytes = bytesOf(group, position);
      const values = columnValues(bytes, metadata, group, position, stored[position]!);
      return values.map((value) => cellText(value, column, name));
    },
    checkPages(group, position) {
      const bytes = bytesOf(group, position);
      const reader = { view: new DataView(bytes.buffer), offset: 0 };
      while (reader.offset < bytes.length) {
        const { compressed_page_size } = pageHeader(reader);
        reader.offset += compressed_page_size;
      }
    },
  };
}

/** The bytes at a file's end that tell of all others. */
function endOf(
  size: number,
  read: (from: number, length: number) => Uint8Array<ArrayBuffer>,
): ArrayBuffer {
  const last = read(Math.max(0, size - 8), Math.min(8, size));
  if (last.length < 8) return last.buffer;
  const length = 8 + new DataView(last.buffer).getUint32(0, true);
  return length > size ? last.buffer : read(size - length, length).buffer;
}

function leavesOf({ children }: SchemaTree): number {
  return children.length === 0 ? 1 : children.reduce((sum, each) => sum + leavesOf(each), 0);
}

/** Where a column stands in one part of a file. */
function placeOf(
  metadata: FileMetaData,
  group: number,
  stored: number,
  position: number,
  { name, size }: { readonly name: string; readonly size: number },
): { from: number; length: number } {
  const { element } = parquetSchema(metadata).children[position]!;
  const chunk = metadata.row_groups[group]?.columns[stored]?.meta_data;
  if (!chunk || chunk.path_in_schema.join(".") !== element.name) {
    throw damaged(name, `column ${position + 1} in each of its parts`);
  }
  // Some writers leave out where the dictionary stands, and some put it behind.
  const pages = Number(chunk.data_page_offset);
  const from = Math.min(Number(chunk.dictionary_page_offset || pages), pages);
  const length = Number(chunk.total_compressed_size);
  if (!(from >= 0 && length >= 0 && from + length <= size)) {
    throw damaged(name, `column ${element.name} at a place inside of it`);
  }
  return { from, length };
}

/** No page unpacks to so many bytes for each that it has, unless it is small or a few values repeat. */
const MOST_PER_BYTE = 2 ** 12, LARGE_PAGE = 2 ** 26;
/** So many values more than a page has may be packed together at its end. */
const PADDING = 1024;

/** What decompresses the pages: what Deno has is faster than what comes with the library. */
const compressors: Record<string, (packed: Uint8Array, size: number) => Uint8Array> = {
  ...library,
  GZIP: (packed, size) => gunzipSync(packed, { maxOutputLength: size }),
  BROTLI: (packed, size) => brotliDecompressSync(packed, { maxOutputLength: size }),
  ZSTD: (packed, size) => zstdDecompressSync(packed, { maxOutputLength: size }),
};

/**
 * The values of a column in one part of a Parquet file, page by page. The library trusts what a page
 * says of itself, so that a damaged one would keep it busy for ever: that is looked at first.
 *
 * @param bytes Those of the column.
 * @throws {Error} Whatever a damaged page leads to.
 */
function columnValues(
  bytes: Uint8Array<ArrayBuffer>,
  metadata: FileMetaData,
  group: number,
  position: number,
  stored: number,
): unknown[] {
  const schema = parquetSchema(metadata);
  const child = schema.children[position]!;
  const { codec, ...column } = metadata.row_groups[group]!.columns[stored]!.meta_data!;
  const decoder = {
    ...column,
    codec: "UNCOMPRESSED" as const,
    pathInSchema: [child.element.name],
    element: child.element,
    schemaPath: [schema, child],
    parsers: DEFAULT_PARSERS,
  };
  const isOptional = child.element.repetition_type !== "REQUIRED";
  const rows = Number(metadata.row_groups[group]!.num_rows);
  const reader = { view: new DataView(bytes.buffer), offset: 0 };
  let dictionary: DecodedArray | undefined;
  const values: unknown[] = [];
  while (values.length < rows) {
    const packed = pageHeader(reader);
    const end = reader.offset + packed.compressed_page_size;
    const { page, header } = unpacked(bytes.subarray(reader.offset, end), packed, codec);
    reader.offset = end;
    const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
    const count = (header.data_page_header ?? header.data_page_header_v2)?.num_values ?? 0;
    if (!(count >= 0 && values.length + count <= rows)) {
      throw new RangeError(`${count} values in a page of ${rows} rows`);
    }
    checkContent(view, header, count, isOptional);
    const { data = [] } = readPage({ view, offset: 0 }, header, decoder, dictionary, undefined, 0);
    if (header.type === "DICTIONARY_PAGE") {
      dictionary = convert(data, decoder);
      continue;
    }
    // Of a page without a single value the library makes nothing.
    const isEmpty = data.length === 0 && header.data_page_header_v2?.num_nulls === count;
    if (data.length !== count && !isEmpty) throw new RangeError("A page has too few values");
    for (let i = 0; i < count; i++) {
      const value = isEmpty ? null : (data as ArrayLike<unknown>)[i];
      if (value === undefined) throw new RangeError("A value is not in the dictionary");
      values.push(value);
    }
  }
  return values;
}

/** The header of the next page, whose bytes are there and are what its checksum says. */
function pageHeader(reader: DataReader): PageHeader {
  const header = parquetHeader(reader);
  const { compressed_page_size: packed, uncompressed_page_size: size, crc } = header;
  const { view, offset } = reader;
  if (!(packed >= 0 && offset + packed <= view.byteLength)) {
    throw new RangeError("A page is cut off");
  }
  if (!(size >= 0 && size <= LARGE_PAGE + MOST_PER_BYTE * packed)) {
    throw new RangeError(`A page of ${size} bytes`);
  }
  if (crc !== undefined && crc32(new Uint8Array(view.buffer, offset, packed)) !== crc >>> 0) {
    throw new RangeError("A page is not what its checksum says");
  }
  return header;
}

/** A page's bytes as they were before they were compressed, and its header to fit them. */
function unpacked(bytes: Uint8Array, header: PageHeader, codec: string) {
  const v2 = header.data_page_header_v2;
  // The levels of the second version stand before what is compressed.
  const levels = v2 ? v2.definition_levels_byte_length + v2.repetition_levels_byte_length : 0;
  const size = header.uncompressed_page_size - levels;
  if (!(levels >= 0 && size >= 0)) throw new RangeError(`Levels of ${levels} bytes`);
  let page = bytes;
  if (codec !== "UNCOMPRESSED" && v2?.is_compressed !== false) {
    const unpack = compressors[codec];
    if (!unpack) throw new Error(`A compression that is not read: ${codec}`);
    const body = size > 0 ? unpack(bytes.subarray(levels), size) : new Uint8Array();
    page = new Uint8Array(levels + body.length);
    page.set(bytes.subarray(0, levels));
    page.set(body, levels);
  }
  if (page.length !== levels + size) throw new RangeError(`A page of ${page.length} bytes`);
  return {
    page,
    header: {
      ...header,
      compressed_page_size: page.length,
      ...v2 && { data_page_header_v2: { ...v2, is_compressed: false } },
    },
  };
}

/** Refuses a page that says it has more values than it can have. */
function checkContent(view: DataView, header: PageHeader, count: number, isOptional: boolean) {
  const { type, data_page_header: v1, data_page_header_v2: v2, dictionary_page_header } = header;
  if (type === "DICTIONARY_PAGE") {
    const most = 8 * view.byteLength;
    const has = dictionary_page_header?.num_values ?? 0;
    if (!(has >= 0 && has <= most)) throw new RangeError(`A dictionary of ${has} values`);
  }
  if (!v1 && !v2) return;
  let at = v2 ? v2.repetition_levels_byte_length : 0;
  if (isOptional) {
    const length = v2 ? v2.definition_levels_byte_length : view.getUint32(0, true);
    if (!v2) at += 4;
    checkRuns(view, at, 1, count);
    at += length;
  }
  const encoding = (v1 ?? v2)!.encoding ?? "";
  if (encoding.endsWith("_DICTIONARY")) {
    if (count > 0 && at < view.byteLength) checkRuns(view, at + 1, view.getUint8(at), count);
  } else if (encoding === "RLE") checkRuns(view, v2 ? at : at + 4, 1, count);
  else if (encoding.startsWith("DELTA")) {
    const reader = { view, offset: at };
    const [block, parts] = [readVarInt(reader), readVarInt(reader)];
    if (!(block > 0 && parts > 0 && block % parts === 0)) {
      throw new RangeError(`${parts} parts of a block of ${block}`);
    }
  }
}

/** Refuses runs of numbers, each packed or repeated, of which one has more than all have together. */
function checkRuns(view: DataView, at: number, width: number, count: number) {
  if (width > 32) throw new RangeError(`Numbers of ${width} bits`);
  const reader = { view, offset: at };
  for (let seen = 0; seen < count && reader.offset < view.byteLength;) {
    const run = readVarInt(reader);
    const length = run & 1 ? 8 * (run >>> 1) : run >>> 1;
    if (length > count + PADDING) throw new RangeError(`A run of ${length} of ${count} values`);
    reader.offset += run & 1 ? width * (run >>> 1) : Math.ceil(width / 8);
    seen += length;
  }
}
