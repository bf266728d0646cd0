import { equal, ok } from "node:assert/strict";
import { allEstimates, breakdowns } from "../../lib/statistics/all_estimates.ts";
import { countAnswers } from "../../lib/statistics/count_answers.ts";
import { counted } from "../../lib/statistics/count_bins.ts";
import { loadSurvey } from "../../lib/responses/load_survey.ts";
import { codebook, dataFile } from "../../lib/responses/study.ts";
import type { Survey } from "../../lib/responses/survey.ts";

const shipped = await loadSurvey(dataFile("responses.csv"), codebook());

/** The shipped answers, each so many times. */
function times(many: number): Survey {
  const respondents = shipped.source.respondents * many;
  const codes = new Map(
    [...shipped.codes].map(([name, of]) => [
      name,
      new Uint8Array(respondents).map((_, i) => of[i % of.length]!),
    ]),
  );
  return { ...shipped, codes, source: { ...shipped.source, respondents } };
}

function workOf(count: () => unknown): { passes: number; rows: number } {
  const before = { ...counted };
  count();
  return { passes: counted.passes - before.passes, rows: counted.rows - before.rows };
}

Deno.test("allEstimates() of a large survey reads each respondent less than once per question", () => {
  const survey = times(1_000);
  const questions = new Set(breakdowns(survey).map(([question]) => question)).size;
  const work = workOf(() => {
    const estimates = allEstimates(survey);
    ok(estimates.length > 100 * questions, "a few questions make thousands of estimates");
  });
  ok(work.passes < questions, `${work.passes} passes for ${questions} questions`);
  equal(work.rows, work.passes * survey.source.respondents);
  // What may be shown of tables is known by then.
  const { passes } = workOf(() => allEstimates(survey));
  ok(passes <= Math.ceil(questions / 2), `${passes} passes for ${questions} questions`);
});

Deno.test("allEstimates() of the shipped answers reads each respondent about once per question", () => {
  const questions = new Set(breakdowns(shipped).map(([question]) => question)).size;
  for (const survey of [shipped, times(40)]) {
    const { rows } = workOf(() => allEstimates(survey));
    ok(rows <= 1.5 * questions * survey.source.respondents, `${rows} rows`);
  }
});

Deno.test("countAnswers() reads each respondent once, by a variable and without", () => {
  for (const by of [null, "gender", "role"]) {
    const { rows } = workOf(() => countAnswers(shipped, "wellbeing", { by }));
    equal(rows, shipped.source.respondents, String(by));
  }
});
