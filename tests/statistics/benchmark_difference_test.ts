import assert from "node:assert/strict";
import { type Benchmark, parseBenchmarks } from "../../lib/responses/published.ts";
import { codebook, dataFile, readBenchmarks, readPublished } from "../../lib/responses/study.ts";
import { loadAnswers } from "../../lib/statistics/load_answers.ts";
import { benchmarkDifference } from "../../lib/statistics/published_wave.ts";
import { assertClose, readReference } from "../reference/read_reference.ts";
import { makeSurvey, withoutHiding } from "./make_survey.ts";

interface Reference {
  seed: number;
  wellbeing: number[];
  weights: number[];
  percent: number;
  decimals: number;
  n: number | null;
  found: { difference: number; statistic: number; p: number; low: number; high: number };
}

const shipped = readBenchmarks();
const ofWellbeing = shipped.find(({ question }) => question === "wellbeing")!;

Deno.test("differences from benchmarks are those of the score test in R, rounded and weighted", () => {
  for (const drawn of readReference<Reference[]>("benchmarks")) {
    const { percent, decimals, n, found, seed } = drawn;
    const survey = withoutHiding(
      makeSurvey({ wellbeing: drawn.wellbeing }, seed % 2 === 0 ? drawn.weights : null),
    );
    const { difference } = benchmarkDifference(survey, { ...ofWellbeing, percent, decimals, n });
    const what = `sample ${seed}`;
    assertClose(difference!.difference, found.difference, 1e-9, what);
    assertClose(difference!.statistic, found.statistic, 1e-9, what);
    assertClose(difference!.pValue, found.p, 1e-8, what);
    assert(
      Math.abs(difference!.low - found.low) < 1e-9 &&
        Math.abs(difference!.high - found.high) < 1e-9,
    );
  }
});

const survey = await loadAnswers(dataFile("responses.csv"), codebook());

Deno.test("the benchmarks that come with the study are figures of the report, and compared", () => {
  const { indicators } = readPublished();
  for (const benchmark of shipped) {
    const { question, set, percent, n } = benchmark;
    const printed = indicators.find((each) =>
      each.questions[0] === question && each.set === set && each.printed
    );
    assert.deepEqual([printed?.value, printed?.n], [percent, n], benchmark.id);
    assert.equal(benchmarkDifference(survey, benchmark).refused, null);
  }
});

Deno.test("a benchmark of another wording, other answers, another base or a part is refused", () => {
  const refused = (changed: Partial<Benchmark>, of = survey) =>
    benchmarkDifference(of, { ...ofWellbeing, ...changed }).refused;
  const { wording, answers, base } = ofWellbeing;
  assert.equal(refused({ wording: ` ${wording.toUpperCase().replace(".", "")}` }), null);
  assert.equal(refused({ wording: wording.replace("mit", "dit") }), "wording");
  assert.equal(refused({ answers: answers.slice(0, 5) }), "answers");
  assert.equal(refused({ answers: answers.toReversed() }), "answers");
  assert.equal(refused({ base: `${base} ja` }), "base");
  assert.equal(refused({}, { ...survey, within: { gender: ["woman"] } }), "part");
  assert.equal(refused({}, { ...survey, left_out: ["wellbeing"] }), "not_asked");
  assert.equal(refused({}, makeSurvey({ wellbeing: [1, 2, 3] })), "too_few");
});

Deno.test("a benchmark that is wrong is refused with its place", () => {
  const of = (changed: object) => () =>
    parseBenchmarks({ benchmarks: [{ ...ofWellbeing, ...changed }] }, codebook(), "b.json");
  assert.throws(of({ question: "wellness" }), /benchmarks\.0\.question: no question "wellness"/);
  assert.throws(
    of({ set: "aggree" }),
    /benchmarks\.0\.set: no "aggree" \(there is: agree, disagree/,
  );
  assert.throws(of({ category: "agree" }), /give a set or a category/);
  assert.throws(of({ percent: 177 }), /benchmarks\.0\.percent: expected <=100/);
  assert.throws(
    () => parseBenchmarks({ benchmarks: [ofWellbeing, ofWellbeing] }, codebook(), "b.json"),
    /benchmarks\.1\.id: "report_2023_wellbeing" is the name of benchmarks\.0 too/,
  );
});
