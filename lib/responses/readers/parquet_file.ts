import type { FileMetaData, SchemaElement } from "hyparquet";
import { parquetMetadata, parquetSchema } from "hyparquet/src/metadata.js";
import { checkRows, damaged } from "./damaged.ts";
import type { Chunk } from "./parquet_pages.ts";
import type { PlainType } from "./plain_texts.ts";
import type { Source } from "./source.ts";
import { noAnswer } from "./value_as_text.ts";

/** What the end of a Parquet file says of the rest. */
export interface ParquetFile {
  readonly metadata: FileMetaData;
  /** What it says of each column. */
  readonly elements: readonly SchemaElement[];
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
    if (typeof column !== "string") throw damaged(name, "a name for each column");
    if (num_children || repetition_type === "REPEATED") throw noAnswer(column, name);
  }
  const elements = parquetSchema(metadata).children.map(({ element }) => element);
  return { metadata, elements, header: fields.map(({ name }) => name), rows, groups };
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

/**
 * Where a column stands in one part of a file.
 *
 * @throws {DataProblems} If it cannot stand there.
 */
export function chunkOf(
  { name, size }: Pick<Source, "name" | "size">,
  { metadata, elements, groups }: ParquetFile,
  group: number,
  position: number,
): Chunk {
  const element = elements[position];
  const chunk = metadata.row_groups[group]?.columns[position]?.meta_data;
  if (!element || !chunk || chunk.path_in_schema.join(".") !== element.name) {
    throw damaged(name, `column ${position + 1} in each of its parts`);
  }
  // Some writers leave out where the dictionary stands, and some put it behind.
  const pages = Number(chunk.data_page_offset);
  const from = Math.min(Number(chunk.dictionary_page_offset || pages), pages);
  const length = Number(chunk.total_compressed_size);
  if (!(from >= 0 && length >= 0 && from + length <= size)) {
    throw damaged(name, `column ${element.name} at a place inside of it`);
  }
  return {
    column: element.name,
    from,
    length,
    rows: groups[group]!,
    codec: chunk.codec,
    isOptional: element.repetition_type !== "REQUIRED",
    type: plainTypeOf(element),
  };
}

/** The bytes of a column in one part of a file. */
export function chunkBytes(source: Pick<Source, "copy">, { from, length }: Chunk) {
  const bytes = new Uint8Array(length);
  source.copy(from, bytes);
  return bytes;
}

/** What values are that stand in the file as they are; null for what the library has to convert. */
function plainTypeOf({ type, converted_type, logical_type }: SchemaElement): PlainType | null {
  const isInteger = (logical_type === undefined && converted_type === undefined) ||
    (/^INT_(8|16|32|64)$/.test(converted_type ?? "INT_64") &&
      (logical_type === undefined || (logical_type.type === "INTEGER" && logical_type.isSigned)));
  switch (type) {
    case "BYTE_ARRAY":
      return converted_type !== "DECIMAL" && converted_type !== "JSON" &&
          converted_type !== "BSON" &&
          (logical_type === undefined || logical_type.type === "STRING" ||
            logical_type.type === "ENUM")
        ? "text"
        : null;
    case "INT32":
      return isInteger ? "int32" : null;
    case "INT64":
      return isInteger ? "int64" : null;
    case "FLOAT":
    case "DOUBLE":
      return logical_type === undefined && converted_type === undefined
        ? type === "FLOAT" ? "float" : "double"
        : null;
  }
  return null;
}
