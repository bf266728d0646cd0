import assert from "node:assert/strict";
import { table } from "arquero";
import { arqueroRendered } from "../../lib/notebook/answers_rendered.ts";
import { type Output, REPORT_MIME } from "../../lib/notebook/notebook_file.ts";
import {
  describeRespondentContent,
  findRespondentContent,
  type RespondentContent,
} from "../../lib/report/respondent_content.ts";
import { TextColumn } from "../../lib/responses/readers/text_column.ts";
import { notebookOf } from "./notebook_of.ts";

const PEOPLE = 250;
const OWN_WORDS = "Min leder bad mig lade være & tie";
const idsOf = (ids: string[]) => [TextColumn.from(ids)];
const content: RespondentContent = {
  ids: idsOf(Array.from({ length: PEOPLE }, (_, i) => `synthetic-${String(i).padStart(4, "0")}`)),
  columns: ["respondent_id", "svarperson"],
  texts: new Map([[OWN_WORDS, "Kommentar"]]),
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

const arqueroHtml = (of: ReturnType<typeof table>) =>
  String(arqueroRendered(of).outputs[0]!["text/html"]);
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
  Deno.test(`${what} in an output is found, with its cell, and no id is quoted`, () => {
    const places = found(output);
    assert.equal(places.length, 1, JSON.stringify(places));
    assert.deepEqual([places[0]!.notebook, places[0]!.cell], ["02_pressure", 2]);
    const message = describeRespondentContent(places);
    assert.match(message, /02_pressure\.ipynb, cell 2: /);
    assert.doesNotMatch(message, /synthetic-0/);
    if (what.startsWith("own words")) {
      assert.match(
        message,
        /the text "Min leder bad mig lade være & tie" of the column "Kommentar"/,
      );
    }
  });
}

const words = {
  names: new Set(["gender", "age", "role", "tenure", "wellbeing", "pressure", "køn"]),
  answers: new Set(["woman", "man", "25-39", "40-54", "both", "neither", "agree", "helt enig"]),
};
const inspected = (value: unknown): Output => ({
  output_type: "stream",
  name: "stdout",
  text: Deno.inspect(value),
});
const base64 = (text: string) => btoa(text);
const row = { gender: "woman", age: "25-39", role: "both", wellbeing: "agree" };
const cells = Object.values(row);
const answers = (n: number) => Array.from({ length: n }, (_, i) => i % 3 ? "woman" : "man");
/** As `console.table()` prints rows, and with it an Arquero table's `print()`. */
const printed = (rows: readonly (readonly (string | number)[])[]): Output => ({
  output_type: "stream",
  name: "stdout",
  text: rows.map((cells, i) =>
    `│ ${i} │ ${cells.map((cell) => JSON.stringify(cell)).join(" │ ")} │`
  )
    .join("\n"),
});
const codes = (n: number) => Array.from({ length: n }, (_, i) => 1 + i * i % 5);

