import assert from "node:assert/strict";
import { REPORT_MIME } from "../../lib/report/notebook_file.ts";
import type { Output } from "../../lib/report/notebook_file.ts";
import {
  describeRespondentContent,
  findRespondentContent,
  type RespondentContent,
} from "../../lib/report/respondent_content.ts";
import { arqueroHtml } from "../../lib/notebook/arquero_table.ts";
import { notebookOf } from "./notebook_of.ts";
import { table } from "arquero";

const PEOPLE = 250;
const content: RespondentContent = {
  ids: new Set(Array.from({ length: PEOPLE }, (_, i) => `synthetic-${String(i).padStart(4, "0")}`)),
  columns: ["respondent_id", "svarperson"],
  texts: ["Min leder bad mig lade være & tie"],
  sizes: [PEOPLE, 40],
};
const shown = (data: Record<string, unknown>): Output => ({
  output_type: "display_data",
  data,
  metadata: {},
});

function found(output: Output, of: RespondentContent = content) {
  const notebook = notebookOf("1", "2");
  const cells = notebook.cells.map((cell, i) =>
    i === 1 && cell.cell_type === "code" ? { ...cell, outputs: [output] } : cell
  );
  return findRespondentContent([{ name: "02_pressure", notebook: { ...notebook, cells } }], of);
}

const rows = (n: number) => arqueroHtml(table({ answer: Array.from({ length: n }, () => "Ja") }));
const part = (rows: string[][]) => ({
  da: {
    html: "<p>Tal</p>",
    tables: [{
      name: "t",
      title: "T",
      base: "B",
      columns: [{ label: "A", kind: "text" }],
      rows,
    }],
  },
});

for (
  const [what, output] of [
    ["an id in a sentence", shown({ "text/html": "<p>as (synthetic-0007) said</p>" })],
    ["an id that is printed", { output_type: "stream", name: "stdout", text: "synthetic-0001,1" }],
    ["an id in the table of a report", shown({ [REPORT_MIME]: part([["synthetic-0001"]]) })],
    ["own words, escaped", shown({ "text/html": "<p>Min leder bad mig lade være &amp; tie</p>" })],
    ["a column of ids", shown({ "text/html": arqueroHtml(table({ Svarperson: [1, 2] })) })],
    ["a table of as many rows as respondents", shown({ "text/html": rows(PEOPLE) })],
    ["one of as many as are in the group", shown({ "text/html": rows(40) })],
    [
      "rows of the workbook",
      shown({ [REPORT_MIME]: part(Array.from({ length: PEOPLE }, () => ["Ja"])) }),
    ],
    [
      "a dot for each respondent",
      shown({ "image/svg+xml": `<svg>${"<circle/>".repeat(PEOPLE)}</svg>` }),
    ],
    [
      "printed codes",
      {
        output_type: "stream",
        name: "stdout",
        text: Deno.inspect(new Uint8Array(PEOPLE)),
      },
    ],
  ] as [string, Output][]
) {
  Deno.test(`${what} in an output is found, with its cell, and not quoted`, () => {
    const places = found(output);
    assert.equal(places.length, 1, JSON.stringify(places));
    assert.deepEqual([places[0]!.notebook, places[0]!.cell], ["02_pressure", 2]);
    const message = describeRespondentContent(places);
    assert.match(message, /02_pressure\.ipynb, cell 2: /);
    assert.doesNotMatch(message, /synthetic-0|Min leder/);
  });
}

Deno.test("tables of estimates, charts and ordinary sentences are let through", () => {
  for (
    const output of [
      shown({ "text/html": rows(12), "text/plain": "979 answers" }),
      shown({ "text/html": rows(PEOPLE + 7) }),
      shown({ "text/html": "<p>synthetic data, synthetic-00071, 42%</p>" }),
      shown({ "image/svg+xml": `<svg>${"<circle/>".repeat(20)}</svg>` }),
      shown({ [REPORT_MIME]: part([["Ja"], ["Nej"]]) }),
    ]
  ) assert.deepEqual(found(output), []);
});

Deno.test("ids that are short numbers are not mistaken for other numbers", () => {
  const numbered = { ...content, ids: new Set(["1", "2", "33"]) };
  assert.deepEqual(found(shown({ "text/html": "<p>33 pct., n = 2</p>" }), numbered), []);
});
