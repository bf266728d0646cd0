import assert from "node:assert/strict";
import { pValueOfShare } from "../../lib/statistics/verdict.ts";
import { share } from "../../lib/statistics/look_up.ts";
import { adjustedTogether, allClaims, claim, testedTogether } from "../../lib/words/claims.ts";
import { shipped as survey } from "./change_answers.ts";

const said = { da: "a", en: "a" };
const of = { page: 1, chapter: "c", said, text: said };

Deno.test("all statements that rest on a test are adjusted as one family, and it is said", () => {
  const all = allClaims(survey);
  const adjusted = adjustedTogether(all);
  const tested = all.filter(({ p }) => p !== null);
  assert.ok(tested.length > 15, `${tested.length}`);
  for (const { id, p } of tested) assert.ok(adjusted.get(id)! >= p! && adjusted.get(id)! <= 1);
  for (const { id, p } of all) assert.equal(adjusted.get(id) === null, p === null);
  const { en, da } = testedTogether(all);
  assert.match(en, new RegExp(`${tested.length} statements rest on a test`));
  assert.match(da, /hviler på en test mod tilfældet/);
});

Deno.test("a share is refused at a value by its p-value if and only if its interval leaves that out", () => {
  const estimate = share(survey, "wellbeing", { set: "agree" });
  const { low, high } = estimate as { low: number; high: number };
  for (const at of [low - 1e-6, low + 1e-6, high - 1e-6, high + 1e-6]) {
    assert.equal(pValueOfShare(estimate, at, 0.95)! < 0.05, at < low || at > high, `${at}`);
  }
});

Deno.test("as many is a test of two shares: within, outside, and neither for certain", () => {
  const alike = (within: number) =>
    claim(survey, {
      ...of,
      values: {
        change: { question: "pressure_change", set: "at_least_sometimes" },
        omit: { question: "pressure_omit", set: "at_least_sometimes" },
        apart: { difference: ["omit", "change"] },
      },
      test: { is: "alike", value: "apart", within },
    }).verdict;
  assert.deepEqual([alike(0.2), alike(0.06), alike(0.001)], [
    "holds",
    "cannot_be_told",
    "does_not_hold",
  ]);
  const same = claim(survey, {
    ...of,
    values: {
      high: { question: "leader_neutral_support", set: "high" },
      not: { question: "leader_neutral_support", set: "not_high" },
      apart: { difference: ["not", "high"] },
    },
    test: { is: "alike", value: "apart", within: 0.2 },
  });
  // Answers to one question: who is in one set is not in the other.
  assert.match(same.evidence.en, /difference −?\d/);
});

Deno.test("a rise is tested over all groups, and its evidence says so", () => {
  const rises = claim(survey, {
    ...of,
    values: { by: { question: "wellbeing", set: "agree", by: "pressure" } },
    test: { is: "rises", value: "by" },
  });
  assert.equal(rises.verdict, "holds");
  assert.match(rises.evidence.en, /trend over all groups p < 0\.001/);
});
