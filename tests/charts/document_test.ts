import { equal } from "node:assert/strict";
import { chartDocument } from "../../lib/charts/plot.ts";
import { EXAMPLES } from "./example_figures.ts";

Deno.test("chartDocument() is one document, and charts leave nothing in it", () => {
  const document = chartDocument();
  for (const make of Object.values(EXAMPLES)) make().svg("da", "wide");
  equal(chartDocument(), document);
  equal(document.body.childNodes.length, 0);
});

Deno.test("a chart is the same to the byte whenever it is drawn", () => {
  for (const make of Object.values(EXAMPLES)) {
    equal(make().svg("en", "narrow"), make().svg("en", "narrow"));
  }
});
