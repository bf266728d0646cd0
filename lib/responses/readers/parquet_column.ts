import { CodedTexts, NoByte } from "./coded_texts.ts";
import { HashedIds } from "./hashed_ids.ts";
import type { IdOrder } from "./id_order.ts";
import { NumberColumn } from "./number_column.ts";
import { type Chunk, type PageTools, readPages } from "./parquet_pages.ts";
import { PlacedTexts } from "./placed_texts.ts";
import type { TextBytes } from "./receiver.ts";
import { HASHES, NUMBERS } from "./scan_plan.ts";

/** The values of a column in one part of a file. */
export type ParquetColumn =
  | {
    readonly texts: readonly (string | null)[];
    readonly places: Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer>;
  }
  | {
    readonly hashes: Int32Array<ArrayBuffer>;
    readonly withPrefix: number;
    readonly order: IdOrder;
    /** Whether every row has an id. */
    readonly isComplete: boolean;
  }
  | { readonly numbers: Float64Array<ArrayBuffer> }
  /** They are where they belong already. */
  | { readonly isWritten: true };

/** How a column is to be read. */
export interface ColumnWanted {
  /** TEXTS, HASHES or NUMBERS, as in a ScanPlan. */
  readonly kind: number;
  /** Hashed values that begin with this are counted. */
  readonly prefix: string;
  /** Is set to 1 for each row that has a value; null where nobody needs it. */
  readonly filled: Uint8Array | null;
  /** Memory of another column that is free again; used where it fits. */
  readonly room?: ArrayBuffer | null;
  /** Writes the column's texts as bytes, where each has one; otherwise it is read in the usual way. */
  readonly bytes?: BytesWanted | null;
}

/** Where a column's bytes go, and how they are made. */
export interface BytesWanted {
  readonly into: Uint8Array;
  readonly of: TextBytes["of"];
}

/**
 * Reads one column in one part of a Parquet file.
 *
 * @param bytes Those of the chunk.
 * @param file The file's name, for messages.
 * @throws See {@link readPages}.
 */
export function readColumn(
  bytes: Uint8Array,
  chunk: Chunk,
  { kind, prefix, filled, room = null, bytes: written = null }: ColumnWanted,
  file: string,
  tools: PageTools,
): ParquetColumn {
  const { rows } = chunk;
  if (kind === HASHES) {
    const ids = new HashedIds(rows, prefix, filled, room);
    readPages(bytes, chunk, file, ids, tools);
    const { hashes, withPrefix, order, isComplete } = ids;
    return { hashes, withPrefix, order, isComplete };
  }
  if (kind === NUMBERS) {
    const column = new NumberColumn(rows, filled);
    readPages(bytes, chunk, file, column, tools);
    return { numbers: column.numbers };
  }
  if (written) {
    try {
      readPages(bytes, chunk, file, new CodedTexts(written.into, written.of), tools);
      return { isWritten: true };
    } catch (error) {
      if (!(error instanceof NoByte)) throw error;
    }
  }
  const column = new PlacedTexts(rows, room);
  readPages(bytes, chunk, file, column, tools);
  const { all, out } = column;
  for (let row = 0; filled && row < rows; row++) if (all[out[row]!]) filled[row] = 1;
  return { texts: all, places: out };
}

/** The memory of a column, to be handed over to another thread. */
export function buffersOf(column: ParquetColumn): ArrayBuffer[] {
  if ("isWritten" in column) return [];
  if ("hashes" in column) return [column.hashes.buffer];
  return ["places" in column ? column.places.buffer : column.numbers.buffer];
}
