import assert from "node:assert/strict";
import { codebook } from "../../lib/survey/shipped_codebook.ts";
import { countAnswers } from "../../lib/statistics/count_answers.ts";
import { sampleOf } from "../../lib/statistics/counts.ts";
import { countsFromTable, countsToTable } from "../../lib/statistics/counts_table.ts";
import { eitherBase } from "../../lib/statistics/either_id.ts";
import { estimatesFromCounts } from "../../lib/statistics/estimates.ts";
import { eitherColumn } from "../../lib/statistics/rows/either_column.ts";
import { makeSurvey } from "./make_survey.ts";

const survey = makeSurvey({
  pressure_change: [1, 2, 5, 0, 4, 5],
  decision_pressure_change: [5, 255, 255, 1, 2, 0],
  gender: [1, 2, 1, 2, 1, 2],
});
const column = eitherColumn(survey, {
  pressure_change: ["very_often", "often"],
  decision_pressure_change: ["very_often", "often"],
});

Deno.test("countsFromTable() takes counts of a made column back, as question and as groups", () => {
  const asQuestion = countAnswers(survey, column, { by: "gender" });
  const asGroups = countAnswers(survey, "gender", { by: column });
  const back = countsFromTable(
    countsToTable([asQuestion, asGroups]),
    survey.codebook,
    sampleOf(survey),
  );
  assert.deepEqual(
    back.flatMap(estimatesFromCounts),
    [asQuestion, asGroups].flatMap(estimatesFromCounts),
  );
  assert.equal(back[0]!.base, "all+makes_decisions");
  assert.deepEqual(back[0]!.n, asQuestion.n);
});

Deno.test("eitherBase() knows made columns only", () => {
  assert.equal(eitherBase(codebook(), column.id), column.base);
  assert.equal(eitherBase(codebook(), "pressure_change+pressure_omit"), "all");
  for (const id of ["pressure_change", "pressure_change+", "pressure_change+height", ""]) {
    assert.equal(eitherBase(codebook(), id), null);
  }
});
