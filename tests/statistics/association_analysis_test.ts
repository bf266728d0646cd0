import assert from "node:assert/strict";
import { loadAnswers } from "../../lib/statistics/load_answers.ts";
import { codebook, dataFile } from "../../lib/responses/study.ts";
import type { Survey } from "../../lib/responses/survey.ts";
import { associationAnalysis } from "../../lib/statistics/rows/association_analysis.ts";
import { designMatrix } from "../../lib/statistics/rows/analysis_frame.ts";
import { assertClose, readReference } from "../reference/read_reference.ts";
import { makeSurvey } from "./make_survey.ts";
import { WELLBEING_AND_PRESSURE } from "./wellbeing_plan.ts";

interface Reference {
  name: string;
  /** Whether whoever said "don't know" is left out. */
  complete: boolean;
  n: number;
  log_likelihood: number;
  null_log_likelihood: number;
  rows: {
    term: string;
    coefficient: number;
    se: number;
    odds_ratio: number;
    low: number;
    high: number;
    p: number;
    effect: number;
    effect_se: number;
    vif: number;
  }[];
  brant: { statistic: number; df: number; p: number } | null;
}

const disclosed = await loadAnswers(dataFile("responses.csv"), codebook());
/** R says how many people there are, however few did not know. */
const disclosure = { least_base: 10, least_answer: 0 };
const shipped: Survey = { ...disclosed, codebook: { ...disclosed.codebook, disclosure } };

/** The weights of association.R. */
function weigh(survey: Survey): Survey {
  const [gender, tenure] = [survey.codes.get("gender")!, survey.codes.get("tenure")!];
  const weights = Float64Array.from(
    tenure,
    (code, i) => [0.6, 0.9, 1.2, 1.5][code - 1]! * [1, 1.7][gender[i]! - 1]!,
  );
  return { ...survey, weights };
}

Deno.test("associationAnalysis() hides numbers that tell who it leaves out", () => {
  // One person of all does not know how well they are doing.
  const all = associationAnalysis(disclosed, WELLBEING_AND_PRESSURE, { dontKnow: "indicator" });
  assert.equal(all.n, 1287);
  assert.ok(all.rows.every(({ n, points }) => Number.isNaN(n) && points !== null));
  const women = associationAnalysis(disclosed, WELLBEING_AND_PRESSURE, {
    within: { gender: ["woman"] },
    dontKnow: "indicator",
  });
  assert.deepEqual([women.status, women.n, women.leftOut[0]!.n], ["estimated", NaN, NaN]);
});

for (const expected of readReference<Reference[]>("association")) {
  const { name } = expected;
  Deno.test(`associationAnalysis() agrees with MASS and survey of R: ${name}`, () => {
    const survey = name.includes("weighted") ? weigh(shipped) : shipped;
    const within = name.includes("women")
      ? { gender: ["woman"] }
      : name === "serves"
      ? { serves_politicians: ["yes"] }
      : {};
    const dontKnow = expected.complete ? "left_out" : "indicator";
    const own = associationAnalysis(survey, WELLBEING_AND_PRESSURE, { within, dontKnow });
    assert.equal(own.status, "estimated");
    assertClose(own.fit!.logLikelihood, expected.log_likelihood, 1e-9, "log-likelihood");
    assertClose(own.fit!.nullLogLikelihood, expected.null_log_likelihood, 1e-7, "of nothing");
    if (expected.complete) {
      const beside = associationAnalysis(survey, WELLBEING_AND_PRESSURE, {
        within,
        dontKnow: "indicator",
      });
      assert.deepEqual(own.indicator?.rows, beside.rows);
    } else assert.equal(own.indicator, null);
    assert.equal(own.n, expected.n);
    assert.deepEqual(
      own.rows.map(({ term }) => term).toSorted(),
      expected.rows.map(({ term }) => term).toSorted(),
    );
    for (const row of own.rows) {
      const other = expected.rows.find(({ term }) => term === row.term)!;
      const { term } = row;
      // optim() inside polr() stops at about 1e-6 of a standard error; errors are of differences.
      const off = Math.abs(Math.log(row.oddsRatio!) - other.coefficient) / other.se;
      assert.ok(off < 1e-6, `${term}: off by ${off} standard errors`);
      assertClose(row.oddsRatio, other.odds_ratio, 1e-6, `${term}: odds ratio`);
      assertClose(row.oddsRatioLow, other.low, 1e-5, `${term}: low`);
      assertClose(row.oddsRatioHigh, other.high, 1e-5, `${term}: high`);
      assertClose(row.pValue, other.p, 1e-4, `${term}: p`);
      const points = Math.abs(row.points! / 100 - other.effect) / other.effect_se;
      assert.ok(points < 1e-6, `${term}: points off by ${points} standard errors`);
      const half = (row.pointsHigh! - row.pointsLow!) / 200;
      assertClose(half, 1.959963984540054 * other.effect_se, 1e-5, `${term}: points, half width`);
      assertClose(row.inflation, other.vif, 1e-9, `${term}: variance inflation`);
    }
    // Of weighted answers the test is of the design: design_regressions_test.ts.
    if (expected.brant === null) assert.ok(own.weighted || own.brant === null);
    else {
      assertClose(own.brant!.all.statistic, expected.brant.statistic, 1e-7, "Brant");
      assert.equal(own.brant!.all.df, expected.brant.df);
      assertClose(own.brant!.all.pValue, expected.brant.p, 1e-6, "p of Brant");
    }
  });
}

