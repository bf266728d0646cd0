import assert from "node:assert/strict";
import {
  relativeImportance,
  shapleyShares,
} from "../../lib/statistics/rows/relative_importance.ts";
import { loadAnswers } from "../../lib/statistics/load_answers.ts";
import { codebook, dataFile } from "../../lib/responses/study.ts";
import { randomStream } from "../../lib/responses/synthesis/random.ts";
import { assertClose, readReference } from "../reference/read_reference.ts";
import { makeSurvey, withoutHiding } from "./make_survey.ts";

interface Reference {
  samples: {
    seed: number;
    outcome: number[];
    predictors: number[][];
    weights: number[];
    r2: number;
    shapley: number[];
    means: number[];
  }[];
}

const reference = readReference<Reference>("importance");
/** Questions of five steps, the strongest first. */
const PREDICTORS = ["pressure_change", "pressure_omit", "act_change", "act_omit", "time_pressure"];

Deno.test("relativeImportance() shares R² out as lm() over all orders in R", () => {
  for (const drawn of reference.samples) {
    const names = PREDICTORS.slice(0, drawn.predictors.length);
    const survey = withoutHiding(
      makeSurvey(
        Object.fromEntries([
          ["wellbeing", drawn.outcome.map((score) => 6 - score)],
          ...names.map((name, j) => [name, drawn.predictors[j]!.map((score) => 6 - score)]),
        ]),
        drawn.seed % 2 === 0 ? drawn.weights : null,
      ),
    );
    const found = relativeImportance(survey, { outcome: "wellbeing", predictors: names }, {
      replicates: 2,
    });
    assert.equal(found.status, "estimated");
    assertClose(found.rSquared.value, drawn.r2, 1e-9, `sample ${drawn.seed}, R²`);
    for (const { variable, share, score, isTurned } of found.rows) {
      const j = names.indexOf(variable);
      const what = `sample ${drawn.seed}, ${variable}`;
      // A share of next to nothing has the rounding of R².
      const off = Math.abs(share.value * found.rSquared.value - drawn.shapley[j]!);
      assert(off < 1e-12, `${what}: off by ${off}`);
      const index = 25 * (drawn.means[j + 1]! - 1);
      assertClose(score.value, isTurned ? 100 - index : index, 1e-9, what);
    }
  }
});

Deno.test("shares of predictors that have nothing to do with each other are squared correlations", () => {
  const r = [0.5, -0.3, 0.2];
  const correlations = [
    [1, ...r],
    ...r.map((value, i) => [value, ...r.map((_, j) => +(i === j))]),
  ];
  shapleyShares(correlations)!
    .forEach((share, j) => assertClose(share, r[j]! ** 2, 1e-12, `predictor ${j}`));
});

Deno.test("a predictor that follows from another has no share", () => {
  const same = [[1, 0.5, 0.5], [0.5, 1, 1], [0.5, 1, 1]];
  assert.equal(shapleyShares(same), null);
});

const survey = await loadAnswers(dataFile("responses.csv"), codebook());
const plan = {
  outcome: "wellbeing",
  predictors: ["pressure_change", "leader_independence", "workload_quality", "time_pressure"],
};

Deno.test("intervals hold their values, add up, and are the same at every run", () => {
  const once = relativeImportance(survey, plan, { replicates: 200 });
  assert.deepEqual(relativeImportance(survey, plan, { replicates: 200 }), once);
  assertClose(once.rows.reduce((sum, { share }) => sum + share.value, 0), 1, 1e-12, "shares");
  for (const { share, score, correlation } of once.rows) {
    for (const { low, value, high } of [share, score, correlation]) {
      assert(low <= value && value <= high);
    }
    assert(share.low >= 0 && share.high <= 1 && score.low >= 0 && score.high <= 100);
  }
  const other = relativeImportance(survey, plan, { replicates: 200, seed: 2 });
  const [a, b] = [once.rows[0]!.share, other.rows[0]!.share];
  // Ends of 200 samples: the width moves by some 10 %.
  assert.notEqual(a.low, b.low);
  assert(Math.abs(a.low - b.low) < 0.3 * (a.high - a.low));
});

