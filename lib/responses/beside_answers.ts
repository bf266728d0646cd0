import type { Survey } from "./survey.ts";

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
