import type { IdOrder } from "./id_order.ts";
import type { AboutColumn } from "./reader.ts";

/** The different texts of a column, each once; the first stands for "no value". */
export interface Dictionary {
  /** Grows while a file is read; what stands at a place stays there. */
  readonly texts: (string | null)[];
}

/** Values of consecutive respondents. */
export interface Texts {
  readonly dictionary: Dictionary;
  /** For each respondent the place of the value in the dictionary. */
  readonly places: Uint8Array | Uint16Array | Int32Array;
}

/** What a text stands for, where a column's values become a byte each. */
export interface TextBytes {
  /** The byte of a text; null where more is to be said of it, and it has to be handed on. */
  of(text: string | null): number | null;
  /** Where the bytes of some consecutive respondents go, in whatever order: all have to be written. */
  room(row: number, respondents: number): Uint8Array;
}

/** What is known of consecutive values that were hashed. */
export interface HashedBatch {
  /** How many of them begin with the prefix. */
  readonly withPrefix: number;
  readonly order: IdOrder;
}

/** Takes the values of one column as they are read, in the order of the file. */
export interface Sink {
  /** How many respondents there will be, as far as can be told: room for so many is made at once. */
  expect?(respondents: number): void;
  /** @param row The first respondent (from 0) that the values belong to. */
  texts(row: number, values: Texts): void;
  /**
   * For a column of which nothing is needed but whether two values are equal: two numbers of 32 bits
   * for each respondent, from the trimmed value's letters in UTF-8 (see hash_text.ts); two zeros for
   * no value.
   */
  readonly hashes?: {
    /** The values that begin with this are counted. */
    readonly prefix: string;
    take(row: number, hashes: Int32Array, of: HashedBatch): void;
  };
  /** Is called when all values were handed on, maybe before those of other columns are. */
  done?(): void;
  /** For readers that can make bytes of a column's texts themselves. */
  readonly bytes?: TextBytes;
  /** For a column of numbers: NaN where a value is none. */
  readonly numbers?: (row: number, numbers: Float64Array) => void;
}

/**
 * Is told a file's columns before their values come.
 *
 * @returns For each column who takes its values; null where nobody does.
 */
export type Begin = (
  header: readonly string[],
  about?: ReadonlyMap<number, AboutColumn>,
) => readonly (Sink | null)[];
