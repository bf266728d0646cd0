import { BlockScanner } from "./block_scanner.ts";
import { PackedValues } from "./packed_values.ts";
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

  scan({ bytes, length, values }: ScanTask): ScanAnswer {
    const batches: SentBatch[] = [];
    const packed = new PackedValues(values ?? new ArrayBuffer(0));
    const scanned = this.#scanner.scan(
      bytes,
      0,
      length,
      (batch) => batches.push(this.#sent(batch, packed)),
    );
    const seen = this.#scanner.seen.slice();
    return { ...scanned, batches, seen, bytes, values: packed.buffer };
  }

  #sent({ columns, ...batch }: Batch, packed: PackedValues): SentBatch {
    return {
      ...batch,
      columns: columns.map((column, position): SentColumn | null => {
        if (column === null) return null;
        if ("hashes" in column) {
          const { hashes, ...hashed } = column;
          return { hashed, at: packed.add(hashes) };
        }
        if ("numbers" in column) return { isNumbers: true, at: packed.add(column.numbers) };
        const { dictionary, places } = column;
        const { texts } = dictionary;
        const last = this.#told[position] ??= { dictionary: null, number: 0, texts: 0 };
        if (last.dictionary !== dictionary) {
          Object.assign(last, { dictionary, number: last.number + 1, texts: 0 });
        }
        const added = texts.slice(last.texts);
        last.texts = texts.length;
        const isWide = texts.length > 256;
        return { dictionary: last.number, added, isWide, at: packed.add(places, !isWide) };
      }),
    };
  }
}
