import type { FileMetaData, SchemaTree } from "hyparquet";
import { parquetMetadata, parquetSchema } from "hyparquet/src/metadata.js";
import type { Problem } from "../problem.ts";
import { checkRows, damaged, damagedBy } from "./damaged.ts";
import { columnValues, pageHeader } from "./parquet_pages.ts";
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
