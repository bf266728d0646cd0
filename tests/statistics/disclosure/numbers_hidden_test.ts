import assert from "node:assert/strict";
import { countAnswers } from "../../../lib/statistics/count_answers.ts";
import { shownOf } from "../../../lib/statistics/disclosure/suppress.ts";
import { meansAgainstRest, numberEstimates } from "../../../lib/statistics/number_estimates.ts";
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
