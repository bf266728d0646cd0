import type { Codebook } from "../responses/codebook.ts";
import { answersOf, forEachPlace } from "../responses/counted_answers.ts";
import type { CountedAnswers, Source } from "../responses/survey.ts";
import { COUNT_COLUMNS, MADE_UP, TOGETHER } from "../responses/read_counts.ts";

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
