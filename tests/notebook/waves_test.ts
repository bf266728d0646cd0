import assert from "node:assert/strict";
import { publishedEstimates } from "../../lib/claims/published_estimates.ts";
import { openBaseline } from "../../lib/notebook/open_baseline.ts";
import { openSurvey } from "../../lib/notebook/open_survey.ts";
import { mainMovements, waves, wavesTold } from "../../lib/notebook/waves.ts";
import { wholePercent } from "../../lib/language/format_number.ts";
import { isShown } from "../../lib/statistics/estimate.ts";
import { estimates } from "../../lib/statistics/estimates.ts";
import { codebook, dataFile } from "../../lib/survey/shipped_codebook.ts";
import { describeData } from "../../lib/survey/describe_data.ts";
import { synthesize } from "../../lib/survey/synthesize.ts";
import { synthesisDesign } from "../../lib/survey/synthesis_design.ts";
import { inFolder } from "../commands/run_task.ts";

const settings = { data: null, where: {}, languages: ["da", "en"], report: true } as const;

Deno.test("openBaseline() gives nothing to compare with where nothing is set", async () => {
  assert.equal(await openBaseline(settings), null);
});

Deno.test("the published figures are a baseline that the shipped answers have not moved from", async () => {
  const survey = await openSurvey(settings);
  const baseline = (await openBaseline({ ...settings, baseline: "published" }))!;
  assert.equal(baseline.survey, null);
  const movements = mainMovements(survey, baseline);
  assert.equal(movements.length, Object.keys(codebook().questions).length);
  assert.deepEqual(movements.filter(({ moved }) => moved !== "none"), []);
  const told = wavesTold(movements, survey, baseline);
  assert.equal(
    told.en,
    "None of the 13 main figures has moved by more than chance can explain since the published " +
      "figures.",
  );
  assert.match(
    told.da,
    /^Ingen af de 13 hovedtal har flyttet sig mere, end tilfældet kan forklare/,
  );
});

Deno.test("publishedEstimates() print as the shipped answers do, category by category", async () => {
  const survey = await openSurvey(settings);
  const published = publishedEstimates(codebook()).filter(({ category }) => category !== null);
  assert.ok(published.length > 60);
  for (const before of published) {
    const now = estimates(survey, before.question)
      .find(({ category }) => category === before.category)!;
    assert.ok(isShown(now) && isShown(before));
    assert.equal(wholePercent(now.share), wholePercent(before.share), before.question);
    assert.equal(now.n, before.n);
    assert.ok(before.low <= before.share && before.share <= before.high);
  }
});

Deno.test("a group is not compared with published figures of everyone", async () => {
  const where = { gender: ["man"] };
  await assert.rejects(
    () => openBaseline({ ...settings, where, baseline: "published" }),
    /figures are of everyone.*Leave out --where/s,
  );
});

Deno.test("waves() says what moved since an earlier wave, in words, a chart and a table", () =>
  inFolder(async (folder) => {
    const file = `${folder}/next.csv`;
    await Deno.writeTextFile(
      file,
      synthesize(codebook(), synthesisDesign(), { seed: 3, shift: { pressure_change: 17 } }),
    );
    const survey = await openSurvey({ ...settings, data: file });
    const baseline = (await openBaseline({
      ...settings,
      data: file,
      baseline: dataFile("responses.csv").toString().replace("file://", ""),
    }))!;
    const [first, ...others] = mainMovements(survey, baseline);
    assert.equal(first!.now.question, "pressure_change");
    assert.equal(first!.moved, "up");
    assert.ok(Math.abs(first!.difference - 0.17) < 0.01);
    assert.ok(first!.low < first!.difference && first!.difference < first!.high);
    assert.ok(others.some(({ moved }) => moved === "none"));
    const shown = waves(survey, baseline);
    for (const language of ["da", "en"] as const) {
      const { part, outputs } = shown.render(language);
      assert.match(part.html, /17\s(procentpoint|percentage points)/);
      assert.match(part.html, language === "da" ? /kan være tilfældige/ : /may be due to chance/);
      assert.match(part.html, language === "da" ? /De samme personer/ : /The same people/);
      assert.equal(part.tables?.[0]?.rows.length, 13);
      assert.ok(outputs.some((output) => "image/svg+xml" in output));
    }
  }));

Deno.test("describeData() tells a question that went, and bases that changed, from no change", async () => {
  const survey = await openSurvey(settings);
  assert.match(describeData(survey, survey), /nothing worth a line/);
  const codes = new Map([...survey.codes].filter(([name]) => name !== "wellbeing"));
  const without = { ...survey, codes, left_out: ["wellbeing"] };
  assert.match(describeData(without, survey), /wellbeing: no longer asked/);
  assert.match(describeData(survey, without), /wellbeing: not asked before/);
  assert.match(describeData(without, null), /wellbeing was not part of it/);
  assert.match(describeData(survey, null), /1288 respondents/);
});
