import assert from "node:assert/strict";
import { codeAnswers } from "../../lib/responses/code_answers.ts";
import { type Codebook, parseCodebook } from "../../lib/responses/codebook.ts";
import { InputError } from "../../lib/responses/input_error.ts";
import { parseJson } from "../../lib/responses/schema.ts";
import { normaliseValue } from "../../lib/responses/spelling.ts";
import { codebook, dataFile } from "../../lib/responses/study.ts";

const raw = () => JSON.parse(Deno.readTextFileSync(dataFile("codebook.json"))) as Codebook;

Deno.test("codebook() is read once and holds the 13 questions", () => {
  assert.equal(codebook(), codebook());
  assert.equal(Object.keys(codebook().questions).length, 13);
});

Deno.test("parseCodebook() names the file and every place that is wrong", () => {
  const book = raw();
  Object.assign(book.questions.wellbeing ?? {}, { scale: "mood", base: "some" });
  Object.assign(book.scales.frequency ?? {}, { main_set: "most" });
  Object.assign(book.bases.makes_decisions ?? {}, {
    where: { makes_decisions: ["maybe"], shoe_size: ["large"] },
  });
  assert.throws(() => parseCodebook(book, "mine.json"), (error) => {
    assert(error instanceof InputError);
    for (
      const pattern of [
        /mine\.json/,
        /questions\.wellbeing\.scale: no scale "mood" \(there is: frequency/,
        /questions\.wellbeing\.base: no base "some"/,
        /scales\.frequency\.main_set: no set "most"/,
        /bases\.makes_decisions\.where\.makes_decisions: no category "maybe"/,
        /no question or variable "shoe_size"/,
      ]
    ) assert.match(error.message, pattern);
    return true;
  });
});

const WRONG: [string, (book: Codebook) => void, RegExp][] = [
  [
    "one code for two answers",
    ({ variables }) => variables.gender!.categories.man!.aliases.push("K"),
    /variables\.gender\.categories\.man\.aliases\.2: "K" stands for woman already/,
  ],
  [
    "a code that is the label of another answer",
    ({ variables }) => variables.gender!.categories.man!.aliases.push("KVINDE "),
    /"KVINDE " stands for woman already; one label or code is one answer/,
  ],
  [
    "one alias for two columns",
    ({ questions }) => {
      questions.wellbeing!.aliases.push("Q1");
      questions.act_omit!.aliases.push("q1");
    },
    /questions\.wellbeing\.aliases\.\d: "Q1" stands for act_omit already/,
  ],
  [
    "an alias that is the id of another column",
    ({ questions }) => questions.wellbeing!.aliases.push("Gender"),
    /"Gender" stands for gender already; one name is one column/,
  ],
  [
    "two categories of one label",
    ({ scales }) =>
      scales.frequency!.categories.never!.da = scales.frequency!.categories.rarely!.da,
    /scales\.frequency\.categories\.never\.da: "Sjældent" stands for rarely already/,
  ],
  [
    "dates the wrong way round",
    ({ study }) => study.fieldwork = { from: "2025-04-30", to: "2025-04-01" },
    /study\.fieldwork: it ends \(2025-04-01\) before it begins \(2025-04-30\)/,
  ],
];
for (const [what, spoil, says] of WRONG) {
  Deno.test(`parseCodebook() refuses ${what}, with the line`, () => {
    const book = raw();
    spoil(book);
    const text = JSON.stringify(book, null, 1);
    assert.throws(() => parseCodebook(parseJson(text, "mine.json"), "mine.json"), (error) => {
      assert(error instanceof InputError);
      assert.match(error.message, says);
      const [, line, key, value] = /line (\d+): [^:]*?\.(\w+): "?([^"]*)/.exec(error.message)!;
      const there = text.split("\n")[Number(line) - 1]!;
      assert.ok(there.includes(`"${/^\d+$/.test(key!) ? value : key}"`), there);
      return true;
    });
  });
}

Deno.test("parseJson() says in which line a file is no JSON, and what stands there twice", () => {
  for (
    const [text, says] of [
      [
        '{\n "a": 1\n "b": 2\n}',
        /^Cannot read x\.json: it is no JSON \(line 3, column 2: comma expected before "b"\)/,
      ],
      ['{\n "a": [1,\n 2', /it is no JSON \(line 3, /],
      ["", /it is no JSON \(line 1, /],
      ['{"a": 1, // why\n "b": 2}', /it is no JSON \(line 1, /],
      ['{"a": 1,}', /it is no JSON \(line 1, /],
      [
        '{"q": {\n"x": {"y": 1},\n"x": {"y": 2}}}',
        /^Cannot use x\.json:\n {2}"x" stands twice in q, in line 2 and in line 3\n\S/,
      ],
    ] as const
  ) {
    assert.throws(
      () => parseJson(text, "x.json"),
      (error) => error instanceof InputError && says.test(error.message),
      text,
    );
  }
  assert.deepEqual(parseJson('\ufeff{"a": [1, null]}', "x.json"), { a: [1, null] });
});

Deno.test("parseCodebook() refuses what it does not know and what is missing", () => {
  const { study, ...rest } = raw();
  assert(study);
  assert.throws(
    () => parseCodebook({ ...rest, colour: "red" }, "mine.json"),
    /study: missing[^]*\(top\): no entry "colour" \(there is: study, disclosure/,
  );
});

Deno.test("no answer of the codebook can be read as two categories", () => {
  const book = codebook();
  const lists = [
    ...Object.values(book.scales).map(({ categories }) => categories),
    ...Object.values(book.variables).map(({ categories }) => categories),
  ];
  for (const categories of lists) {
    const meanings = new Map<string, string>();
    for (const [id, { da, en, aliases }] of Object.entries(categories)) {
      for (const text of [id, da, en, ...aliases]) {
        const key = normaliseValue(text);
        assert.equal(meanings.get(key) ?? id, id, key);
        meanings.set(key, id);
      }
    }
  }
});

Deno.test("codeAnswers() refuses a question whose base depends on itself", () => {
  const book = structuredClone(raw());
  const all = book.bases.all;
  assert(all);
  all.where = { gender: ["woman"] };
  assert.throws(
    () =>
      codeAnswers({
        respondents: 1,
        codesOf: () => Uint8Array.of(1),
        problemsOf: () => [],
        textOf: () => null,
        nameOf: (id) => id,
        lineOf: () => null,
      }, book),
    (error) => error instanceof InputError && /itself/.test(error.message),
  );
});
