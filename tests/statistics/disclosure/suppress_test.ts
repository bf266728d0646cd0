import assert from "node:assert/strict";
import { NO_ANSWER } from "../../../lib/responses/survey.ts";
import { countAnswers } from "../../../lib/statistics/count_answers.ts";
import { shownOf } from "../../../lib/statistics/disclosure/suppress.ts";
import { makeSurvey } from "../make_survey.ts";

Deno.test("shownOf() hides with a small group the next smallest, and no more than it takes", () => {
  const of = (sizes: number[], none = 0) => {
    const tenure = [
      ...sizes.flatMap((size, i) => new Array<number>(size).fill(i + 1)),
      ...new Array<number>(none).fill(NO_ANSWER),
    ];
    const counts = countAnswers(
      makeSurvey({ wellbeing: tenure.map(() => 1), tenure }),
      "wellbeing",
      {
        by: "tenure",
      },
    );
    return [...shownOf(counts).groups];
  };
  const [a, b, c, d] = ["years_0_2", "years_3_5", "years_6_10", "years_11_plus"];
  assert.deepEqual(of([20, 20, 20, 20]), [a, b, c, d]);
  assert.deepEqual(of([4, 30, 20, 25]), [b, d]);
  assert.deepEqual(of([4, 6, 20, 25]), [c, d], "two that are enough together");
  assert.deepEqual(of([4, 5, 20, 25]), [d]);
  assert.deepEqual(of([0, 0, 20, 25]), [c, d], "nobody has nothing to hide");
  assert.deepEqual(of([30, 20, 20, 25], 3), [a, c, d], "people without a group count too");
  assert.deepEqual(of([30, 20, 20, 25], 10), [a, b, c, d]);
  assert.deepEqual(of([3, 0, 0, 4]), []);
});
