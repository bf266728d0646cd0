import fc from "fast-check";
import assert from "node:assert/strict";
import { codebook, dataFile } from "../../lib/responses/study.ts";
import type { Survey } from "../../lib/responses/survey.ts";
import { countAnswers } from "../../lib/statistics/count_answers.ts";
import { crossTable } from "../../lib/statistics/cross_table.ts";
import { shownOf } from "../../lib/statistics/disclosure/suppress.ts";
import { loadAnswers } from "../../lib/statistics/load_answers.ts";
import { standardisedResiduals, twoWayTable } from "../../lib/statistics/table_tests.ts";
import { assertClose, readReference } from "../reference/read_reference.ts";
import { anySurvey, makeSurvey, withoutHiding } from "./make_survey.ts";

interface Reference {
  seed: number;
  kind: "plain" | "weighted" | "strata";
  strata: number[];
  x: number[];
  y: number[];
  weights: number[];
  residuals: number[][];
}

Deno.test("standardised residuals are those of R, plain, weighted and by strata", () => {
  for (const drawn of readReference<Reference[]>("residuals")) {
    const made = withoutHiding(makeSurvey(
      { age_group: drawn.x, wellbeing: drawn.y, tenure: drawn.strata },
      drawn.kind === "plain" ? null : drawn.weights,
    ));
    const names = ["years_0_2", "years_3_5", "years_6_10"];
    const invited = Object.fromEntries(names.map((name) => [name, 1e4]));
    const study = { ...made.codebook.study, strata: { variable: "tenure", invited } };
    const survey: Survey = drawn.kind === "strata"
      ? { ...made, codebook: { ...made.codebook, study } }
      : made;
    const found = twoWayTable(survey, "age_group", "wellbeing")!;
    found.residuals.forEach((row, i) =>
      row.forEach((z, j) =>
        assertClose(z, drawn.residuals[i]![j]!, 1e-9, `table ${drawn.seed}, place ${i} ${j}`)
      )
    );
  }
});

Deno.test("a row or column of its own has no residual, and nothing is NaN", () => {
  const one = withoutHiding(makeSurvey({ gender: [1, 1, 1], wellbeing: [1, 2, 2] }));
  const counts = countAnswers(one, "wellbeing", { by: "gender" });
  assert.deepEqual(standardisedResiduals(crossTable(counts)), [[null, null]]);
  const found = twoWayTable(one, "gender", "wellbeing")!;
  assert.deepEqual([found.test, found.shares], [null, [[1 / 3, 2 / 3]]]);
});

const survey = await loadAnswers(dataFile("responses.csv"), codebook());

Deno.test("a table is the same whichever of the two makes its rows", () => {
  for (const [a, b] of [["gender", "wellbeing"], ["pressure_change", "wellbeing"]] as const) {
    const [one, other] = [twoWayTable(survey, a, b)!, twoWayTable(survey, b, a)!];
    assert.deepEqual([one.rows, one.columns, one.n], [other.columns, other.rows, other.n]);
    assertClose(one.test!.statistic, other.test!.statistic, 1e-12, "test");
    one.residuals.forEach((row, i) =>
      row.forEach((z, j) => assertClose(z, other.residuals[j]![i]!, 1e-9, `${i} ${j}`))
    );
    for (const row of one.shares) assertClose(row.reduce((p, q) => p + q), 1, 1e-12, "row");
  }
});

Deno.test("a table shows no answer and no group that a breakdown hides", () => {
  const names = ["tenure", "wellbeing"];
  fc.assert(
    fc.property(anySurvey(names), (made) => {
      const found = twoWayTable(made, "tenure", "wellbeing");
      const shown = shownOf(countAnswers(made, "wellbeing", { by: "tenure" }));
      if (found === null) return;
      const least = made.codebook.disclosure.least_base;
      for (const row of found.rows) {
        assert(row.length > 1 || shown.groups.has(row[0]!), `${row}`);
      }
      for (const n of found.people) assert(n >= least, `${n} people`);
      const columns: readonly (readonly string[])[] = found.columns;
      for (const block of shown.together) {
        for (const column of columns) {
          const inside = column.filter((answer) => block.has(answer)).length;
          assert(inside === 0 || inside === column.length);
        }
      }
      assert(found.shares.flat().every((share) => share >= 0 && share <= 1 + 1e-12));
      assert(found.residuals.flat().every((z) => z === null || Number.isFinite(z)));
    }),
    { numRuns: 300 },
  );
});

Deno.test("a table of something with itself, or with what is not there, is refused", () => {
  assert.throws(() => twoWayTable(survey, "gender", "gender"), /against itself says nothing/);
  assert.throws(
    () => twoWayTable(survey, "gender", "wellness"),
    /no question or variable "wellness"/,
  );
});
