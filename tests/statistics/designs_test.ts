import assert from "node:assert/strict";
import type { Survey } from "../../lib/responses/survey.ts";
import { countAnswers } from "../../lib/statistics/count_answers.ts";
import { countOf } from "../../lib/statistics/counts.ts";
import { shareOf } from "../../lib/statistics/intervals.ts";
import { shareVariance } from "../../lib/statistics/linearised_variance.ts";
import { type Margins, rake } from "../../lib/statistics/rows/rake.ts";
import { assertClose, readReference } from "../reference/read_reference.ts";
import { makeSurvey as made, withoutHiding } from "./make_survey.ts";
import { drawnBy, rakedTo, shareIn } from "./stratified_share.ts";

/** R hides nothing. */
const makeSurvey = (...columns: Parameters<typeof made>) => withoutHiding(made(...columns));

interface Measured {
  n: number;
  share: number;
  variance: number;
}
interface Columns {
  seed: number;
  gender: number[];
  tenure: number[];
}
interface Reference {
  stratified: (Columns & {
    wellbeing: number[];
    weights: number[];
    population: number[] | null;
    everybody: Measured;
    women: Measured | null;
  })[];
  calibrated: (Columns & {
    age_group: number[];
    wellbeing: number[];
    start: number[];
    margins: (keyof typeof targets)[];
    invited: number | null;
    everybody: Measured;
    women: Measured;
    young: Measured;
    raked: Measured;
  })[];
  trimmed: (Columns & {
    high: number;
    free: number[];
    once: number[];
    bounded: number[] | null;
  })[];
}
const reference = readReference<Reference>("designs");
const tenures = ["years_0_2", "years_3_5", "years_6_10", "years_11_plus"] as const;
const targets = {
  gender: { woman: 0.45, man: 0.55 },
  tenure: { years_0_2: 0.2, years_3_5: 0.3, years_6_10: 0.3, years_11_plus: 0.2 },
  age_group: { age_25_39: 0.25, age_40_54: 0.35, age_55_plus: 0.4 },
};
/** A study of which nobody knows how many were invited. */
const endless = (survey: Survey): Survey => ({
  ...survey,
  codebook: { ...survey.codebook, study: { ...survey.codebook.study, invited: 1 } },
});
const women = { gender: ["woman"] };
const agree = ["strongly_agree"];

function assertMeasured(own: Measured | null, other: Measured | null, what: string): void {
  assert.equal(own === null, other === null, what);
  if (own === null || other === null) return;
  assert.equal(own.n, other.n, what);
  assertClose(own.share, other.share, 1e-9, `${what}: share`);
  if (other.variance > 1e-25) assertClose(own.variance, other.variance, 1e-9, `${what}: variance`);
  else assert.ok(own.variance < 1e-20, what);
}

Deno.test("shares by strata agree with survey of R, with strata of one person and of everybody", () => {
  let lonely = 0;
  for (
    const { seed, weights, population, everybody, women: some, ...codes } of reference.stratified
  ) {
    const plain = makeSurvey(
      { gender: codes.gender, tenure: codes.tenure, wellbeing: codes.wellbeing },
      weights.some((weight) => weight !== 1) ? weights : null,
    );
    const invited = population &&
      Object.fromEntries(population.map((size, i) => [tenures[i]!, size]));
    const survey = drawnBy(plain, "tenure", invited ?? undefined);
    const all = shareIn(survey, "wellbeing", agree)!;
    assertMeasured(all, everybody, `${seed}`);
    assertMeasured(shareIn(survey, "wellbeing", agree, women), some, `${seed}, women`);
    assert.ok(0 <= all.low && all.low <= all.share && all.share <= all.high && all.high <= 1);
    lonely += all.lonely;
  }
  assert.ok(lonely >= 5, `${lonely} lonely strata`);
});

