import { type Decompress, decompressorOf } from "./decompressor.ts";
import { type BytesWanted, type ParquetColumn, readColumn } from "./parquet_column.ts";
import type { Chunk } from "./parquet_pages.ts";
import { TEXTS } from "./scan_plan.ts";

/** Some columns of one part of a Parquet file, to be read by whoever has time. */
export interface ParquetTask {
  /** Which part it is (from 0). */
  readonly group: number;
  readonly columns: readonly {
    readonly position: number;
    /** As in a ScanPlan. */
    readonly kind: number;
    readonly chunk: Chunk;
  }[];
  /** For its columns memory that is free again; see ColumnWanted. */
  readonly rooms: readonly (ArrayBuffer | null)[];
}

/** What all tasks of a file have in common. */
export interface ParquetTasks {
  /** The file's name, for messages. */
  readonly file: string;
  readonly prefix: string;
  /** How its pages are compressed. */
  readonly codecs: readonly string[];
}

/** The columns of a task, in its order. */
export type TaskAnswer = readonly ParquetColumn[];

/**
 * Makes what reads the tasks of a file, but only pages of the usual encodings, whose numbers it checks:
 * nothing that a damaged file says keeps it for long.
 *
 * @param copy Copies bytes of the file from a position on.
 * @param bytesFor Where the bytes of a column go, if it is one of bytes.
 * @returns What throws {@link UnusualPage} at any other page.
 */
export async function taskReader(
  { file, prefix, codecs }: ParquetTasks,
  copy: (from: number, into: Uint8Array) => void,
  bytesFor: (group: number, position: number, rows: number) => BytesWanted | null = () => null,
): Promise<(task: ParquetTask) => TaskAnswer> {
  const decompressors = new Map<string, Decompress>();
  for (const codec of codecs) decompressors.set(codec, await decompressorOf(codec));
  let memory = new Uint8Array(0);
  return ({ group, columns, rooms }) =>
    columns.map(({ position, kind, chunk }, i) => {
      if (memory.length < chunk.length) memory = new Uint8Array(chunk.length);
      const bytes = memory.subarray(0, chunk.length);
      copy(chunk.from, bytes);
      const wanted = {
        kind,
        prefix,
        filled: null,
        room: rooms[i] ?? null,
        bytes: kind === TEXTS ? bytesFor(group, position, chunk.rows) : null,
      };
      return readColumn(bytes, chunk, wanted, file, {
        decompress: decompressors.get(chunk.codec)!,
      });
    });
}
