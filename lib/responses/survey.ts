import type { Codebook } from "./codebook.ts";
import type { Population } from "./population.ts";
import type { TextColumn } from "./readers/text_column.ts";

/** Code of a respondent who was asked and left the question empty. */
export const NO_ANSWER = 0;
/** Code of a respondent who was not asked, by the routing of the codebook. */
export const NOT_ASKED = 255;

/** Where the answers came from; stands on the report's first screen and in estimates.json. */
export interface Source {
  /** The file's name, without its folders. */
  readonly file: string;
  /** SHA-256 of the file's bytes, 64 hex digits. */
  readonly sha256: string;
  /** Number of respondents, that is of rows. */
  readonly respondents: number;
  /** Whether the respondents are made up. */
  readonly synthetic: boolean;
  /** How many rows more there are of people who stopped too early to count; absent: none. */
  readonly incomplete?: number;
  /**
   * By codebook id, how many left a question empty that tells who is asked others, and are taken to
   * have been asked since they answered those; absent: nobody.
   */
  readonly inferred?: Readonly<Record<string, number>>;
  /** By codebook id, how many said that they do not wish to answer; absent: nobody. */
  readonly declined?: Readonly<Record<string, number>>;
}

/** Where weights are from. */
export type Weighting =
  | {
    /** A column of the response file. */
    readonly by: "column";
    readonly column: string;
  }
  | {
    /** Raking to the margins of a population. */
    readonly by: "population";
    readonly population: Population;
    /** Rounds over all margins that it took. */
    readonly rounds: number;
    /** Respondents whose weight is at one of the bounds. */
    readonly trimmed: number;
    /** The weights that raking started from, one per respondent; null: 1 each. */
    readonly before: Float64Array | null;
    /** Where those are from. */
    readonly start: "equal" | "strata" | "column";
  }
  | {
    /** Each stratum counts as it does among those invited. */
    readonly by: "strata";
    readonly variable: string;
  };

/** People by their answers to one or several questions and variables together. */
export interface CountedTable {
  /** Questions and variables by codebook id, each once. */
  readonly names: readonly string[];
  /**
   * Number of people by place: of each name its categories in codebook order, "no answer" and "not
   * asked", the last name running fastest.
   */
  readonly n: Float64Array;
  /** Sums of their weights. */
  readonly w: Float64Array;
  /** Sums of their squared weights. */
  readonly w2: Float64Array;
}

/** The counts that stand for the respondents of a survey that has no rows. */
export interface CountedAnswers {
  /** Whether the weights are other than one each. */
  readonly weighted: boolean;
  /** By `keyOf()` their names. */
  readonly tables: ReadonlyMap<string, CountedTable>;
  /** How many files of respondents they were made of here; absent where they were given as such. */
  readonly files?: number;
}

/**
 * A response file that was read and found to be in order.
 *
 * Rows stay in here: only `countAnswers()` of lib/statistics, and what says "rows" in its name,
 * looks at them.
 */
export interface Survey {
  readonly codebook: Codebook;
  readonly source: Source;
  /**
   * By question or variable (derived ones included), one code per respondent: 1 to k for the k
   * categories in codebook order, {@link NO_ANSWER}, or {@link NOT_ASKED}.
   */
  readonly codes: ReadonlyMap<string, Uint8Array>;
  /**
   * The numbers of questions that `codes` has in bands only, and of scores, by question: one per
   * respondent, NaN where there is none. Absent: there are no such questions.
   */
  readonly numbers?: ReadonlyMap<string, Float64Array>;
  /**
   * The respondents' ids, one each ("" where there is none), to join by or to find people in another
   * wave; null where the file has no such column.
   */
  readonly ids: TextColumn | null;
  /** One weight per respondent (above 0), or null: everyone counts the same. */
  readonly weights: Float64Array | null;
  /** Where the weights are from; absent where there are none. */
  readonly weighting?: Weighting;
  /**
   * Whether what is made of the survey is published: sums of weights, which tell who gave an answer, are
   * rounded then. Statistics of any other survey are to the digit.
   */
  readonly isPublished?: boolean;
  /**
   * The part of the respondents that the whole analysis is about, by variable: a domain. Everyone is
   * still there, since intervals need the whole sample. Absent: everyone.
   */
  readonly within?: Readonly<Record<string, readonly string[]>>;
  /** Questions of the codebook that this file has no column for: they were not part of the wave. */
  readonly left_out: readonly string[];
  /**
   * The counts of a survey that was read as counts: then there are no rows, `weights` is null, and
   * `codes` only says what was part of the wave. Absent: there are rows.
   */
  readonly counted?: CountedAnswers;
}

/** What a response file holds of respondents besides their answers, which no output may show. */
export interface BesideAnswers {
  /** The file's name of the column of ids; null where there is none. */
  readonly idColumn: string | null;
  /** Columns that stand for nothing in the codebook or hold own words, with their different values. */
  readonly columns: readonly { readonly name: string; readonly texts: readonly string[] }[];
}

/** By the codes that were read with them: a survey itself has nobody's words in it. */
const BESIDE = new WeakMap<Survey["codes"], BesideAnswers>();

/** Keeps what a file holds beside answers for {@link besideAnswers}. */
export function keepBesideAnswers({ codes }: Survey, beside: BesideAnswers): void {
  BESIDE.set(codes, beside);
}

/** What the file of a survey holds beside answers; nothing where that was read elsewhere, or as counts. */
export function besideAnswers({ codes }: Survey): BesideAnswers {
  return BESIDE.get(codes) ?? { idColumn: null, columns: [] };
}
