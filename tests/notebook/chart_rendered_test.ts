import assert from "node:assert/strict";
import * as Plot from "../../lib/charts/plot.ts";
import { table } from "arquero";
import { LANGUAGES } from "../../lib/responses/language.ts";
import { plotRendered, plotted } from "../../lib/notebook/chart_rendered.ts";
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
      return Plot.plot({ width, marks: [Plot.frame()] });
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

/** Cells of a cross-table, coloured by a number. */
const CELLS = [{ a: "x", b: "p", n: 1 }, { a: "x", b: "q", n: 5 }, { a: "y", b: "p", n: 9 }];

Deno.test("Plot of lib/notebook.ts draws without a document being handed to it", () => {
  const chart = Plot.barX([1, 2, 3]).plot({ marginLeft: 50 });
  assert.equal(chart.querySelectorAll("rect").length, 3);
});

Deno.test("a chart with a legend keeps chart, legend, title and caption", () => {
  const shown = plotRendered(Plot.plot({
    title: "A title",
    subtitle: "More",
    caption: "Whom",
    color: { legend: true },
    marks: [Plot.barX(CELLS, { x: "n", y: "a", fill: "b" })],
  }));
  const [above, drawing, below, ...others] = shown.outputs;
  assert.equal(others.length, 0);
  assert.match(String(above!["text/html"]), /A title.*More/);
  assert.match(String(below!["text/html"]), /Whom/);
  const svg = String(drawing!["image/svg+xml"]);
  for (const label of ["p", "q"]) assert.match(svg, new RegExp(`<text [^>]*>${label}</text>`));
  // Three bars, a swatch for each colour, and the paper.
  assert.equal(svg.match(/<rect/g)?.length, 6);
  assert.match(shown.part.html, /<figure class="chart">.*A title.*<svg.*<figcaption>.*Whom/s);
});

Deno.test("a continuous legend is drawn without a canvas, as a row of rectangles", () => {
  const chart = Plot.plot({
    color: { legend: true, scheme: "blues", label: "How many" },
    marks: [Plot.cell(CELLS, { x: "a", y: "b", fill: "n" })],
  });
  const svg = String(plotRendered(chart).outputs[0]!["image/svg+xml"]);
  assert.doesNotMatch(svg, /<image|colours:/);
  assert.ok(svg.match(/<rect/g)!.length > 30);
  assert.match(svg, />How many</);
  const colours = [...svg.matchAll(/<rect [^>]*fill="(rgb[^"]+)"/g)].map(([, colour]) => colour);
  assert.ok(new Set(colours).size > 20, "from pale to dark");
});

Deno.test("a legend by itself is shown", () => {
  const legend = Plot.legend({ color: { domain: ["one", "two"], type: "ordinal" } });
  const { outputs } = plotRendered(legend as Element);
  assert.match(JSON.stringify(outputs), /one.*two/s);
});
