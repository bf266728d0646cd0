import assert from "node:assert/strict";
import { LANGUAGES } from "../../lib/responses/language.ts";
import { keyFigures } from "../../lib/notebook/key_figures.ts";
import { share } from "../../lib/statistics/look_up.ts";
import type { Survey } from "../../lib/responses/survey.ts";
import { changeAnswers, shipped } from "../words/change_answers.ts";

const options = { name: "test", title: { da: "Tal", en: "Numbers" } };
const label = { da: "har det <godt>", en: "are doing <well>" };

function show(survey: Survey) {
  const estimate = share(survey, "wellbeing", { set: "agree" }, { pressure: "often" });
  const more = { id: "wellbeing", text: { da: "Trivsel", en: "Wellbeing" } };
  return { estimate, shown: keyFigures(survey, options, { estimate, label, more }) };
}

Deno.test("keyFigures() shows a share large, with its n, group, interval and link", () => {
  const { estimate, shown } = show(shipped);
  const { html, details = "", tables } = shown.render("en").part;
  assert.match(html, /<p class="value">40%<\/p>/);
  assert.match(html, /are doing &lt;well&gt;/);
  assert.match(html, /<svg/);
  assert.match(details, /everyone who answered; felt pressure to change: often or very often/);
  assert.match(html, new RegExp(`n\u00a0=\u00a0${estimate.n}`));
  assert.match(details, /95% interval, from.*32%.*49%/s);
  assert.match(html, /<a href="#wellbeing">Wellbeing<\/a>/);
  assert.deepEqual(tables?.[0]?.rows[0]?.slice(2), [
    estimate.share,
    estimate.low,
    estimate.high,
    estimate.n,
  ]);
});

Deno.test("keyFigures() gives an editor the words without the drawing and without links", () => {
  for (const language of LANGUAGES) {
    const [list, ...others] = show(shipped).shown.render(language).outputs;
    assert.doesNotMatch(String(list?.["text/html"]), /<svg|href/);
    assert.equal(others.length, 0);
  }
});

Deno.test("keyFigures() says in the same breath where most do not know", () => {
  const unknown = changeAnswers(shipped, "wellbeing", () => 6);
  assert.match(
    show(unknown).shown.render("en").part.html,
    /are doing &lt;well&gt;, while 100% answer “don(?:'|&#39;)t know”/,
  );
  assert.doesNotMatch(show(shipped).shown.render("en").part.html, /while/);
});

Deno.test("keyFigures() says in words that the answers of a small part are protected", () => {
  const few: Survey = {
    ...shipped,
    within: { tenure: ["years_0_2"], municipality_size: ["under_30000"], gender: ["man"] },
  };
  const { html } = show(few).shown.render("da").part;
  assert.match(html, /<p class="value">beskyttet<\/p>/);
  assert.doesNotMatch(html, /pct\.|%/);
});
