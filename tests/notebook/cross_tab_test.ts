import assert from "node:assert/strict";
import { crossTab, openSurvey } from "../../lib/notebook.ts";
import { makeSurvey } from "../statistics/make_survey.ts";

const survey = await openSurvey();

Deno.test("crossTab() shows shares, residuals and a test in both languages", () => {
  const found = crossTab(survey, "pressure", "wellbeing");
  for (const [language, chi] of [["da", "Chi i anden"], ["en", "Chi-square"]] as const) {
    const { html, tables } = found.render(language).part;
    assert.deepEqual(tables!.map(({ rows }) => rows.length), [3, 3]);
    assert(html.includes(chi) && html.includes("Cramér"));
    assert(!html.includes("NaN") && !html.includes("undefined"));
  }
  // More pressure, less wellbeing: the first place has fewer than expected, and surely so.
  assert(found.table!.residuals[0]![0]! < -2 && found.table!.pAdjusted[0]![0]! < 0.05);
});

Deno.test("crossTab() takes a variable of the cell's own, and people within a group", () => {
  const more = survey.derive({
    squeezed: (d) => d.pressure === "often",
  }, { labels: { squeezed: { label: { da: "I klemme", en: "Squeezed" } } } });
  const found = crossTab(more, "squeezed", "wellbeing", { within: { gender: ["woman"] } });
  assert(found.render("en").part.html.includes("Squeezed"));
});

Deno.test("crossTab() of weighted answers has Rao and Scott's test", () => {
  const weights = new Float64Array(survey.source.respondents).map((_, i) => 1 + i % 3);
  const found = crossTab({ ...survey, weights }, "gender", "wellbeing");
  assert.equal(found.table!.test!.kind, "rao_scott");
  assert(found.render("en").part.html.includes("Rao and Scott"));
});

Deno.test("crossTab() says that there are too few, and refuses an option that is none", () => {
  const few = crossTab(makeSurvey({ gender: [1, 2], wellbeing: [1, 2] }), "gender", "wellbeing");
  assert.equal(few.table, null);
  assert(few.render("en").part.html.includes("too few answers"));
  assert.throws(
    () => crossTab(survey, "gender", "wellbeing", { withing: {} } as never),
    /Is "within" meant/,
  );
});
