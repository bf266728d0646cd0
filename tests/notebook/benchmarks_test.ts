import assert from "node:assert/strict";
import { benchmarks, openSurvey } from "../../lib/notebook.ts";
import { readBenchmarks } from "../../lib/responses/study.ts";

const survey = await openSurvey();

Deno.test("benchmarks() shows the differences, or why there is none, in both languages", () => {
  const [first, ...others] = readBenchmarks();
  const from = [first!, { ...others[0]!, wording: "Another" }, { ...others[1]!, n: null }];
  const found = benchmarks(survey, { from });
  assert.deepEqual(found.differences.map(({ refused }) => refused), [null, "wording", null]);
  for (const [language, words] of [["da", "anden ordlyd"], ["en", "another wording"]] as const) {
    const { html, tables } = found.render(language).part;
    assert.equal(tables![0]!.rows.length, 3);
    assert(html.includes(words) && !html.includes("NaN") && !html.includes("undefined"));
  }
});

Deno.test("benchmarks() of questions that there are none of says so, and refuses what is no option", () => {
  const none = benchmarks(survey, { questions: "act_omit" });
  assert(none.render("en").part.html.includes("nothing to compare with"));
  assert.throws(
    () => benchmarks(survey, { question: "act_omit" } as never),
    /Is "questions" meant/,
  );
});