const outcome = { outcome: "wellbeing", set: "agree" };
/** Forty people: wellbeing and leadership with ties, and a gender. */
const forty = {
  wellbeing: Array.from({ length: 40 }, (_, i) => 1 + (i * 7) % 5),
  leader_independence: Array.from({ length: 40 }, (_, i) => 1 + (i * 3) % 4),
  gender: Array.from({ length: 40 }, (_, i) => 1 + (i >> 2) % 2),
};
const analyse = (columns: Record<string, number[]>, scores = ["leader_independence"]) =>
  associationAnalysis(makeSurvey(columns), { ...outcome, factors: { gender: null }, scores });

Deno.test("associationAnalysis() turns scales round: higher is more agreement", () => {
  const same = { ...forty, wellbeing: forty.leader_independence.map((c, i) => i % 7 ? c : 5) };
  const { rows } = analyse(same);
  const score = rows.find(({ term }) => term === "leader_independence")!;
  assert.ok(score.oddsRatio! > 1 && score.points! > 0);
});

Deno.test("associationAnalysis() leaves out who does not know, or keeps them beside, and says who is left out", () => {
  const wellbeing = forty.wellbeing.map((code, i) => i === 3 ? 6 : i === 4 ? 0 : code);
  const leader = forty.leader_independence.map((code, i) => i < 16 && i % 2 ? 6 : code);
  const gender = forty.gender.map((code, i) => i === 5 ? 255 : code);
  const complete = analyse({ wellbeing, leader_independence: leader, gender });
  assert.equal(complete.leftOut.at(-1)!.reason, "dont_know");
  assert.equal(complete.leftOut.at(-1)!.variable, "leader_independence");
  assert.ok(complete.rows.every(({ kind }) => kind !== "dont_know"));
  const result = complete.indicator!;
  assert.equal(result.status, "estimated");
  assert.deepEqual(result.leftOut, [
    { variable: "wellbeing", reason: "dont_know", n: 1 },
    { variable: "wellbeing", reason: "no_answer", n: 1 },
    { variable: "gender", reason: "not_asked", n: 1 },
  ]);
  assert.equal(result.n, 37);
  const unknown = result.rows.find(({ kind }) => kind === "dont_know")!;
  assert.deepEqual(
    [unknown.term, unknown.n, unknown.suppressed, unknown.oddsRatio, unknown.points],
    // Of what background the one is who is left out would follow.
    ["leader_independence:dont_know", NaN, true, null, null],
  );
});

