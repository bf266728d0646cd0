import { BlockScanner } from "./block_scanner.ts";
import type { Dictionary } from "./receiver.ts";
import type { ScanAnswer, ScanTask, SentBatch, SentColumn } from "./scan_messages.ts";
import type { Batch, ScanPlan } from "./scan_plan.ts";

/** Scans stretches of a delimited file for another thread. */
export class StretchScanner {
  readonly #scanner: BlockScanner;
  /** By column, the dictionary that was told of last: its number, and how many of its texts. */
  readonly #told: { dictionary: Dictionary | null; number: number; texts: number }[] = [];

  constructor(plan: ScanPlan) {
    this.#scanner = new BlockScanner(plan);
  }

  scan({ bytes, length }: ScanTask): ScanAnswer {
    const batches: SentBatch[] = [];
    const scanned = this.#scanner.scan(
      bytes,
      0,
      length,
      (batch) => batches.push(this.#sent(batch)),
    );
    return { ...scanned, batches, seen: this.#scanner.seen.slice(), bytes };
  }

  #sent({ columns, ...batch }: Batch): SentBatch {
    return {
      ...batch,
      columns: columns.map((column, position): SentColumn | null => {
        if (column === null) return null;
        if ("hashes" in column) return { ...column, hashes: column.hashes.slice() };
        if ("numbers" in column) return { numbers: column.numbers.slice() };
        const { dictionary, places } = column;
        const last = this.#told[position] ??= { dictionary: null, number: 0, texts: 0 };
        if (last.dictionary !== dictionary) {
          Object.assign(last, { dictionary, number: last.number + 1, texts: 0 });
        }
        const added = dictionary.texts.slice(last.texts);
        last.texts = dictionary.texts.length;
        return { dictionary: last.number, added, places: places.slice() };
      }),
    };
  }
}
