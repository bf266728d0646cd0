import assert from "node:assert/strict";
import * as aq from "arquero";
import { dataTableHtml, estimateData } from "../../lib/notebook/data_table.ts";
import { openWith } from "../../lib/notebook/open_survey.ts";
import { readSettings } from "../../lib/notebook/settings.ts";
import { shares } from "../../lib/statistics/look_up.ts";

const OPTIONS = { name: "t", title: { da: "T", en: "T" }, base: { da: "B", en: "B" } };

Deno.test("estimateData() puts the codebook's words in the place of ids", async () => {
  const survey = await openWith(readSettings(() => undefined));
  const table = shares(survey, "balance_difficult", { by: "managers_between" })
    .filter((row: { set: string }) => row.set === "agree")
    .select("question", "set", "group", "n", "share") as aq.ColumnTable;
  const { columns, rows, base } = estimateData(table, OPTIONS)("da");
  assert.deepEqual(columns.map(({ label }) => label), ["Gruppe", "n", "Andel"]);
  assert.deepEqual(rows.map(([group, n]) => [group, n]), [
    ["0", 120],
    ["1", 175],
    ["2", 254],
    ["3+", 430],
  ]);
  assert.equal(
    base,
    "Spørgsmål: Svært at forene faglige råd med politikernes ønsker. " +
      "Svar: enig eller helt enig. B",
  );
});

Deno.test("estimateData() keeps the words by which rows are told apart, and those of a single row", async () => {
  const survey = await openWith(readSettings(() => undefined));
  const all = shares(survey, "wellbeing", { by: "gender" })
    .select("question", "set", "category", "group", "share") as aq.ColumnTable;
  const labels = (table: aq.ColumnTable) =>
    estimateData(table, OPTIONS)("en").columns.map(({ label }) => label);
  assert.deepEqual(labels(all), ["Answer", "Answer", "Group", "Share"]);
  const one = ["Question", "Answer", "Answer", "Group", "Share"];
  assert.deepEqual(labels(all.slice(0, 1)), one);
});

Deno.test("estimateData() names an id that the codebook does not know", () => {
  assert.throws(() => estimateData(aq.table({ question: ["x"] }), OPTIONS)("da"), {
    name: "InputError",
    message: /"x" in its column "question"/,
  });
});

Deno.test("dataTableHtml() escapes text and words what is not shown, never as 0", () => {
  const html = dataTableHtml({
    name: "n",
    title: "<script>",
    base: "",
    columns: [{ label: "a", kind: "text" }, { label: "b", kind: "share" }],
    rows: [["<img>", null], ["x", 0.005]],
  }, "en");
  assert.doesNotMatch(html, /<script>|<img>/);
  assert.match(html, /class="suppressed" title="not shown: too few answers, or protected">–</);
  assert.match(html, /data-value="0.005">1%</);
});
