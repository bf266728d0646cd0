import type { Codebook } from "../responses/codebook.ts";
import {
  answersOf,
  emptyTable,
  forEachPlace,
  keyOf,
  placeOf,
  placesOf,
} from "../responses/counted_answers.ts";
import { COUNT_COLUMNS, MADE_UP, TOGETHER } from "../responses/read_counts.ts";
import type { CountedAnswers, CountedTable, Source, Survey } from "../responses/survey.ts";
import { columnOf } from "./column.ts";
import type { Domain } from "./domain.ts";
import { neededCounts } from "./needed_counts.ts";
import { sampleOf } from "./sample.ts";
import { codesOfPattern, tally } from "./tally.ts";

/**
 * Counts as a CSV file that can be given as the data of a report: one row per combination of answers
 * that anybody gave. The first name of a table stands as the question, the others as the variable.
 *
 * @param counted The counts, as from `countAll()`.
 * @param source Whose they are: a row says how many respondents there are and if they are made up.
 */
export function countsCsv(counted: CountedAnswers, codebook: Codebook, source: Source): string {
  const { respondents, synthetic } = source;
  const madeUp = synthetic ? MADE_UP.yes : MADE_UP.no;
  const rows: (string | number)[][] = [
    [...COUNT_COLUMNS],
    [codebook.respondent.column, "", "", madeUp, respondents, respondents, respondents],
  ];
  for (const table of counted.tables.values()) {
    const [question = "", ...variables] = table.names;
    const labels = table.names.map((name) => answersOf(codebook, name));
    forEachPlace(table, codebook, (place, places) => {
      const [answer = "", ...groups] = places.map((at, i) => labels[i]![at]!);
      rows.push([
        question,
        variables.join(TOGETHER),
        groups.join(TOGETHER),
        answer,
        table.n[place]!,
        table.w[place]!,
        table.w2[place]!,
      ]);
    });
  }
  // Ids, "(no answer)" and numbers: nothing that would need quotes.
  return rows.map((row) => row.join(",")).join("\n") + "\n";
}

/**
 * All that a report counts of a survey that has rows; see `neededCounts()`.
 *
 * @param survey A survey with rows; everyone is counted.
 * @param within A domain that reports on the counts may be on: the variables count, not what of them.
 */
export function countAll(survey: Survey, within: Domain = {}): CountedAnswers {
  return { weighted: sampleOf(survey).weighted, tables: tablesOf(survey, within) };
}

/** The same, of a survey that may be a part of one. */
export function tablesOf(survey: Survey, within: Domain): Map<string, CountedTable> {
  const { within: _, ...everyone } = survey;
  const sets = neededCounts(survey.codebook, (name) => survey.codes.has(name), within);
  return new Map(sets.map((names) => [keyOf(names), tableBy(everyone, names)]));
}

/** People by some questions and variables together, the last one running fastest. */
function tableBy(survey: Survey, names: readonly string[]): CountedTable {
  const { codebook } = survey;
  const by = names.slice(0, -1);
  const columns = names.map((name) => columnOf(survey, name));
  const { patterns, width, ...sums } = tally(survey, columns.at(-1)!, columns.slice(0, -1));
  const table = emptyTable(codebook, names);
  for (let pattern = 0; pattern < patterns.size; pattern++) {
    const codes = codesOfPattern(patterns, pattern);
    const place = by.reduce(
      (sum, name, i) => sum * placesOf(codebook, name) + placeOf(codebook, name, codes[i]!),
      0,
    );
    for (const key of ["n", "w", "w2"] as const) {
      table[key].set(sums[key].subarray(pattern * width, (pattern + 1) * width), place * width);
    }
  }
  return table;
}
