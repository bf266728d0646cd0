import assert from "node:assert/strict";
import { InputError } from "../../lib/responses/input_error.ts";
import { type Codebook, parseCodebook } from "../../lib/responses/codebook.ts";
import { codeAnswers } from "../../lib/responses/code_answers.ts";
import { normaliseValue } from "../../lib/responses/normalise.ts";
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
