import assert from "node:assert/strict";
import { cronbachAlpha } from "../../lib/statistics/cronbach_alpha.ts";
import { gammaOf, tableAssociation } from "../../lib/statistics/table_association.ts";
import { loadAnswers } from "../../lib/statistics/load_answers.ts";
import { codebook, dataFile } from "../../lib/responses/study.ts";
import { makeSurvey } from "./make_survey.ts";

const survey = await loadAnswers(dataFile("responses.csv"), codebook());

Deno.test("tableAssociation() leaves don't know out and agrees with gammaOf()", () => {
  const found = tableAssociation(survey, "pressure_change", "wellbeing");
  const gamma = gammaOf(survey, "pressure_change", "wellbeing");
  assert(found !== null && typeof gamma !== "string" && found.gamma !== null);
  // One person does not know; see data/synthesis.json.
  assert.equal(found.n, survey.source.respondents - 1);
  assert.equal(found.gamma.estimate, gamma.value);
});

Deno.test("what goes together, and how far, says whether it is weighted", () => {
  const weights = new Float64Array(survey.source.respondents).map((_, i) => 1 + i % 3);
  for (
    const [of, word] of [[survey, "unweighted"], [{ ...survey, weights }, "weighted"]] as const
  ) {
    const isWeighted = word === "weighted";
    const gamma = gammaOf(of, "pressure_change", "wellbeing");
    assert(typeof gamma !== "string" && gamma.weighted === isWeighted);
    assert.equal(tableAssociation(of, "pressure_change", "wellbeing")?.weighted, isWeighted);
    const alpha = cronbachAlpha(of, ["pressure_change", "pressure_omit"]);
    assert.deepEqual([alpha?.weighted, alpha?.low === null], [isWeighted, isWeighted]);
  }
});

Deno.test("tableAssociation() tests by Pearson unweighted and by Rao and Scott weighted", () => {
  // In R: chisq.test(matrix(c(20, 10, 5, 25), 2), correct = FALSE): X-squared = 15.429, df = 1.
  const answers = [20, 10, 5, 25].flatMap((count, i) =>
    Array.from({ length: count }, () => [i < 2 ? 1 : 2, i % 2 === 0 ? 1 : 2] as const)
  );
  const columns = {
    gender: answers.map(([gender]) => gender),
    wellbeing: answers.map(([, wellbeing]) => wellbeing),
  };
  const plain = tableAssociation(makeSurvey(columns), "gender", "wellbeing")?.test;
  assert(plain);
  assert.equal(plain.kind, "pearson");
  assert(Math.abs(plain.statistic - 15.428571428571429) < 1e-12, String(plain.statistic));
  assert.equal(plain.df, 1);
  const weighted = makeSurvey(columns, answers.map((_, i) => 1 + i % 3));
  const other = tableAssociation(weighted, "gender", "wellbeing")?.test;
  assert.equal(other?.kind, "rao_scott");
  assert(other.pValue > 0 && other.pValue < 0.05 && other.df2 !== null);
});

Deno.test("tableAssociation() says nothing of fewer people than the least base, or without variation", () => {
  const few = makeSurvey({ pressure_omit: [1, 2, 1], wellbeing: [1, 2, 3] });
  assert.equal(tableAssociation(few, "pressure_omit", "wellbeing"), null);
  const same = makeSurvey({
    pressure_omit: Array.from({ length: 30 }, () => 1),
    wellbeing: Array.from({ length: 30 }, (_, i) => 1 + i % 5),
  });
  const found = tableAssociation(same, "pressure_omit", "wellbeing");
  assert.equal(found?.test, null);
  assert.equal(found?.gamma, null);
});

Deno.test("a perfect association has the interval of the smoothed table, and is not certain", () => {
  const people = (n: readonly number[]) => ({
    pressure_omit: n.flatMap((count, i) => Array.from({ length: count }, () => i < 2 ? 1 : 2)),
    wellbeing: n.flatMap((count, i) => Array.from({ length: count }, () => 1 + i % 2)),
  });
  const gammaIn = (survey: ReturnType<typeof makeSurvey>) => {
    const gamma = gammaOf(survey, "pressure_omit", "wellbeing");
    assert(typeof gamma !== "string");
    return gamma;
  };
  const found = gammaIn(makeSurvey(people([20, 0, 0, 12])));
  assert.deepEqual([found.value, found.high], [1, 1]);
  // Of two answers each Woolf's interval of the odds ratio, OR = (1 + gamma)/(1 − gamma), of the table with
  // two people more.
  const smooth = [[20, 20, 20], [0, 20, 12], [0, 12, 20], [12, 12, 12]]
    .map(([n, row, column]) => n! + 2 * row! * column! / 32 ** 2);
  const [a, b, c, d] = smooth as [number, number, number, number];
  const error = Math.sqrt(32 / 31 * smooth.reduce((sum, n) => sum + 1 / n, 0));
  const ratio = a * d / b / c * Math.exp(-1.959963984540054 * error);
  assert(Math.abs(found.low - (ratio - 1) / (ratio + 1)) < 1e-12, `${found.low}`);
  assert(found.p > 0 && found.p < 0.001);
  // One who stands alone proves nothing, and weights of one each change nothing.
  const few = gammaIn(makeSurvey(people([30, 0, 0, 1])));
  assert(few.low < 0 && few.p > 0.05, `${few.low}`);
  const columns = people([20, 0, 0, 12]);
  assert.deepEqual(gammaIn(makeSurvey(columns, columns.pressure_omit.map(() => 1))).low, found.low);
  const turned = gammaIn(makeSurvey(people([0, 20, 12, 0])));
  assert.deepEqual([turned.value, turned.low], [-1, -1]);
  assert(Math.abs(turned.high + found.low) < 1e-12);
});

Deno.test("tableAssociation() says nothing by a background of which some answers are hidden", () => {
  const people = (rare: number) => ({
    age_group: Array.from({ length: 90 }, (_, i) => 1 + i % 3),
    wellbeing: Array.from({ length: 90 }, (_, i) => i < rare ? 1 : 2 + i % 2),
  });
  assert.notEqual(tableAssociation(makeSurvey(people(30)), "age_group", "wellbeing"), null);
  assert.equal(tableAssociation(makeSurvey(people(4)), "age_group", "wellbeing"), null);
});
