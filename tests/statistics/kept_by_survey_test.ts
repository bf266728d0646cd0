import assert from "node:assert/strict";
import { keptBySurvey } from "../../lib/statistics/kept_by_survey.ts";
import { makeSurvey } from "./make_survey.ts";

Deno.test("keptBySurvey() works out once what is asked of one survey, and anew of another", () => {
  const kept = keptBySurvey<{ readonly number: number } | null>();
  const [one, other] = [makeSurvey({ gender: [1] }), makeSurvey({ gender: [2] })];
  const made: string[] = [];
  const ask = (survey: typeof one, key: string, number: number | null) =>
    kept(survey, key, () => {
      made.push(`${survey === one ? "one" : "other"} ${key}`);
      return number === null ? null : { number };
    });
  const first = ask(one, "a", 1);
  assert.deepEqual(first, { number: 1 });
  assert.equal(ask(one, "a", 2), first);
  assert.deepEqual(ask(one, "b", 3), { number: 3 });
  assert.deepEqual(ask(other, "a", 4), { number: 4 });
  assert.equal(ask(other, "b", null), null);
  assert.equal(ask(other, "b", 5), null);
  assert.deepEqual(made, ["one a", "one b", "other a", "other b"]);
});
