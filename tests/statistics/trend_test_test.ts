import assert from "node:assert/strict";
import { countAnswers } from "../../lib/statistics/count_answers.ts";
import { countedShare, differenceOfShares } from "../../lib/statistics/difference_of_shares.ts";
import { trendTest } from "../../lib/statistics/outcome.ts";
import { assertClose, readReference } from "../reference/read_reference.ts";
import { makeSurvey } from "./make_survey.ts";
import { drawnBy } from "./stratified_share.ts";

interface Reference {
  seed: number;
  kind: "plain" | "weighted" | "strata" | "both";
  groups: number;
  g: number[];
  s: number[];
  y: number[];
  w: number[];
  slope: number;
  z: number;
  p: number;
}
/** Five ordered categories stand for the groups. */
const GROUPS = ["strongly_agree", "agree", "neither", "disagree", "strongly_disagree"];

function trendOf({ kind, groups, g, s, y, w }: Reference) {
  const plain = makeSurvey(
    { wellbeing: y.map((yes) => yes ? 1 : 4), leader_independence: g, tenure: s },
    kind === "plain" || kind === "strata" ? null : w,
  );
  const survey = kind === "strata" || kind === "both" ? drawnBy(plain, "tenure") : plain;
  const counts = countAnswers(survey, "wellbeing", { by: "leader_independence" });
  return { counts, test: trendTest(counts, GROUPS.slice(0, groups), ["strongly_agree"]) };
}

Deno.test("trendTest() of 48 data sets is prop.trend.test() and the design's contrast in R", () => {
  const references = readReference<Reference[]>("trends");
  assert.ok(references.length >= 48);
  for (const each of references) {
    const { test } = trendOf(each);
    assertClose(test.slope, each.slope, 1e-9, `${each.seed}: slope`);
    assertClose(test.statistic, each.z, 1e-9, `${each.seed}: z`);
    assertClose(test.pValue, each.p, 1e-8, `${each.seed}: p`);
    assert.equal(test.pValue! < 0.05, test.low > 0 || test.high < 0);
  }
});

Deno.test("a trend over two groups is their difference", () => {
  for (const each of readReference<Reference[]>("trends").filter(({ groups }) => groups === 2)) {
    const { counts, test } = trendOf(each);
    const [first, second] = GROUPS.map((group) => countedShare(counts, group, ["strongly_agree"]));
    const apart = differenceOfShares(second!, first!);
    assertClose(test.slope, apart.difference, 1e-9, `${each.seed}: difference`);
    assertClose(test.statistic, apart.statistic, 1e-9, `${each.seed}: z`);
  }
});

Deno.test("a trend of everybody has no test, and one of no group is refused", () => {
  const survey = makeSurvey({ wellbeing: [1, 1, 1, 1], gender: [1, 1, 2, 2] });
  const counts = countAnswers(survey, "wellbeing", { by: "gender" });
  const { slope, statistic, pValue } = trendTest(counts, ["woman", "man"], ["strongly_agree"]);
  assert.deepEqual([slope, statistic, pValue], [0, null, null]);
  assert.throws(() => trendTest(counts, ["woman"], ["strongly_agree"]), RangeError);
});
