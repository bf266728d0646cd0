import fc from "fast-check";
import assert from "node:assert/strict";
import type { Survey } from "../../lib/responses/survey.ts";
import { normalUpperTail } from "../../lib/statistics/distributions.ts";
import { gap, gapOfOverlapping, gapOfQuestions, share } from "../../lib/statistics/look_up.ts";
import { assertClose } from "../reference/read_reference.ts";
import { shipped } from "../words/change_answers.ts";
import { anySurvey } from "./make_survey.ts";

const agree = { set: "agree" } as const;
const gapOfRoles = (survey: Survey) =>
  gapOfOverlapping(
    survey,
    "workload_quality",
    agree,
    ["makes_decisions", "yes"],
    ["serves_politicians", "yes"],
  );

Deno.test("gapOfOverlapping() is the difference of the two groups' shares, weighted and with gaps too", () => {
  const surveys = anySurvey(["workload_quality", "serves_politicians", "makes_decisions"]);
  fc.assert(fc.property(surveys, (survey) => {
    const found = gapOfRoles(survey);
    const first = share(survey, "workload_quality", agree, { makes_decisions: "yes" });
    const second = share(survey, "workload_quality", agree, { serves_politicians: "yes" });
    assert.equal(found === null, first.suppressed || second.suppressed);
    if (found === null) return;
    assert.ok(Math.abs(found.difference - (first.share! - second.share!)) < 1e-9);
    assert.ok(found.low <= found.difference && found.difference <= found.high);
  }));
});

Deno.test("gapOfOverlapping() is that of two separate groups where nobody does both", () => {
  const survey = { ...shipped, within: { role: ["serves_only", "decides_only"] } };
  const overlapping = gapOfRoles(survey)!;
  const separate = gap(survey, "workload_quality", agree, "role", "decides_only", "serves_only")!;
  for (const end of ["difference", "low", "high"] as const) {
    assert.ok(Math.abs(overlapping[end] - separate[end]) < 1e-9, end);
  }
});

Deno.test("gapOfQuestions() has McNemar's test of the paired answers", () => {
  const first = { question: "leader_independence", ...agree } as const;
  const second = {
    question: "cooperation_satisfaction",
    set: "satisfied_or_very_satisfied",
  } as const;
  const found = gapOfQuestions(shipped, first, second)!;
  // By hand, from the respondents: each one's difference is -1, 0 or 1.
  const [a, b] = [first, second].map(({ question }) => shipped.codes.get(question)!);
  const pairs = Array.from(a!, (code, i) => Number(code <= 2) - Number(b![i]! <= 2));
  const m = pairs.length;
  const mean = pairs.reduce((sum, d) => sum + d, 0) / m;
  const unlike = pairs.reduce((sum, d) => sum + d ** 2, 0);
  assert.ok(Math.abs(found.difference - mean) < 1e-12);
  assertClose(found.p, 2 * normalUpperTail(Math.abs(mean * m) / Math.sqrt(unlike)), 1e-9, "p");
});

Deno.test("gapOfQuestions() of a question with itself is 0 without doubt and without a test", () => {
  fc.assert(fc.property(anySurvey(["wellbeing"]), (survey) => {
    const same = { question: "wellbeing", ...agree } as const;
    const found = gapOfQuestions(survey, same, same);
    assert.equal(found === null, share(survey, "wellbeing", agree).suppressed);
    if (found === null) return;
    assert.equal(found.difference, 0);
    assert.equal(found.p, null);
  }));
});

Deno.test("gapOfQuestions() is the difference of the two shares, the other way round the opposite", () => {
  const surveys = anySurvey(["wellbeing", "leader_independence"]);
  fc.assert(fc.property(surveys, (survey) => {
    const [a, b] = [
      { question: "wellbeing", ...agree },
      { question: "leader_independence", ...agree },
    ] as const;
    const found = gapOfQuestions(survey, a, b);
    const back = gapOfQuestions(survey, b, a);
    assert.equal(found === null, back === null);
    if (found === null || back === null) return;
    const [first, second] = [share(survey, a.question, agree), share(survey, b.question, agree)];
    assert.ok(Math.abs(found.difference - (first.share! - second.share!)) < 1e-9);
    assert.ok(Math.abs(found.low + back.high) < 1e-9);
    assert.ok(Math.abs(found.high + back.low) < 1e-9);
  }));
});
