import assert from "node:assert/strict";
import { codebook } from "../../../lib/responses/study.ts";
import { countAnswers } from "../../../lib/statistics/count_answers.ts";
import { differenceOfWaves, type Overlap } from "../../../lib/statistics/difference_of_shares.ts";
import { shownOf } from "../../../lib/statistics/disclosure/suppress.ts";
import { meansAgainstRest, numberEstimates } from "../../../lib/statistics/number_estimates.ts";
import { describeSample } from "../../../lib/statistics/sample.ts";
import { courseCsv, courseSurvey } from "../../responses/course_survey.ts";

Deno.test("a mean of points does not tell in which group a rare answer was given", async () => {
  const survey = await courseSurvey(courseCsv(60));
  const counts = countAnswers(survey, "recommend", { by: "course" });
  const block = shownOf(counts).together.at(-1);
  const places = [...block!].map((answer) => counts.answers.indexOf(answer) + 1);
  const [points, courses] = ["recommend", "course"].map((name) => survey.codes.get(name)!);
  const rows = [...points!.keys()].filter((row) => places.includes(points![row]!));
  const one = rows[0]!;
  const other = rows.find((row) =>
    points![row] !== points![one] && courses![row] !== courses![one] && courses![row]! > 0
  )!;
  const exchanged = points!.slice();
  [exchanged[one], exchanged[other]] = [points![other]!, points![one]!];
  const changed = { ...survey, codes: new Map([...survey.codes, ["recommend", exchanged]]) };
  const [before, after] = [survey, changed].map((each) => [
    numberEstimates(each, "recommend", { by: "course" }).filter(({ statistic }) =>
      statistic === "mean"
    ),
    meansAgainstRest(each, "recommend", ["course"]),
  ]);
  assert.deepEqual(after, before);
});

Deno.test("an interval of a change does not tell whether one person gave a rare answer twice", () => {
  const people = (n: number) => ({ n, w: n, w2: n });
  const share = (n: number) => ({
    ...{ part: people(n), base: people(200) },
    sample: describeSample(codebook(), 200, false),
  });
  const change = (both: number, least: number) => {
    const matched = { both, onlyNow: 12 - both, onlyBefore: 11 - both, neither: 177 + both };
    const overlap = Object.fromEntries(
      Object.entries(matched).map(([key, n]) => [key, { n, ww: n }]),
    ) as unknown as Overlap;
    return differenceOfWaves(share(12), share(11), overlap, least);
  };
  assert.deepEqual(change(1, 10), change(2, 10));
  assert.notDeepEqual(change(1, 0), change(2, 0));
  // Of many who did it is used.
  assert.notDeepEqual(change(11, 10), change(1, 10));
});
