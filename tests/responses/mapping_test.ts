import assert from "node:assert/strict";
import { InputError } from "../../lib/responses/input_error.ts";
import { validateAnswers } from "../../lib/statistics/load_answers.ts";
import { parseMapping, readMapping } from "../../lib/responses/mapping.ts";
import { proposeMapping } from "../../lib/responses/propose_mapping.ts";
import { codebook } from "../../lib/responses/study.ts";
import { fixture, SMALL, validated, withFile } from "./with_file.ts";

const parse = (value: unknown) => parseMapping(value, "mapping.json", codebook());
const propose = (content: string) =>
  withFile("answers.csv", content, (path) => proposeMapping(path, codebook()));

const WRONG: [string, unknown, RegExp][] = [
  ["no object", [], /\(top\): /],
  ["a part that nobody knows", { rows: {} }, /"rows"/],
  [
    "a number for a name",
    { columns: { x: 7 } },
    /columns\.x: expected a name, null, or a list of names to choose from, not 7/,
  ],
  [
    "a choice still to be made",
    { columns: { x: ["gender", "tenure"] } },
    /choose one of gender, tenure/,
  ],
  ["a misspelt id", { columns: { x: "gendr" } }, /no name "gendr" \(nearest: gender\)/],
  ["two columns for one id", { columns: { x: "gender", y: "gender" } }, /"x" is gender already/],
  ["a name twice", { columns: { x: "gender", "X ": "tenure" } }, /stands there twice/],
  ["values of nothing", { values: { colour: { red: "x" } } }, /no question or variable "colour"/],
  ["a category of another scale", { values: { gender: { K: "agree" } } }, /there is: woman, man/],
];
for (const [what, value, says] of WRONG) {
  Deno.test(`parseMapping() refuses ${what}`, () => {
    assert.throws(() => parse(value), (error) => {
      assert(error instanceof InputError);
      assert.match(error.message, /^Cannot use the mapping mapping\.json:\n/);
      assert.match(error.message, /Correct these entries in mapping\.json/);
      assert.match(error.message, says);
      return true;
    });
  });
}

Deno.test("readMapping() says what is wrong with the file itself", async () => {
  await assert.rejects(
    readMapping("/nowhere/mapping.json", codebook()),
    (error) => error instanceof InputError && /Check the path of --mapping/.test(error.message),
  );
  await withFile("mapping.json", '{"columns": {', async (path) => {
    await assert.rejects(
      readMapping(path, codebook()),
      (error) => error instanceof InputError && /it is no JSON/.test(error.message),
    );
    await Deno.writeFile(
      path,
      Uint8Array.from('{"columns": {"K\xf8n": null}}', (letter) => letter.charCodeAt(0)),
    );
    await assert.rejects(
      readMapping(path, codebook()),
      (error) => error instanceof InputError && /Save it as UTF-8/.test(error.message),
    );
  });
});

Deno.test("a mapping's unused names are warned of, and do no harm", async () => {
  const { survey, warnings } = await validated(SMALL, "answers.csv", {
    mapping: parse({ columns: { Kon2: "tenure" } }),
  });
  assert(survey);
  const unused = warnings.find(({ rule }) => rule === "unused_mapping");
  assert.equal(unused?.column, "kon2");
});

Deno.test("proposeMapping() has nothing to say where all is known", async () => {
  assert.equal(await propose(SMALL), null);
});

Deno.test("proposeMapping() gives what is nearly the same as it is, all else as a choice or null", async () => {
  const proposed = await propose(
    SMALL.replace("wellbeing", "Q31").replace("balance_difficult", "balance_dificult")
      .replace("gender", "Deres navn").replaceAll("Sjældent", "Sjaeldent")
      .replaceAll("Aldrig", "Slet ikke").replace(/$/gm, ",x").replace(/^,x$/m, "")
      .replace(/,x$/m, ",Kommentar"),
  );
  assert(proposed);
  // By its name, by its answers, and by nothing.
  assert.equal(proposed.columns["balance_dificult"], "balance_difficult");
  assert.deepEqual(proposed.columns["Deres navn"], ["gender"]);
  assert.equal(proposed.columns["Kommentar"], null);
  assert.deepEqual(proposed.columns["Q31"], ["wellbeing"]);
  assert.equal(proposed.values.pressure_change?.["Sjaeldent"], "rarely");
  assert.deepEqual(proposed.values.pressure_change?.["Slet ikke"], [
    "very_often",
    "often",
    "once_in_a_while",
    "rarely",
    "never",
  ]);
  // As it is, it cannot be used: a choice is the analyst's.
  assert.throws(() => parse(proposed), /choose one of very_often/);
});

Deno.test("proposeMapping() knows a header that holds a name or a question whole, and no other's", async () => {
  const { questions, variables } = codebook();
  const [first, second] = ["pressure_change", "pressure_omit"];
  const grid = (id: string) => `Hvor ofte sker det? - ${questions[id]!.text.da.replace("?", " ?")}`;
  const header = (name: string) => `Hvad er (${name.toUpperCase()})?`;
  const proposed = await propose([
    ["Svarnr", header(variables.gender!.label.da), grid(first!), grid(second!), "Hvor ofte"].join(
      ";",
    ),
    "x1;Kvinde;Sjældent;Ofte;Aldrig",
    "x2;Mand;Ofte;Sjældent;Ofte",
    "x3;Mand;Ofte;Ofte;Ofte",
  ].join("\n"));
  const { columns } = proposed!;
  assert.equal(columns[grid(first!)], first);
  assert.equal(columns[grid(second!)], second);
  // A short name may stand in another question, such as that about somebody else's gender.
  assert.deepEqual(columns[header(variables.gender!.label.da)], ["gender"]);
  // What only its answers tell is a choice.
  assert.ok(Array.isArray(columns["Hvor ofte"]));
});

Deno.test("a proposal whose choices are made leads to the same answers", async () => {
  const content = SMALL.replace("gender", "Deres navn").replaceAll("Kvinde", "Kvinde!");
  const first = await propose(content.replaceAll("Kvinde!", "Kvinde"));
  await withFile("answers.csv", content, async (path) => {
    assert.deepEqual(first, { columns: { "Deres navn": ["gender"] }, values: {} });
    const mapping = parse({ columns: { "Deres navn": "gender" } });
    const second = await proposeMapping(path, codebook(), { mapping });
    assert.deepEqual(second, {
      columns: { "deres_navn": "gender" },
      values: { gender: { "Kvinde!": "woman" } },
    });
    const { survey } = await validateAnswers(path, codebook(), { mapping: parse(second) });
    const plain = await validated(SMALL);
    assert.deepEqual(survey?.codes, plain.survey?.codes);
  });
});

Deno.test("a mapping can bring back an answer that the file declares missing", async () => {
  const plain = await validateAnswers(fixture("refused.sav"), codebook());
  assert.deepEqual([...plain.survey?.codes.get("wellbeing") ?? []], [1, 0, 2, 6]);
  const declared = plain.warnings.find(({ rule }) => rule === "declared_missing");
  assert.deepEqual([declared?.value, declared?.row, declared?.count], ["Vil ikke svare", 2, 1]);
  const { survey } = await validateAnswers(fixture("refused.sav"), codebook(), {
    mapping: parse({ values: { wellbeing: { "vil ikke svare": "dont_know" } } }),
  });
  assert.deepEqual([...survey?.codes.get("wellbeing") ?? []], [1, 6, 2, 6]);
});
