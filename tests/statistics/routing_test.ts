import assert from "node:assert/strict";
import { routing } from "../../lib/statistics/count_answers.ts";
import { makeSurvey } from "./make_survey.ts";

type RoutingRow = Record<"asked" | "not_asked" | "answered" | "skipped" | "dont_know", number>;

Deno.test("routing() keeps not asked, no answer and don't know apart", () => {
  // Codes: 1 strongly agree … 6 don't know; 0 no answer; 255 not asked.
  const codes = [...Array(12).fill(1), 6, 6, 6, 0, 0, 255];
  const [row] = routing(makeSurvey({ balance_difficult: codes })).objects() as RoutingRow[];
  assert.deepEqual({ ...row }, {
    question: "balance_difficult",
    base: "serves_politicians",
    asked: 17,
    not_asked: 1,
    answered: 15,
    skipped: 2,
    dont_know: 3,
  });
});

Deno.test("routing() shows no don't know of a scale without one, or of too few", () => {
  const rows = routing(makeSurvey({
    pressure_change: [1, 2, 3, 4, 5, 1, 2, 3, 4, 5],
    wellbeing: [6, 255, 255, 255, 255, 255, 255, 255, 255, 255],
  })).objects() as RoutingRow[];
  assert.deepEqual(rows.map(({ dont_know }) => dont_know), [null, null]);
});

Deno.test("every respondent is in one of the three, whatever the domain", () => {
  const survey = makeSurvey({
    gender: [1, 1, 2, 2],
    wellbeing: [1, 0, 255, 6],
  });
  for (const within of [{}, { gender: ["woman"] }]) {
    for (const row of routing({ ...survey, within }).objects() as RoutingRow[]) {
      assert.equal(row.answered + row.skipped, row.asked);
      assert.equal(row.asked + row.not_asked, "gender" in within ? 2 : 4);
    }
  }
});
