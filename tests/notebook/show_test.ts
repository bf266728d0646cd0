import assert from "node:assert/strict";
import * as aq from "arquero";
import * as Plot from "../../lib/charts/plot.ts";
import { columns } from "../../lib/notebook/figures.ts";
import { finding, narrate } from "../../lib/notebook/narrate.ts";
import { REPORT_MIME, type ReportParts } from "../../lib/notebook/notebook_file.ts";
import { openWith } from "../../lib/notebook/open_survey.ts";
import { readSettings, type Settings } from "../../lib/notebook/settings.ts";
import { bundlesOf } from "../../lib/notebook/show.ts";

const HAND: Settings = readSettings(() => undefined);
const REPORT: Settings = { ...HAND, languages: ["da", "en"], report: true };
const partsOf = (bundle: Readonly<Record<string, unknown>> | undefined) =>
  bundle?.[REPORT_MIME] as ReportParts;

Deno.test("show() gives an editor the title, the chart as an image of its own, then its caption and table", async () => {
  const figure = columns(await openWith(HAND), "wellbeing");
  const [title, chart, caption, ...more] = bundlesOf(figure, HAND);
  assert.equal(more.length, 0);
  assert.deepEqual(Object.keys(chart!), ["image/svg+xml", "text/plain"]);
  assert.match(String(caption!["text/html"]), /<table/);
  assert.match(String(caption!["text/html"]), /spurgt 1\.288, ikke spurgt 0/);
  assert.match(String(title!["text/html"]), /class="headline"/);
  assert.match(String(chart!["image/svg+xml"]), /^<svg [^>]*max-width:100%/);
  assert.equal(partsOf(title), undefined, "nothing for a report in a run by hand");
});

Deno.test("show() gives a report each language once, with the figure's table", async () => {
  const figure = columns(await openWith(HAND), "wellbeing");
  const [chart, caption] = bundlesOf(figure, REPORT).map(partsOf);
  assert.match(chart!["da"]!.html, /<figure class="chart"[^]*77\s%/);
  assert.match(chart!["en"]!.html, /<figure class="chart"[^]*77%/);
  assert.equal(chart!["en"]!.tables?.[0]?.rows.length, 7);
  assert.deepEqual(caption, { da: { html: "" }, en: { html: "" } });
});

Deno.test("show() takes a function of the language", () => {
  const [bundle] = bundlesOf(
    (language: string) => narrate({ da: `på ${language}`, en: `in ${language}` }),
    REPORT,
  );
  assert.match(partsOf(bundle)!["da"]!.html, /på da/);
  assert.match(partsOf(bundle)!["en"]!.html, /in en/);
});

Deno.test("a heading is part of the report's navigation and has no full stop of a sentence", () => {
  const [bundle] = bundlesOf(finding("a-b", { da: "Det gik.", en: "It went." }), REPORT);
  assert.deepEqual(partsOf(bundle)!["en"]!.heading, { level: 3, id: "a-b", text: "It went" });
  assert.throws(() => finding("A b", { da: "", en: "" }), RangeError);
});

Deno.test("show() shows an Arquero table as a table, and text from data as text", () => {
  const [bundle] = bundlesOf(
    aq.table({ "<b>": ["<script>alert(1)</script>"], x: [1.23456789] }),
    HAND,
  );
  assert.match(String(bundle!["text/html"]), /&lt;script&gt;/);
  assert.doesNotMatch(String(bundle!["text/html"]), /<script|<b>/);
  assert.match(String(bundle!["text/html"]), /1\.23457/);
});

Deno.test("an Arquero table that is the last expression of a cell shows as a table", async () => {
  await import("../../lib/notebook.ts");
  const table = aq.table({ a: [1, 2] }) as unknown as Record<
    symbol,
    () => Promise<Record<string, string>>
  >;
  assert.match((await table[Symbol.for("Jupyter.display")]!())["text/html"]!, /<table>/);
});

Deno.test("show() shows a Plot figure as a drawing without style", () => {
  const plot = Plot.plot({
    marks: [Plot.dot([{ x: 1, y: 2 }], { x: "x", y: "y" })],
  });
  const [bundle] = bundlesOf(plot, HAND);
  assert.match(String(bundle!["image/svg+xml"]), /^<svg/);
  assert.doesNotMatch(String(bundle!["image/svg+xml"]), /<style/);
});

Deno.test("show() says what it can show when it cannot show something", () => {
  assert.throws(() => bundlesOf({ some: "thing" }, HAND), {
    name: "InputError",
    message: /cannot show a Object\. Give it a figure/,
  });
  assert.throws(() => bundlesOf(undefined, HAND), /cannot show undefined/);
});