Deno.test("associationAnalysis() says why there is no estimate, and never NaN", () => {
  const few = analyse(Object.fromEntries(
    Object.entries(forty).map(([name, codes]) => [name, codes.slice(0, 9)]),
  ));
  assert.deepEqual([few.status, few.n, few.rows], ["too_few", 9, []]);
  const nobody = analyse({ wellbeing: [], leader_independence: [], gender: [] });
  assert.deepEqual([nobody.status, nobody.n], ["too_few", 0]);
  const agreed = analyse({ ...forty, wellbeing: forty.wellbeing.map((_, i) => 1 + i % 2) });
  assert.equal(agreed.status, "too_few");
  const separated = analyse({
    ...forty,
    wellbeing: forty.gender.map((g) => g === 1 ? 1 : 5),
  });
  assert.deepEqual([separated.status, separated.about], ["separated", ["gender:man"]]);
  const twice = analyse({ ...forty, workload_quality: forty.leader_independence }, [
    "leader_independence",
    "workload_quality",
  ]);
  assert.deepEqual([twice.status, twice.about], ["collinear", ["workload_quality"]]);
  const everyone = analyse({ ...forty, leader_independence: forty.gender.map(() => 3) });
  assert.equal(everyone.status, "estimated");
  assert.deepEqual(everyone.rows.map(({ term }) => term), ["gender:man"]);
  for (const result of [few, nobody, agreed, separated, twice, everyone]) {
    // JSON has no NaN: it would be null where a number belongs.
    const check = (value: unknown): void => {
      if (typeof value === "number") assert.ok(Number.isFinite(value));
      else if (value !== null && typeof value === "object") Object.values(value).forEach(check);
    };
    check(result);
  }
});

Deno.test("associationAnalysis() of a domain leaves a variable out that no longer varies", () => {
  const women = associationAnalysis(shipped, WELLBEING_AND_PRESSURE, {
    within: { gender: ["woman"], pressure: ["often", "once_in_a_while"] },
  });
  assert.equal(women.status, "estimated");
  assert.ok(women.rows.every(({ variable }) => variable !== "gender"));
  // Nobody is left of the reference: the first category takes its place.
  const [pressure] = women.rows;
  assert.deepEqual([pressure?.term, pressure?.reference], ["pressure:once_in_a_while", "often"]);
});

Deno.test("associationAnalysis() refuses a plan of what is not there", () => {
  const plan = WELLBEING_AND_PRESSURE;
  for (
    const [wrong, message] of [
      [{ ...plan, set: "happy" }, /no set "happy"/],
      [{ ...plan, outcome: "gender" }, /no set "agree"/],
      [{ ...plan, scores: ["gender"] }, /not a question/],
      [{ ...plan, factors: { gender: "other" } }, /no category/],
      [{ ...plan, factors: { sex: null } }, /no question or variable "sex"/],
    ] as const
  ) {
    assert.throws(() => associationAnalysis(shipped, wrong), message);
  }
});

Deno.test("designMatrix() is R's scale() and dummies in the order of the levels", () => {
  const { columns, x } = designMatrix(
    4,
    // x, y, z, x
    [{ variable: "a", of: Uint8Array.of(1, 2, 0, 1), levels: ["z", "x", "y"], people: [1, 2, 1] }],
    [{
      variable: "s",
      of: Uint8Array.of(1, 0, 3, 5),
      people: [1, 1, 0, 1, 0, 1],
      dontKnow: "dont_know",
    }, {
      variable: "t",
      of: Uint8Array.of(2, 2, 2, 2),
      people: [0, 0, 4, 0],
      dontKnow: null,
    }],
  );
  assert.deepEqual(columns.map(({ term }) => term), ["a:x", "a:y", "s", "s:dont_know"]);
  assert.deepEqual([...x], [[1, 0, -1, 0], [0, 1, 0, 1], [0, 0, 0, 0], [1, 0, 1, 0]].flat());
});

Deno.test("weights that are next to equal change the errors of a regression by little", () => {
  const weights = new Float64Array(shipped.source.respondents).fill(1.0001);
  const [plain, weighted] = [shipped, { ...shipped, weights }]
    .map((survey) => associationAnalysis(survey, WELLBEING_AND_PRESSURE).rows);
  plain!.forEach((row, j) => {
    const width = (of: typeof row) => Math.log(of.oddsRatioHigh! / of.oddsRatioLow!);
    assertClose(weighted![j]!.oddsRatio, row.oddsRatio!, 1e-9, row.term);
    // Of the model's own errors and the linearised ones, which hold without it too.
    assertClose(width(weighted![j]!), width(row), 0.15, `${row.term}: width`);
  });
});
