import { type Decompress, decompressorOf } from "./decompressor.ts";
import { type ColumnWanted, type ParquetColumn, readColumn } from "./parquet_column.ts";
import { chunkBytes, chunkOf, type ParquetFile } from "./parquet_file.ts";
import type { libraryPages } from "./parquet_library.ts";
import type { PageTools } from "./parquet_pages.ts";
import { HASHES, SKIP, TEXTS } from "./scan_plan.ts";
import type { Source } from "./source.ts";

/** The values of one part of a file, by column: what its kind says, null for SKIP. */
export interface ParquetPart {
  /** Which part it is (from 0). */
  readonly group: number;
  readonly rows: number;
  /** The part's rows that are left out, since they have no value at all. */
  readonly dropped: readonly number[];
  readonly columns: readonly (ParquetColumn | null)[];
}

/** What is wanted of each column, as in a ScanPlan. */
export interface ParquetPlan {
  readonly kinds: readonly number[];
  readonly prefix: string;
}

/** What decompresses each column of a file. */
export type Decompressors = ReadonlyMap<string, Decompress>;

/** Loads what decompresses the columns of a file. */
export async function decompressorsOf({ metadata }: ParquetFile): Promise<Decompressors> {
  const codecs = new Set(
    metadata.row_groups.flatMap(({ columns }) => columns.map(({ meta_data }) => meta_data?.codec)),
  );
  const found = new Map<string, Decompress>();
  for (const codec of codecs) {
    if (codec !== undefined) found.set(codec, await decompressorOf(codec));
  }
  return found;
}

/** What the pages of a part are read with. */
export interface PartTools {
  readonly decompressors: Decompressors;
  /** Reads pages of any type and encoding; null where it is not to be used. */
  readonly library: typeof libraryPages | null;
}

/**
 * Reads one column in one part of a file.
 *
 * @throws See {@link readColumn}.
 */
export function columnAt(
  source: Source,
  file: ParquetFile,
  group: number,
  position: number,
  { decompressors, library }: PartTools,
  wanted: ColumnWanted,
): ParquetColumn {
  const chunk = chunkOf(source, file, group, position);
  const bytes = chunkBytes(source, chunk);
  const tools: PageTools = {
    decompress: decompressors.get(chunk.codec)!,
    ...(library ? { read: library(bytes, file, group, position, source.name) } : {}),
  };
  return readColumn(bytes, chunk, wanted, source.name, tools);
}

/**
 * Reads one part of a file, without its rows that have no value at all.
 *
 * @throws See {@link readColumn}.
 */
export function partOf(
  source: Source,
  file: ParquetFile,
  group: number,
  { kinds, prefix, ...tools }: PartTools & Pick<ParquetPlan, "kinds" | "prefix">,
): ParquetPart {
  const rows = file.groups[group]!;
  const filled = new Uint8Array(rows);
  const columns: (ParquetColumn | null)[] = kinds.map(() => null);
  const read = (position: number, kind: number) =>
    columnAt(source, file, group, position, tools, {
      kind,
      prefix,
      filled: filled.includes(0) ? filled : null,
    });
  // The ids come first: who has one is filled, so that nobody has to look at the others for that.
  const order = [...kinds.keys()].sort((a, b) =>
    Number(kinds[b] === HASHES) - Number(kinds[a] === HASHES)
  );
  for (const position of order) {
    if (kinds[position] !== SKIP) columns[position] = read(position, kinds[position]!);
  }
  for (const [position, kind] of kinds.entries()) {
    // Only where somebody has no value in the columns that are wanted do the others matter.
    if (!filled.includes(0)) break;
    if (kind === SKIP) read(position, TEXTS);
  }
  if (!filled.includes(0)) return { group, rows, dropped: [], columns };
  const dropped = [...filled.keys()].filter((row) => filled[row] === 0);
  const keep = <T extends Float64Array | Int32Array | Uint8Array>(
    values: T,
    per = 1,
  ) => values.filter((_, i) => filled[Math.floor(i / per)] === 1) as T;
  return {
    group,
    rows: rows - dropped.length,
    dropped,
    columns: columns.map((column) => {
      if (column === null || "isWritten" in column) return column;
      if ("hashes" in column) return { ...column, hashes: keep(column.hashes, 2) };
      if ("numbers" in column) return { numbers: keep(column.numbers) };
      return { ...column, places: keep(column.places) };
    }),
  };
}
