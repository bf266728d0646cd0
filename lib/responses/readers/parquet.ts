import { crc32 } from "node:zlib";
import type { Compressors, FileMetaData } from "hyparquet";
import { compressors as library } from "hyparquet-compressors";
import { parquetHeader, readPage } from "hyparquet/src/column.js";
import { convert, DEFAULT_PARSERS } from "hyparquet/src/convert.js";
import { parquetMetadata, parquetSchema } from "hyparquet/src/metadata.js";
import type { DataReader, DecodedArray, PageHeader } from "hyparquet/src/types.js";
import { checkRows, damaged, damagedBy } from "./damaged.ts";
import { asText, noAnswer, type ResponseTable, responseTable } from "./response_table.ts";

/** No page unpacks to so many bytes more than it has, unless a few values are repeated for all. */
const MOST_PER_BYTE = 2 ** 12;
const LARGE_PAGE = 2 ** 26;

/** A Parquet file whose columns can be read one by one. */
export interface ParquetFile {
  readonly header: readonly string[];
  readonly rows: number;
  /** The number of rows of each of its parts. */
  readonly groups: readonly number[];
  /**
   * The values of a column in one part of the file.
   *
   * @throws {Error} Whatever a damaged file leads to.
   */
  valuesOf(group: number, position: number): (string | null)[];
  /** Compares the pages of a column with their checksums, where they have some; throws likewise. */
  checkPages(group: number, position: number): void;
}

/**
 * Reads Parquet, in any of its encodings and compressions.
 *
 * @throws {DataProblems} If the file is damaged, or a column holds lists or records.
 */
export function readParquet(bytes: Uint8Array<ArrayBuffer>, file: string): Promise<ResponseTable> {
  return damagedBy(file, () => {
    const parquet = parquetFile(
      { name: file, size: bytes.length },
      (from, length) => bytes.slice(from, from + length),
    );
    const columns = parquet.header.map((_, position) =>
      parquet.groups.flatMap((_, group) => parquet.valuesOf(group, position))
    );
    return responseTable(parquet.header, columns);
  });
}

/**
 * Opens a Parquet file by what its end says.
 *
 * @param read Copies so many bytes at a position.
 * @throws {DataProblems} If its parts contradict each other, or a column holds lists or records.
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
    if (element.num_children || element.repetition_type === "REPEATED") {
      throw noAnswer(element.name, name);
    }
  }
  const bytesOf = (group: number, position: number) => {
    const { from, length } = placeOf(metadata, group, position, file);
    return read(from, length);
  };
  return {
    header: children.map(({ element }) => element.name),
    rows,
    groups,
    valuesOf(group, position) {
      const values = pagesOf(bytesOf(group, position), metadata, group, position);
      const { name: column } = children[position]!.element;
      return values.map((value) => asText(value, column, name));
    },
    checkPages(group, position) {
      const bytes = bytesOf(group, position);
      const reader = { view: new DataView(bytes.buffer), offset: 0 };
      while (reader.offset < bytes.length) {
        const { compressed_page_size } = soundHeader(reader);
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

/** Where a column stands in one part of a file. */
function placeOf(
  metadata: FileMetaData,
  group: number,
  position: number,
  { name, size }: { readonly name: string; readonly size: number },
): { from: number; length: number } {
  const { element } = parquetSchema(metadata).children[position]!;
  const chunk = metadata.row_groups[group]?.columns[position]?.meta_data;
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

/**
 * The values of a column in one part of a file, page by page: what is damaged then throws here, where
 * the library's own loop would end the whole process.
 */
function pagesOf(
  bytes: Uint8Array<ArrayBuffer>,
  metadata: FileMetaData,
  group: number,
  position: number,
): unknown[] {
  const schema = parquetSchema(metadata);
  const child = schema.children[position]!;
  const decoder = {
    pathInSchema: [child.element.name],
    element: child.element,
    schemaPath: [schema, child],
    compressors,
    parsers: DEFAULT_PARSERS,
    ...metadata.row_groups[group]!.columns[position]!.meta_data!,
  };
  const rows = Number(metadata.row_groups[group]!.num_rows);
  const reader = { view: new DataView(bytes.buffer), offset: 0 };
  let dictionary: DecodedArray | undefined;
  const values: unknown[] = [];
  while (values.length < rows) {
    const header = soundHeader(reader);
    const end = reader.offset + header.compressed_page_size;
    const count = (header.data_page_header ?? header.data_page_header_v2)?.num_values ?? 0;
    if (!(count >= 0 && values.length + count <= rows)) {
      throw new RangeError(`${count} values in a page of ${rows} rows`);
    }
    const { data = [] } = readPage(reader, header, decoder, dictionary, undefined, 0);
    reader.offset = end;
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
function soundHeader(reader: DataReader): PageHeader {
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

/** What unpacks the pages: so many bytes as the page says, or it is damaged. */
const compressors: Compressors = Object.fromEntries(
  Object.entries(library).map(([codec, unpack]) => [codec, (bytes: Uint8Array, length: number) => {
    const unpacked = unpack(bytes, length);
    if (unpacked.length === length) return unpacked;
    throw new RangeError(`A page of ${unpacked.length} bytes where ${length} should be`);
  }]),
);
