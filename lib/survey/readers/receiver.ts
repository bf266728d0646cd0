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
    take(row: number, hashes: Uint32Array, withPrefix: number): void;
  };
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