const EVASIONS: readonly (readonly [what: string, output: Output])[] = [
  ["between tags", shown({ "text/html": "<p>syn<b>thetic-0007</b></p>" })],
  ["as character references", shown({ "text/html": "<p>synthetic&#45;0007 &#x73;</p>" })],
  ["as a named reference", shown({ "text/html": "<p>synthetic&hyphen;0007</p>" })],
  ["in an attribute", shown({ "text/html": '<p title="row synthetic-0007">x</p>' })],
  [
    "in the title of a drawing",
    shown({ "image/svg+xml": "<svg><title>synthetic-0007</title></svg>" }),
  ],
  ["in capitals", shown({ "text/plain": "SYNTHETIC-0007" })],
  ["with a soft hyphen", shown({ "text/plain": "synthe\u00adtic-0007" })],
  ["with a space of no width", shown({ "text/plain": "synthetic\u200b-0007" })],
  ["in the name of a file", shown({ "text/plain": "see synthetic-0007.csv" })],
  ["behind another word", shown({ "text/plain": "row_synthetic-0007" })],
  ["after a line feed in JSON", shown({ "application/json": { a: ["x\nsynthetic-0007"] } })],
  ["as the name of a property in JSON", shown({ "application/json": { "synthetic-0007": 1 } })],
  ["in JSON in JSON", shown({ "text/plain": JSON.stringify({ a: "x\nsynthetic-0007" }) })],
  ["escaped", shown({ "text/plain": "\\u0073ynthetic-0007" })],
  ["as an address", shown({ "text/html": '<a href="?id=synthetic%2D0007">x</a>' })],
  ["in base64", shown({ "image/png": base64("\u0089PNG tEXt synthetic-0007 and more") })],
  [
    "in the base64 of an address",
    shown({
      "text/html": `<a href="data:text/csv;base64,${base64("id\nsynthetic-0007\n")}">x</a>`,
    }),
  ],
  [
    "own words in base64",
    shown({
      "text/html": `<a href="data:;base64,${new TextEncoder().encode(OWN_WORDS).toBase64()}">x</a>`,
    }),
  ],
  ["own words in capitals", shown({ "text/plain": OWN_WORDS.toUpperCase() })],
  ["in metadata", { ...shown({}), metadata: { who: "synthetic-0007" } } as Output],
  ["in an error", {
    output_type: "error",
    ename: "Error",
    evalue: "bad row",
    traceback: ["at synthetic-0007"],
  }],
  ["some rows, as objects", inspected(Array.from({ length: 5 }, () => row))],
  ["some rows, as JSON", shown({ "application/json": Array.from({ length: 5 }, () => row) })],
  ["some rows, as text of JSON", shown({ "text/plain": JSON.stringify([row, row, row]) })],
  ["some rows, with commas", shown({ "text/plain": [cells, cells, cells].join("\n") })],
  [
    "some rows, as a table",
    shown({
      "text/html": arqueroHtml(table({
        a: ["woman", "man", "man"],
        b: ["25-39", "25-39", "40-54"],
        c: ["both", "neither", "both"],
        d: ["agree", "agree", "agree"],
      })),
    }),
  ],
  [
    "some rows, each a table",
    shown({
      "text/html": `<table><tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr></table>`
        .repeat(3),
    }),
  ],
  [
    "some rows around a table in a cell, of one that nothing closes",
    shown({
      "text/html": `<table><tr><td><table><tr><td>1</table>` +
        `<tr>${cells.map((cell) => `<td>${cell}`).join("")}`.repeat(3),
    }),
  ],
  [
    "ids beside their name",
    shown({ "text/html": "<table><tr><th>n<td>1<tr><th>Svarperson</th><td>7</td></tr></table>" }),
  ],
  ["some rows, in the workbook", shown({ [REPORT_MIME]: part([cells, cells, cells]) })],
  [
    "a head with the names of many questions",
    shown({
      "text/html": arqueroHtml(table({
        gender: [1],
        age: [1],
        role: [1],
        tenure: [1],
        wellbeing: [1],
        pressure: [1],
      })),
    }),
  ],
  ["a column of answers, one below the other", shown({ "text/plain": answers(40).join("\n") })],
  ["a column of answers, with commas", shown({ "text/plain": answers(40).join(", ") })],
  [
    "a column of answers, as a list",
    shown({
      "text/html": answers(40).map((one) => `<li>${one}</li>`).join(""),
    }),
  ],
  ["a column of answers, as JSON", shown({ "application/json": answers(40) })],
  ["a column of codes", inspected(Uint8Array.from(codes(60)))],
  ["a column of codes, with blanks", shown({ "text/plain": codes(60).join(" ") })],
  ["rows that console.table() prints", printed([cells, cells, cells])],
  ["two columns of them", printed(answers(40).map((one) => [one, "agree"]))],
  ["an Arquero table as it prints itself", inspected(table({ gender: codes(60) }))],
];

for (const [what, output] of EVASIONS) {
  Deno.test(`respondents are found in an output: ${what}`, () => {
    assert.ok(found(output, { ...content, words }).length > 0);
  });
}

Deno.test("an id that was typed into a cell is found", () => {
  for (const cell_type of ["code", "markdown"]) {
    const [cell] = notebookOf("const odd = 'synthetic-0007';").cells;
    const notebook = { ...notebookOf("1"), cells: [{ ...cell!, cell_type } as typeof cell] };
    const places = findRespondentContent(
      [{ name: "x", notebook: notebook as ReturnType<typeof notebookOf> }],
      content,
    );
    assert.equal(places.length, 1, cell_type);
  }
});

