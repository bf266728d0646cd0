import type { Dictionary } from "./receiver.ts";
import type { ScanAnswer } from "./scan_messages.ts";
import type { Batch } from "./scan_plan.ts";

/** What a thread found in a stretch, its batches as the scanner made them. */
export type ThreadAnswer = Omit<ScanAnswer, "batches"> & { readonly batches: readonly Batch[] };

/** Puts the dictionaries of one thread together again, from what it tells of them bit by bit. */
export class ReceivedAnswers {
  /** By column the dictionary that is in use, and its number. */
  readonly #dictionaries: { number: number; dictionary: Dictionary }[] = [];

  /** Takes an answer of the thread; all of them have to be taken, in order. */
  received(answer: ScanAnswer): ThreadAnswer {
    return {
      ...answer,
      batches: answer.batches.map((batch): Batch => ({
        ...batch,
        columns: batch.columns.map((column, position) => {
          if (column === null || !("added" in column)) return column;
          let known = this.#dictionaries[position];
          if (known?.number !== column.dictionary) {
            known = { number: column.dictionary, dictionary: { texts: [] } };
            this.#dictionaries[position] = known;
          }
          for (const text of column.added) known.dictionary.texts.push(text);
          return { dictionary: known.dictionary, places: column.places };
        }),
      })),
    };
  }
}
