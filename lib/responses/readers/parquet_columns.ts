import { buffersOf } from "./parquet_column.ts";
import type { ParquetFile } from "./parquet_file.ts";
import { libraryPages } from "./parquet_library.ts";
import { decompressorsOf, type ParquetPlan, partOf } from "./parquet_part.ts";
import type { Source } from "./source.ts";

/**
 * Reads what is wanted of a file, part by part.
 *
 * @throws {DataProblems} If a column holds lists or records.
 * @throws {Error} Whatever a damaged file leads to.
 */
export async function* parquetParts(source: Source, file: ParquetFile, plan: unknown) {
  const { kinds, prefix } = plan as ParquetPlan;
  const decompressors = await decompressorsOf(file);
  for (const group of file.groups.keys()) {
    const part = partOf(source, file, group, {
      kinds,
      prefix,
      decompressors,
      library: libraryPages,
    });
    yield { part, transfer: part.columns.flatMap((column) => column ? buffersOf(column) : []) };
  }
}
