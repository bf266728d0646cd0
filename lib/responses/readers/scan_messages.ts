import type { HashedBatch } from "./receiver.ts";
import type { Scanned } from "./scan_plan.ts";

/** A stretch of a file, for a thread that scans. */
export interface ScanTask {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly length: number;
  /** Memory of an earlier answer, to be used again. */
  readonly values: ArrayBuffer | null;
}

/** What a thread found in a stretch. */
export interface ScanAnswer extends Scanned {
  readonly batches: readonly SentBatch[];
  /** See BlockScanner.seen. */
  readonly seen: Uint8Array;
  /** The memory of the stretch, to be used again. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The values of all columns. */
  readonly values: ArrayBuffer;
}

/** A batch as it goes from one thread to another. */
export interface SentBatch {
  readonly start: number;
  readonly lines: number;
  readonly rows: number;
  readonly columns: readonly (SentColumn | null)[];
}

/** A column of a batch; `at` says where in the answer's memory its values begin. */
export type SentColumn =
  | {
    /** The dictionaries of a column are numbered; a new one takes the place of the one before. */
    readonly dictionary: number;
    /** Texts that came to it since the last batch. */
    readonly added: readonly (string | null)[];
    readonly at: number;
    /** Whether a place has two bytes. */
    readonly isWide: boolean;
  }
  | { readonly hashed: HashedBatch; readonly at: number }
  | { readonly isNumbers: true; readonly at: number };
