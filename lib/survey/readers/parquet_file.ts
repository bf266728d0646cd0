import type { FileMetaData, SchemaElement } from "hyparquet";
import { parquetMetadata, parquetSchema } from "hyparquet";
import { checkRows, damaged } from "./damaged.ts";
import type { Source } from "./source.ts";
import { noAnswer } from "./value_as_text.ts";

/** What the end of a Parquet file says of the rest. */
export interface ParquetFile {
  readonly metadata: FileMetaData;
  readonly header: readonly string[];
  readonly rows: number;
  /** The number of rows of each part. */
  readonly groups: readonly number[];
}

/** So many bytes at the end are looked at first. */
const TAIL = 2 ** 19;

/**
 * Reads the end of a Parquet file.
 *
 * @throws {DataProblems} If its parts contradict each other, or a column holds lists or records.
 * @throws {Error} Whatever the library throws at a damaged file.
 */
export function parquetFile(source: Source): ParquetFile {
  const { name, size } = source;
  const metadata = parquetMetadata(tailOf(source));
  const rows = Number(metadata.num_rows);
  const groups = metadata.row_groups.map((group) => Number(group.num_rows));
  const counted = groups.reduce((sum, count) => sum + count, 0);
  if (rows !== counted || groups.some((count) => !(count >= 0))) {
    throw damaged(name, `${rows} respondents, as the file says, but its parts have ${counted}`);
  }
  checkRows(rows, size, name);
  const [, ...fields] = metadata.schema;
  for (const { name: column, num_children, repetition_type } of fields) {
    if (num_children || repetition_type === "REPEATED") throw noAnswer(column, name);
  }
  return { metadata, header: fields.map(({ name }) => name), rows, groups };
}

function tailOf(source: Source): ArrayBuffer {
  const tail = new Uint8Array(Math.min(TAIL, source.size));
  source.copy(source.size - tail.length, tail);
  if (tail.length < 8) return tail.buffer;
  const length = 8 + new DataView(tail.buffer).getUint32(tail.length - 8, true);
  if (length <= tail.length || length > source.size) return tail.buffer;
  const whole = new Uint8Array(length);
  source.copy(source.size - length, whole);
  return whole.buffer;
}

/** The bytes of one column in one part of a file, and what is needed to decode them. */
export function columnBytes(
  source: Source,
  { metadata }: ParquetFile,
  group: number,
  position: number,
) {
  const schema = parquetSchema(metadata);
  const child = schema.children[position];
  const chunk = metadata.row_groups[group]?.columns[position]?.meta_data;
  if (!child || !chunk || chunk.path_in_schema.join(".") !== child.element.name) {
    throw damaged(source.name, `column ${position + 1} in each of its parts`);
  }
  // Some writers leave out where the dictionary stands, and some put it behind.
  const pages = Number(chunk.data_page_offset);
  const from = Math.min(Number(chunk.dictionary_page_offset || pages), pages);
  const length = Number(chunk.total_compressed_size);
  if (!(from >= 0 && length >= 0 && from + length <= source.size)) {
    throw damaged(source.name, `column ${child.element.name} at a place inside of it`);
  }
  const bytes = new Uint8Array(length);
  source.copy(from, bytes);
  const element: SchemaElement = child.element;
  return { bytes, chunk, element, schemaPath: [schema, child] };
}
