import assert from "node:assert/strict";
import * as Plot from "@observablehq/plot";
import { table } from "arquero";
import { chartDocument } from "../../lib/charts/plot.ts";
import { LANGUAGES } from "../../lib/responses/language.ts";
import { plotted } from "../../lib/notebook/plot_rendered.ts";
import { bundlesOf } from "../../lib/notebook/show.ts";
import { shares } from "../../lib/statistics/look_up.ts";
import { openWith } from "../../lib/notebook/open_survey.ts";

const settings = { data: null, where: {}, languages: LANGUAGES, report: true } as const;
const survey = await openWith(settings);
const both = (text: string) => ({ da: text, en: text });

function shown(estimates: ReturnType<typeof table>) {
  let drawn = 0;
  const chart = plotted(
    { name: "own", title: both("Title"), alt: both("Alt"), base: both("Base"), table: estimates },
    (_, width) => {
      drawn++;
      return Plot.plot({ document: chartDocument(), width, marks: [Plot.frame()] });
    },
  );
  const text = JSON.stringify(bundlesOf(chart, settings));
  return { text, drawn };
}

Deno.test("plotted() draws a chart per language and width", () => {
  const { text, drawn } = shown(shares(survey, "wellbeing"));
  assert.equal(drawn, 4);
  assert.match(text, /<svg/);
  assert.doesNotMatch(text, /too few answers/);
});

Deno.test("plotted() says so where every estimate is hidden, and draws no empty axes", () => {
  const estimates = shares(survey, "wellbeing");
  const hidden = estimates.assign(
    table({ share: Array.from({ length: estimates.numRows() }, () => null) }),
  );
  const { text, drawn } = shown(hidden);
  assert.equal(drawn, 0);
  assert.doesNotMatch(text, /<svg/);
  assert.match(text, /Her er der for få svar til at vise noget\./);
  assert.match(text, /Here there are too few answers to show anything\./);
});