Deno.test("tables of groups and their answers are let through", () => {
  const groups = table({
    variable: ["Køn", "Køn", "role", "role"],
    group: ["woman", "man", "both", "neither"],
    answer: ["agree", "agree", "agree", "agree"],
    n: [100, 200, 30, 40],
  });
  for (
    const output of [
      shown({ "text/html": arqueroHtml(groups) }),
      shown({ "text/plain": "woman: 12, man: 14; 25-39: 20, 40-54: 30" }),
      printed(answers(40).map((one, i) => [one, "agree", i])),
      shown({ "text/html": `<p>${codes(20).join(" ")}</p>` }),
    ]
  ) assert.deepEqual(found(output, { ...content, words }), []);
});

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

Deno.test("two shares in cells beside each other are no address in which an id could stand", () => {
  const html = "<table><tr><td>4 %</td><td>52</td><td>1.288</td></tr></table>";
  assert.deepEqual(found(shown({ "text/html": html }), { ...content, ids: idsOf(["r1"]) }), []);
});

Deno.test("ids that are short numbers are not mistaken for other numbers", () => {
  const numbered = { ...content, ids: idsOf(["1", "2", "33"]) };
  assert.deepEqual(found(shown({ "text/html": "<p>33 pct., n = 2</p>" }), numbered), []);
});

Deno.test("a table of named figures is let through whatever its number of rows, and one of people is not", () => {
  const subjects = [
    "Presses til ændringer",
    "Udelader noget",
    "Har travlt",
    "Kan stå ved det",
    "Trives",
  ];
  const groups = [
    "kvinder",
    "mænd",
    "unge",
    "ældre",
    "nye",
    "erfarne",
    "små kommuner",
    "store kommuner",
  ];
  const pages = [
    "side om pres",
    "side om tid",
    "side om trivsel",
    "side om ledelse",
    "side om råd",
  ];
  const all = subjects.flatMap((subject) =>
    groups.flatMap((group) => pages.map((page, i) => [`${subject}, ${group}`, page, `${i} %`]))
  );
  for (let n = 30; n <= 200; n++) {
    const of = { ...content, sizes: [n] };
    const figures = all.slice(0, n);
    const html = arqueroHtml(table({
      figure: figures.map(([name]) => name),
      page: figures.map(([, page]) => page),
      share: figures.map(([, , share]) => share),
    }));
    const bars = `<svg><g>${"<rect/>".repeat(n - 4)}</g><g>${"<rect/>".repeat(4)}</g></svg>`;
    for (
      const output of [
        shown({ [REPORT_MIME]: part(figures) }),
        shown({ "text/html": html }),
        shown({ "image/svg+xml": bars }),
      ]
    ) assert.deepEqual(found(output, of), [], String(n));
    const people = [
      Array.from({ length: n }, (_, i) => [`person number ${i}`, "Helt enig"]),
      Array.from({ length: n }, (_, i) => [String(1 + i / 7)]),
      Array.from({ length: n }, (_, i) => [i % 3 ? "Helt enig" : "Helt uenig", "En gang i mellem"]),
    ];
    for (const rows of people) {
      assert.equal(found(shown({ [REPORT_MIME]: part(rows) }), of).length, 1, String(n));
    }
    const dots = `<svg><g>${"<circle/>".repeat(n - 4)}</g><g>${"<circle/>".repeat(4)}</g></svg>`;
    assert.equal(found(shown({ "image/svg+xml": dots }), of).length, 1);
  }
});

Deno.test("a table of as many groups as respondents, and the lines of as many panels, are let through", () => {
  const groups = Array.from({ length: PEOPLE }, (_, i) => `by ${i}`);
  const known = { ...content, words: { names: new Set<string>(), answers: new Set(groups) } };
  const table = (first: (i: number) => string) =>
    shown({
      "text/html": `<table><tr><th>Group</th></tr>${
        groups.map((_, i) => `<tr><th>${first(i)}</th><td>3</td></tr>`).join("")
      }</table>`,
    });
  assert.deepEqual(found(table((i) => groups[i]!), known), []);
  assert.equal(found(table((i) => groups[i % 9]!), known).length, 1);
  const lines = (place: (i: number) => string) =>
    shown({
      "image/svg+xml": `<svg><g>${groups.map((_, i) => `<line ${place(i)}/>`).join("")}</g></svg>`,
    });
  const at = (x: number, y: number) => `x1="${x}" x2="${x}" y1="${y}" y2="${y + 5}"`;
  assert.deepEqual(found(lines((i) => at(i % 5, Math.floor(i / 5)))), []);
  assert.equal(found(lines((i) => at(i % 5, 0))).length, 1);
  assert.equal(found(lines((i) => at(i * i % 7, i))).length, 1);
});