Deno.test("a share of one stratum is the share without strata", () => {
  const codes = { wellbeing: [1, 1, 2, 5, 3, 1, 6, 0], tenure: [2, 2, 2, 2, 2, 2, 2, 2] };
  const survey = endless(makeSurvey(codes, [1, 2, 0.5, 1, 3, 1, 1, 2]));
  const counts = countAnswers(survey, "wellbeing");
  const own = shareIn(drawnBy(survey, "tenure"), "wellbeing", agree)!;
  const base = countOf(counts, null, counts.answers.slice(0, -2));
  const variance = shareVariance(countOf(counts, null, agree), base, counts.sample);
  assertClose(own.variance, variance, 1e-12, "variance");
  const { low, high } = shareOf(countOf(counts, null, agree), base, counts.sample);
  assertClose(own.low, low, 1e-12, "low");
  assertClose(own.high, high, 1e-12, "high");
});

Deno.test("a share by strata has an answer for nobody, and strata that cannot be are refused", () => {
  const survey = makeSurvey({
    wellbeing: [1, 1, 1, 6],
    tenure: [1, 2, 2, 2],
    gender: [1, 1, 1, 2],
  });
  const nobody = shareIn(drawnBy(survey, "tenure"), "wellbeing", ["disagree"])!;
  assert.deepEqual([nobody.share, nobody.variance, nobody.low], [0, 0, 0]);
  assert.ok(nobody.high > 0 && nobody.high < 1);
  assert.equal(
    shareIn(drawnBy(survey, "tenure"), "wellbeing", agree, { wellbeing: ["neither"] }),
    null,
  );
  const refused: [variable: string, Record<string, number> | undefined, RegExp][] = [
    ["tenure", { years_0_2: 9 }, /no number for "years_3_5"/],
    ["tenure", { years_0_2: 9, years_3_5: 2 }, /of 2 invited/],
    ["height", undefined, /no question or variable "height"/],
  ];
  for (const [variable, invited, message] of refused) {
    assert.throws(
      () => shareIn(drawnBy(survey, variable, invited), "wellbeing", agree),
      message,
    );
  }
  const without = makeSurvey({ wellbeing: [1, 2], tenure: [1, 0] });
  assert.throws(
    () => shareIn(drawnBy(without, "tenure"), "wellbeing", agree),
    /1 respondents have no "tenure"/,
  );
});

Deno.test("shares under raked weights agree with calibrate() of survey in R, domains included", () => {
  let sharper = 0;
  for (const expected of reference.calibrated) {
    const { seed, start, invited, gender, tenure, age_group, wellbeing } = expected;
    const made = makeSurvey({ gender, tenure, age_group, wellbeing });
    const plain = invited === null ? endless(made) : made;
    const margins: Margins = Object.fromEntries(
      expected.margins.map((name) => [name, targets[name]]),
    );
    const weightsBefore = Float64Array.from(start);
    const survey = rakedTo(plain, margins, weightsBefore, { tolerance: 1e-14 });
    const of = (within = {}) => shareIn(survey, "wellbeing", agree, within);
    assertMeasured(of(), expected.everybody, `${seed}`);
    assertMeasured(of(women), expected.women, `${seed}, women`);
    const young = of({ age_group: ["age_25_39"] })!;
    assertMeasured(young, expected.young, `${seed}, young`);
    // rake() of R takes the margins out with weights that count everybody the same.
    if (start.every((weight) => weight === 1)) {
      assertClose(young.variance, expected.raked.variance, 1e-2, `${seed}, rake()`);
    }
    const counts = countAnswers(survey, "wellbeing");
    const base = countOf(counts, null, counts.answers.slice(0, -2));
    const { calibration: _, ...sample } = counts.sample;
    if (of()!.variance < shareVariance(countOf(counts, null, agree), base, sample)!) sharper++;
  }
  assert.ok(sharper >= 12, `${sharper}`);
});

