import type { Dictionary } from "./receiver.ts";
import type { ScanAnswer, SentColumn } from "./scan_messages.ts";
import type { Batch, BatchColumn } from "./scan_plan.ts";

/** What a thread found in a stretch, its batches as the scanner made them, in the answer's memory. */
export type ThreadAnswer = Omit<ScanAnswer, "batches"> & { readonly batches: readonly Batch[] };

/** Puts the dictionaries of one thread together again, from what it tells of them bit by bit. */
export class ReceivedAnswers {
  /** By column the dictionary that is in use, and its number. */
  readonly #dictionaries: { number: number; dictionary: Dictionary }[] = [];

  /** Takes an answer of the thread; all of them have to be taken, in order. */
  received(answer: ScanAnswer): ThreadAnswer {
    const { values } = answer;
    return {
      ...answer,
      batches: answer.batches.map((batch): Batch => ({
        ...batch,
        columns: batch.columns.map((column, position) =>
          column && this.#column(column, position, batch.rows, values)
        ),
      })),
    };
  }

  #column(
    column: SentColumn,
    position: number,
    rows: number,
    values: ArrayBuffer,
  ): BatchColumn {
    const { at } = column;
    if ("hashed" in column) {
      return { ...column.hashed, hashes: new Int32Array(values, at, 2 * rows) };
    }
    if ("isNumbers" in column) return { numbers: new Float64Array(values, at, rows) };
    let known = this.#dictionaries[position];
    if (known?.number !== column.dictionary) {
      known = { number: column.dictionary, dictionary: { texts: [] } };
      this.#dictionaries[position] = known;
    }
    for (const text of column.added) known.dictionary.texts.push(text);
    return {
      dictionary: known.dictionary,
      places: column.isWide ? new Uint16Array(values, at, rows) : new Uint8Array(values, at, rows),
    };
  }
}
