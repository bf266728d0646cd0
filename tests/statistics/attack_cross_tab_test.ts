import assert from "node:assert/strict";
import { twoWayTable } from "../../lib/statistics/two_way_table.ts";
import {
  everyBreakdown,
  everyReport,
  recoverAnswers,
  type Show,
  type ShownCount,
} from "./attack/recover_answers.ts";
import { BACKGROUND, smallSurvey } from "./attack/small_survey.ts";

const SEEDS = Array.from(
  { length: Math.max(2, Number(Deno.env.get("SURVEY_ATTACK") ?? 0)) },
  (_, i) => i + 1,
);

/** All that reports show, and what cross-tabs of the question do: each place is a count. */
const withCrossTabs: Show = (survey, question, within) => {
  const counts = BACKGROUND.flatMap((variable): ShownCount[] =>
    [[variable, question], [question, variable]].flatMap(([rows, columns]) => {
      const table = twoWayTable(survey, rows!, columns!, within);
      if (table === null || Number.isNaN(table.n)) return [];
      return table.rows.flatMap((row, i) =>
        table.columns.map((column, j) => ({
          variable,
          groups: rows === variable ? row : column,
          answers: rows === variable ? column : row,
          count: Math.round(table.shares[i]![j]! * table.people[i]!),
        }))
      );
    })
  );
  return [...everyBreakdown(survey, question, within), ...counts];
};

Deno.test("no answer of few people is told by cross-tabs beside every report", () => {
  for (const seed of SEEDS) {
    const survey = smallSurvey(seed, 10);
    const reports = everyReport(survey, BACKGROUND, 2);
    const found = recoverAnswers(survey, "wellbeing", BACKGROUND, reports, withCrossTabs);
    assert.deepEqual(found.told, [], `seed ${seed}`);
    assert(found.shown > 40 && found.targets > 40);
  }
});
