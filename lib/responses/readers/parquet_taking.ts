import { buffersOf, type BytesWanted, type ParquetColumn } from "./parquet_column.ts";
import type { ParquetFile } from "./parquet_file.ts";
import type { Sink } from "./receiver.ts";

/**
 * Takes the columns of a Parquet file's parts, in whatever order they come, and hands each on in that of
 * the file. Every row of the file is a respondent.
 */
export class ParquetTaking {
  /** For each part the row of the file that it begins with. */
  readonly #starts: number[] = [];
  /** For each column the part that is handed on next, and those that came before their turn. */
  readonly #columns: { next: number; readonly waiting: Map<number, ParquetColumn> }[];
  readonly #free: ArrayBuffer[] = [];

  constructor(file: ParquetFile, private readonly sinks: readonly (Sink | null)[]) {
    let row = 0;
    for (const rows of file.groups) {
      this.#starts.push(row);
      row += rows;
    }
    this.#columns = sinks.map(() => ({ next: 0, waiting: new Map() }));
    for (const sink of sinks) sink?.expect?.(file.rows);
  }

  take(group: number, position: number, column: ParquetColumn): void {
    const state = this.#columns[position]!;
    state.waiting.set(group, column);
    for (;;) {
      if (state.next === this.#starts.length) this.sinks[position]?.done?.();
      const next = state.waiting.get(state.next);
      if (!next) return;
      state.waiting.delete(state.next);
      handColumn(next, this.sinks[position] ?? null, this.#starts[state.next]!);
      state.next++;
      this.#free.push(...buffersOf(next));
    }
  }

  /** Where a column's bytes of one part go, where it is one of bytes. */
  bytes(group: number, position: number, rows: number): BytesWanted | null {
    const bytes = this.sinks[position]?.bytes;
    return bytes ? { into: bytes.room(this.#starts[group]!, rows), of: bytes.of } : null;
  }

  /** Memory of so many bytes of a column that was handed on; null where there is none. */
  room(bytes: number): ArrayBuffer | null {
    const at = this.#free.findIndex(({ byteLength }) => byteLength === bytes);
    return at < 0 ? null : this.#free.splice(at, 1)[0]!;
  }
}

/** Hands the values of a column on to who takes them. */
export function handColumn(column: ParquetColumn, sink: Sink | null, row: number): void {
  if ("isWritten" in column) return;
  if ("hashes" in column) sink?.hashes?.take(row, column.hashes, column);
  else if ("numbers" in column) sink?.numbers?.(row, column.numbers);
  else sink?.texts(row, { dictionary: { texts: [...column.texts] }, places: column.places });
}