Deno.test("relativeImportance() says why it says nothing", () => {
  const few = makeSurvey({ wellbeing: [1, 2], pressure_change: [1, 2], time_pressure: [1, 2] });
  const of = (predictors: string[], survey = few) =>
    relativeImportance(survey, { outcome: "wellbeing", predictors }, { replicates: 10 }).status;
  assert.equal(of(["pressure_change", "time_pressure"]), "too_few");
  const codes = Array.from({ length: 60 }, (_, i) => 1 + i % 5);
  const more = (time_pressure: number[]) =>
    makeSurvey({ wellbeing: codes.toReversed(), pressure_change: codes, time_pressure });
  assert.equal(of(["pressure_change", "time_pressure"], more(codes)), "collinear");
  assert.equal(of(["pressure_change", "time_pressure"], more(codes.map(() => 2))), "constant");
  assert.throws(() => of(["pressure_change", "gender"]), /"gender" is not a question/);
  assert.throws(() => of(["pressure_change"]), /Give 2 to 12 predictors/);
  assert.throws(() => of(["pressure_change", "pressure_change"]), /named twice/);
});

Deno.test("intervals of many respondents are drawn by groups, by strata too, and are as wide as they should be", () => {
  // The standard error of a correlation near nought is 1/√n; the interval is 2 × 1.96 of them.
  const n = 20_000;
  const random = randomStream(3, "many");
  const draw = () => Array.from({ length: n }, () => 1 + Math.floor(random.uniform() * 5));
  const columns = { wellbeing: draw(), pressure_change: draw(), time_pressure: draw() };
  const tenure = columns.wellbeing.map((_, i) => 1 + i % 2);
  const plain = makeSurvey({ ...columns, tenure });
  const strata = { variable: "tenure", invited: { years_0_2: 1e5, years_3_5: 1e5 } };
  const study = { ...plain.codebook.study, strata };
  for (const survey of [plain, { ...plain, codebook: { ...plain.codebook, study } }]) {
    const found = relativeImportance(survey, {
      ...{ outcome: "wellbeing", predictors: ["pressure_change", "time_pressure"] },
    });
    for (const { correlation } of found.rows) {
      const width = (correlation.high - correlation.low) * Math.sqrt(n) / (2 * 1.96);
      assert(Math.abs(width - 1) < 0.12, `${width}`);
    }
  }
});

Deno.test("numbers and scores count as what they are, not by the band they are in", () => {
  const text = (label: string) => ({ da: label, en: label });
  const plain = survey.codebook;
  const number = {
    ...{ ...plain.questions["wellbeing"]!, label: text("Hours"), kind: "number" as const },
    numbers: { min: 0, max: 60, decimals: 0, bands: [], arePoints: false },
  };
  const n = 80;
  const hours = Float64Array.from({ length: n }, (_, i) => i % 61);
  const made = withoutHiding(makeSurvey({
    ...{ wellbeing: Array.from({ length: n }, (_, i) => 1 + i % 5) },
    ...{ pressure_change: Array.from({ length: n }, (_, i) => 1 + (i * 7) % 4) },
    time_pressure: Array.from({ length: n }, () => 1),
  }));
  const codebook = {
    ...made.codebook,
    questions: { ...made.codebook.questions, time_pressure: number },
  };
  const found = relativeImportance({
    ...made,
    codebook,
    numbers: new Map([["time_pressure", hours]]),
  }, {
    ...{ outcome: "wellbeing", predictors: ["pressure_change", "time_pressure"] },
  }, { replicates: 20 });
  const row = found.rows.find(({ variable }) => variable === "time_pressure")!;
  const mean = hours.reduce((a, b) => a + b) / n / 60 * 100;
  assertClose(row.score.value, row.isTurned ? 100 - mean : mean, 1e-12, "score");
});
