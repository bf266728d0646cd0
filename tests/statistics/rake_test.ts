import assert from "node:assert/strict";
import { InputError } from "../../lib/responses/input_error.ts";
import { countAnswers } from "../../lib/statistics/count_answers.ts";
import { baseOf, countOf } from "../../lib/statistics/counts.ts";
import { rake } from "../../lib/statistics/rows/rake.ts";
import { weightSummary } from "../../lib/statistics/rows/weighted_shares.ts";
import { assertClose, readReference } from "../reference/read_reference.ts";
import { makeSurvey } from "./make_survey.ts";

interface Reference {
  raking: Record<"gender" | "tenure" | "age_group" | "weights", number[]>[];
}
const margins = {
  gender: { woman: 0.45, man: 0.55 },
  tenure: { years_0_2: 0.2, years_3_5: 0.3, years_6_10: 0.3, years_11_plus: 0.2 },
  age_group: { age_25_39: 0.25, age_40_54: 0.35, age_55_plus: 0.4 },
};

Deno.test("rake() agrees with rake() of survey in R", () => {
  for (
    const { gender, tenure, age_group, weights } of readReference<Reference>("regression").raking
  ) {
    const raked = rake(makeSurvey({ gender, tenure, age_group }), margins, { tolerance: 1e-13 });
    weights.forEach((weight, i) => assertClose(raked.weights[i]!, weight, 1e-9, `weight ${i}`));
  }
});

const twenty = makeSurvey({
  gender: Array.from({ length: 20 }, (_, i) => i < 15 ? 1 : 2),
  tenure: Array.from({ length: 20 }, (_, i) => 1 + i % 4),
  age_group: Array.from({ length: 20 }, (_, i) => i === 3 ? 0 : i === 4 ? 255 : 1 + i % 3),
});

Deno.test("rake() meets every margin among those with an answer, with a mean weight of 1", () => {
  const { weights } = rake(twenty, margins);
  assertClose(weights.reduce((a, b) => a + b, 0), 20, 1e-12, "sum");
  const weighted = { ...twenty, weights };
  for (const [variable, shares] of Object.entries(margins)) {
    const counts = countAnswers(weighted, variable);
    for (const [category, share] of Object.entries(shares)) {
      assertClose(countOf(counts, null, [category]).w / baseOf(counts).w, share, 1e-8, category);
    }
  }
});

Deno.test("rake() to the sample's own shares changes nothing, and numbers do as well as shares", () => {
  const same = rake(twenty, { gender: { woman: 0.75, man: 0.25 } });
  assert.ok(same.weights.every((weight) => Math.abs(weight - 1) < 1e-12));
  const shares = rake(twenty, { gender: { woman: 0.3, man: 0.7 } });
  const numbers = rake(twenty, { gender: { woman: 1800, man: 4200 } });
  shares.weights.forEach((weight, i) => assertClose(weight, numbers.weights[i]!, 1e-12, `${i}`));
});

Deno.test("rake() keeps weights within the trimming bounds and the margins met", () => {
  const plain = rake(twenty, margins);
  const most = Math.max(...plain.weights);
  const trimmed = rake(twenty, margins, {
    trim: { low: 0.05, high: most * 0.97 },
    tolerance: 1e-9,
  });
  assert.ok(Math.max(...trimmed.weights) <= most * 0.97 * (1 + 1e-8));
  assert.ok(trimmed.trimmed > 0);
  const counts = countAnswers({ ...twenty, weights: trimmed.weights }, "gender");
  assertClose(countOf(counts, null, ["man"]).w / baseOf(counts).w, 0.55, 1e-7, "men");
});

Deno.test("rake() says why there are no such weights", () => {
  const cross = makeSurvey({ gender: [1, 1, 2], tenure: [1, 1, 2] });
  const tenure = { years_0_2: 0.9, years_3_5: 0.1 };
  assert.throws(
    () => rake(cross, { gender: { woman: 0.5, man: 0.5 }, tenure }),
    /gender = man \(.* points\).*contradict each other.* one of (gender, tenure|tenure, gender) out/s,
  );
  assert.throws(
    () => rake(twenty, { gender: { woman: 0.01, man: 0.99 } }, { trim: { low: 0.5, high: 1.5 } }),
    /Allow weights beyond 0.5 to 1.5/,
  );
  assert.throws(() => rake(cross, { gender: { woman: 1 } }), /1 respondents are "man"/);
  assert.throws(
    () => rake(cross, { tenure: { ...tenure, years_6_10: 1 } }),
    /No respondent is "years_6_10"/,
  );
  assert.throws(() => rake(cross, { gender: { woman: 1, other: 1 } }), InputError);
  assert.throws(() => rake(cross, { gender: { woman: NaN, man: 1 } }), InputError);
  assert.throws(() => rake(cross, { sex: {} }), InputError);
  assert.throws(() => rake(makeSurvey({ gender: [] }), {}), InputError);
  assert.throws(() => rake(cross, {}, { start: Float64Array.of(1, 0, 1) }), RangeError);
  assert.throws(() => rake(cross, {}, { trim: { low: 2, high: 3 } }), RangeError);
});

Deno.test("weightSummary() of equal weights has no design effect", () => {
  const { designEffect, effective, spread } = weightSummary(Float64Array.of(2, 2, 2, 2));
  assert.deepEqual([designEffect, effective, spread], [1, 4, { low: 2, high: 2 }]);
  const { mean, effective: fewer } = weightSummary(Float64Array.of(1, 3));
  assert.deepEqual([mean, fewer], [2, 1.6]);
  assert.throws(() => weightSummary(new Float64Array()), RangeError);
  assert.throws(() => weightSummary(Float64Array.of(1, -1)), RangeError);
});
