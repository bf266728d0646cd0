import type { PageTools } from "./parquet_pages.ts";
import { parquetSchema } from "hyparquet/src/metadata.js";
import { parquetHeader, readPage } from "hyparquet/src/column.js";
import { convert, DEFAULT_PARSERS } from "hyparquet/src/convert.js";
import type { DecodedArray } from "hyparquet/src/types.js";
import { compressors } from "./parquet_codecs.ts";
import type { ParquetFile } from "./parquet_file.ts";
import { asText } from "./value_as_text.ts";

/**
 * Reads the pages of a column in one part of a file with the library, in any type and encoding.
 *
 * @param bytes The chunk.
 * @param file The file's name, for messages.
 */
export function libraryPages(
  bytes: Uint8Array<ArrayBuffer>,
  { metadata }: ParquetFile,
  group: number,
  position: number,
  file: string,
): NonNullable<PageTools["read"]> {
  const schema = parquetSchema(metadata);
  const child = schema.children[position]!;
  const { element } = child;
  const decoder = {
    pathInSchema: [element.name],
    element,
    schemaPath: [schema, child],
    compressors,
    parsers: DEFAULT_PARSERS,
    ...metadata.row_groups[group]!.columns[position]!.meta_data!,
  };
  let dictionary: DecodedArray | undefined;
  return (at) => {
    const reader = { view: new DataView(bytes.buffer), offset: at };
    const header = parquetHeader(reader);
    const { data = [] } = readPage(reader, header, decoder, dictionary, undefined, 0);
    const values = header.type === "DICTIONARY_PAGE" ? convert(data, decoder) : data;
    if (header.type === "DICTIONARY_PAGE") dictionary = values;
    return Array.from(values as ArrayLike<unknown>, (value) => asText(value, element.name, file));
  };
}
