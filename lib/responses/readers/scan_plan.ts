import type { Dictionary, HashedBatch, Sink } from "./receiver.ts";

/** What is done with the values of a column. */
export const SKIP = 0, TEXTS = 1, HASHES = 2, NUMBERS = 3;

/** What is done with the values that somebody takes, or nobody. */
export function sinkKind(sink: Sink | null): number {
  if (!sink) return SKIP;
  return sink.hashes ? HASHES : sink.numbers ? NUMBERS : TEXTS;
}

/** How a delimited file is to be read. */
export interface ScanPlan {
  /** One byte. */
  readonly delimiter: number;
  /** The byte that most lines end with; with a return where a line break follows that. */
  readonly lineEnd: number;
  /** The encoding of the bytes; both have ASCII in common. */
  readonly encoding: "utf-8" | "windows-1252";
  /** For each column SKIP, TEXTS, HASHES or NUMBERS. */
  readonly kinds: readonly number[];
  /** For each column whether its name is not empty. Blanks in a column without a name are nothing. */
  readonly named: readonly boolean[];
  /** Hashed values that begin with this are counted. */
  readonly prefix: string;
}

/** Values of consecutive respondents, by column: what its kind says, null for SKIP. */
export interface Batch {
  /** Where in the bytes the batch begins. */
  readonly start: number;
  /** Number of line breaks between the beginning of the stretch and that of the batch. */
  readonly lines: number;
  readonly rows: number;
  readonly columns: readonly (BatchColumn | null)[];
}

/** The arrays are valid until the next batch. */
export type BatchColumn =
  | { readonly dictionary: Dictionary; readonly places: Uint8Array | Uint16Array }
  | { readonly hashes: Int32Array } & HashedBatch
  | { readonly numbers: Float64Array };

/**
 * What bytes cannot be: text of the encoding; records that end before a quote is closed; or anything
 * else that no delimited file is (a row of another width than the header, a value that goes on after
 * its closing quote).
 */
export type Trouble = "encoding" | "open_quote" | "shape";

/** What a scan came to. */
export interface Scanned {
  readonly trouble: Trouble | null;
  /** Number of line breaks passed. */
  readonly lines: number;
}