Deno.test("a share under raked weights with answers missing in a margin is near the jackknife", () => {
  const people = 240;
  const code = (i: number, k: number) => 1 + (i * k + (i * i) % 7) % 2;
  const codes = {
    gender: Array.from({ length: people }, (_, i) => i % 6 === 0 ? 0 : code(i, 3)),
    tenure: Array.from({ length: people }, (_, i) => 1 + (i * 5 + (i >> 3)) % 4),
    wellbeing: Array.from({ length: people }, (_, i) => code(i, 3) === 1 && i % 5 ? 1 : 3 + i % 2),
  };
  const margins = { gender: targets.gender, tenure: targets.tenure };
  const share = (left: number) => {
    const survey = endless(makeSurvey(Object.fromEntries(
      Object.entries(codes).map(([name, own]) => [name, own.filter((_, i) => i !== left)]),
    )));
    return shareIn(rakedTo(survey, margins), "wellbeing", agree)!;
  };
  const each = Array.from({ length: people }, (_, i) => share(i).share);
  const mean = each.reduce((a, b) => a + b) / people;
  const spread = each.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const jackknife = spread * (people - 1) / people;
  assertClose(share(-1).variance, jackknife, 0.06, "variance");
});

Deno.test("a share that the margins explain whole does not vary, and nobody has an answer too", () => {
  const plain = makeSurvey({ wellbeing: [1, 1, 3, 3], gender: [1, 1, 2, 2] });
  const survey = rakedTo(plain, { gender: targets.gender });
  const own = shareIn(survey, "wellbeing", agree)!;
  // The margin says it all: who agrees is a woman.
  assertClose(own.share, 0.45, 1e-12, "share");
  assert.ok(own.variance < 1e-15, `${own.variance}`);
  assert.equal(shareIn(survey, "wellbeing", ["disagree"])!.low, 0);
  assert.equal(shareIn(survey, "wellbeing", agree, { wellbeing: ["agree"] }), null);
});

Deno.test("margins that repeat each other are no trouble for the variance", () => {
  const codes = { gender: [1, 1, 2, 2, 1, 2], wellbeing: [1, 3, 1, 3, 3, 4] };
  const plain = makeSurvey({ ...codes, tenure: codes.gender });
  const { woman, man } = targets.gender;
  const once = rakedTo(plain, { gender: targets.gender });
  const twice = rakedTo(plain, {
    gender: targets.gender,
    tenure: { years_0_2: woman, years_3_5: man },
  });
  const [a, b] = [once, twice].map((survey) => shareIn(survey, "wellbeing", agree)!.variance);
  assertClose(a!, b!, 1e-12, "variance");
});

Deno.test("rake() with bounds agrees with calibrate(bounds) of R, where that settles", () => {
  const margins = {
    gender: { woman: 0.5, man: 0.5 },
    tenure: { years_0_2: 0.2, years_3_5: 0.25, years_6_10: 0.2, years_11_plus: 0.35 },
  };
  let [settled, missed] = [0, 0];
  for (const { gender, tenure, high, free, once, bounded } of reference.trimmed) {
    const survey = makeSurvey({ gender, tenure });
    rake(survey, margins, { tolerance: 1e-13 }).weights.forEach((weight, i) =>
      assertClose(weight, free[i]!, 1e-9, "without bounds")
    );
    // trimWeights() hands what it cuts off to the others, and leaves the margins.
    const men = once.reduce((sum, weight, i) => sum + (gender[i] === 2 ? weight : 0), 0);
    if (Math.abs(men / once.length - 0.5) > 1e-3) missed++;
    if (bounded === null) continue;
    const own = rake(survey, margins, { trim: { low: 0, high }, tolerance: 1e-12 });
    own.weights.forEach((weight, i) => assertClose(weight, bounded[i]!, 1e-9, `weight ${i}`));
    settled++;
  }
  assert.ok(settled >= 10 && missed >= 10, `${settled} settled, ${missed} missed the margins`);
});
