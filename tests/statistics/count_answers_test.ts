import assert from "node:assert/strict";
import fc from "fast-check";
import { InputError } from "../../lib/responses/input_error.ts";
import { countAnswers } from "../../lib/statistics/count_answers.ts";
import { baseOf, countOf, type Counts, NOT_ASKED_ID } from "../../lib/statistics/counts.ts";
import { sampleOf } from "../../lib/statistics/sample.ts";
import { eitherColumn } from "../../lib/statistics/column.ts";
import type { Survey } from "../../lib/responses/survey.ts";
import { anySurvey, makeSurvey } from "./make_survey.ts";
import { addCounts } from "./add_counts.ts";

const survey = makeSurvey({
  wellbeing: [1, 1, 2, 6, 0, 5, 1],
  gender: [1, 2, 2, 1, 1, 0, 255],
  tenure: [1, 1, 1, 2, 2, 2, 1],
}, [1, 2, 3, 4, 5, 6, 7]);

Deno.test("countAnswers() counts people, weights and squared weights by answer", () => {
  const counts = countAnswers(survey, "wellbeing");
  assert.deepEqual(countOf(counts, null, ["strongly_agree"]), { n: 3, w: 10, w2: 54 });
  assert.deepEqual(countOf(counts, null, ["strongly_agree", "dont_know"]), { n: 4, w: 14, w2: 70 });
  assert.deepEqual(countOf(counts, null, ["(no answer)"]), { n: 1, w: 5, w2: 25 });
  assert.deepEqual(baseOf(counts), { n: 6, w: 23, w2: 115 });
});

Deno.test("countAnswers() counts by group, those without a group apart", () => {
  const counts = countAnswers(survey, "wellbeing", { by: "gender" });
  assert.deepEqual(counts.groups, ["woman", "man", "(no answer)", "(not asked)"]);
  assert.equal(countOf(counts, "woman", ["strongly_agree"]).n, 1);
  assert.equal(baseOf(counts, "man").n, 2);
  assert.equal(countOf(counts, "(not asked)", ["strongly_agree"]).w, 7);
});

Deno.test("countAnswers() restricts to a domain and keeps the sample", () => {
  const counts = countAnswers(survey, "wellbeing", { within: { tenure: ["years_0_2"] } });
  assert.equal(baseOf(counts).n, 4);
  assert.equal(counts.sample.respondents, 7);
  const both = { tenure: ["years_0_2"], gender: ["woman", "man"] };
  assert.equal(baseOf(countAnswers(survey, "wellbeing", { within: both })).n, 3);
  assert.equal(
    baseOf(countAnswers(survey, "wellbeing", { by: "gender", within: both }), "man").n,
    2,
  );
});

Deno.test("countAnswers() of a question that was not part of the wave has nobody asked", () => {
  const counts = countAnswers(survey, "time_pressure");
  assert.equal(baseOf(counts).n, 0);
  assert.equal(countOf(counts, null, [NOT_ASKED_ID]).n, survey.source.respondents);
  const within = { time_pressure: ["strongly_agree"] };
  assert.equal(baseOf(countAnswers(survey, "wellbeing", { within })).n, 0);
});

Deno.test("countAnswers() refuses names that are not there, and says which are", () => {
  assert.throws(() => countAnswers(survey, "happiness"), InputError);
  assert.throws(() => countAnswers(survey, "wellbeing", { by: "age" }), InputError);
  assert.throws(
    () => countAnswers(survey, "wellbeing", { within: { gender: ["women"] } }),
    InputError,
  );
  assert.throws(() => countAnswers(makeSurvey({ wellbeing: [7] }), "wellbeing"), /7 in wellbeing/);
  assert.throws(() => countOf(countAnswers(survey, "wellbeing"), "woman", []), RangeError);
  assert.throws(() => countOf(countAnswers(survey, "wellbeing"), null, ["yes"]), RangeError);
});

const names = ["wellbeing", "pressure_change", "gender", "tenure"];

/** The same by filtering respondents one at a time. */
function slowly(survey: Survey, group: number | null, answer: number): number[] {
  const people = Array.from({ length: survey.source.respondents }, (_, i) => i)
    .filter((i) => survey.codes.get("wellbeing")![i] === answer)
    .filter((i) => group === null || survey.codes.get("gender")![i] === group);
  const weights = people.map((i) => survey.weights?.[i] ?? 1);
  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
  return [people.length, sum(weights), sum(weights.map((w) => w * w))];
}

Deno.test("countAnswers() counts what looking at each respondent counts", () => {
  fc.assert(fc.property(anySurvey(names), (survey) => {
    for (const by of [null, "gender"]) {
      const counts = countAnswers(survey, "wellbeing", { by });
      const groups = by ? [1, 2, 0, 255] : [null];
      groups.forEach((group, g) =>
        [1, 2, 3, 4, 5, 6, 0, 255].forEach((answer, a) => {
          const at = g * 8 + a;
          assert.deepEqual(
            [counts.n[at], counts.w[at], counts.w2[at]],
            slowly(survey, group, answer),
          );
        })
      );
    }
  }));
});

const close = (a: Counts, b: Counts) => {
  assert.deepEqual(a.n, b.n);
  for (const sums of ["w", "w2"] as const) {
    a[sums].forEach((value, i) =>
      assert.ok(Math.abs(value - b[sums][i]!) <= 1e-9 * Math.abs(value))
    );
  }
};

Deno.test("counts of the groups add up to the counts of everyone, and of parts to the whole", () => {
  fc.assert(fc.property(anySurvey(names), (survey) => {
    const whole = countAnswers(survey, "wellbeing");
    const byTenure = countAnswers(survey, "wellbeing", { by: "tenure" });
    whole.answers.forEach((answer) => {
      const sum = byTenure.groups.map((group) => countOf(byTenure, group, [answer]).n);
      assert.equal(sum.reduce((a, b) => a + b, 0), countOf(whole, null, [answer]).n);
    });
    const half = survey.source.respondents >> 1;
    const cut = (from: number, to: number): Survey => ({
      ...survey,
      codes: new Map([...survey.codes].map(([name, codes]) => [name, codes.subarray(from, to)])),
      weights: survey.weights?.subarray(from, to) ?? null,
    });
    const parts = [cut(0, half), cut(half, survey.source.respondents)];
    close(addCounts(parts.map((part) => countAnswers(part, "wellbeing")), sampleOf(survey)), whole);
  }));
});

Deno.test("eitherColumn() says yes for any of the answers, and no only when all are others", () => {
  const survey = makeSurvey({
    pressure_change: [1, 3, 3, 0, 0, 255, 255],
    pressure_omit: [3, 2, 3, 3, 2, 255, 3],
  });
  const either = {
    pressure_change: ["very_often", "often"],
    pressure_omit: ["very_often", "often"],
  };
  const column = eitherColumn(survey, either);
  assert.deepEqual([...column.codes], [1, 1, 2, 0, 1, 255, 2]);
  assert.deepEqual([column.id, column.base], ["pressure_change+pressure_omit", "all"]);
  assert.equal(countOf(countAnswers(survey, column), null, ["yes"]).n, 3);
  assert.throws(() => eitherColumn(survey, {}), InputError);
  assert.throws(() => eitherColumn(survey, { pressure_omit: ["x"] }), InputError);
});
