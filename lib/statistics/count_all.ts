import { type CountedAnswers, keyOf } from "../responses/counted_answers.ts";
import type { Survey } from "../responses/survey.ts";
import type { Domain } from "./count_answers.ts";
import { tableOfRows } from "./count_tables.ts";
import { sampleOf } from "./counts.ts";
import { neededCounts } from "./needed_counts.ts";

/**
 * All that a report counts of a survey that has rows; see `neededCounts()`.
 *
 * @param survey A survey with rows, not restricted to a domain.
 * @param within A domain that reports on the counts may be on: the variables count, not what of them.
 */
export function countAll(survey: Survey, within: Domain = {}): CountedAnswers {
  const sets = neededCounts(survey.codebook, (name) => survey.codes.has(name), within);
  return {
    weighted: sampleOf(survey).weighted,
    tables: new Map(sets.map((names) => [keyOf(names), tableOfRows(survey, names)])),
  };
}
