import assert from "node:assert/strict";
import { loadAnswers, validateAnswers } from "../../lib/statistics/load_answers.ts";
import { parseMapping } from "../../lib/responses/mapping.ts";
import { proposeMapping } from "../../lib/responses/propose_mapping.ts";
import { codebook } from "../../lib/responses/study.ts";
import { SMALL, validated, withFile } from "./with_file.ts";

const [HEADER = "", ...ROWS] = SMALL.trimEnd().split("\n");
const file = (...lines: string[]) => lines.join("\n") + "\n";
const texts = HEADER.split(",").map((id) => {
  const { questions, variables } = codebook();
  const { label } = questions[id] ?? variables[id] ?? { label: { da: "Response ID" } };
  return `"${label.da}"`;
}).join(",");
const imports = HEADER.split(",").map((_, i) => `"{""ImportId"":""QID${i}""}"`).join(",");

const KINDS: readonly [string, string, readonly number[]][] = [
  ["two further rows of names below the header", file(HEADER, texts, imports, ...ROWS), [1, 2]],
  ["the header again", file(HEADER, HEADER, ...ROWS), [1]],
  ["a row of totals", file(HEADER, ...ROWS, "I alt,2,2,2,,,,"), [5]],
  ["a comment below the data", file(HEADER, ...ROWS, "Trukket 1. marts 2026,,,,,,,"), [5]],
  ["totals and a source", file(HEADER, ...ROWS, "Total,,,,,,,", ",,,,,,,", "Kilde: HR,,,,,,,"), [
    5,
    6,
  ]],
];
for (const [what, content, rows] of KINDS) {
  Deno.test(`${what}: told, and left out only where the mapping says so`, async () => {
    const { problems } = await validated(content);
    assert.deepEqual(
      problems.map(({ rule, row }) => [rule, row]),
      rows.map((r) => ["other_row", r]),
    );
    await withFile("answers.csv", content, async (path) => {
      const proposed = await proposeMapping(path, codebook());
      assert.equal(proposed?.other_rows, "skip");
      const mapping = parseMapping(
        { columns: {}, values: {}, other_rows: "skip" },
        "mapping.json",
        codebook(),
      );
      const { survey, warnings } = await validateAnswers(path, codebook(), { mapping });
      const plain = await validated(SMALL);
      assert.deepEqual(survey?.codes, plain.survey?.codes);
      assert.deepEqual([...survey?.ids ?? []], ["a1", "a2", "a3", "a4"]);
      assert.equal(warnings.filter(({ rule }) => rule === "skipped_row").length, rows.length);
    });
  });
}

Deno.test("a respondent without a single answer is a respondent", async () => {
  const { problems, survey } = await validated(file(HEADER, ...ROWS, "a5,,,,,,,"));
  assert.deepEqual(problems, []);
  assert.equal(survey?.source.respondents, 5);
});

const weighted = (...weights: string[]) =>
  withFile(
    "answers.csv",
    SMALL.trimEnd().replaceAll(",", ";").split("\n")
      .map((line, i) => `${line};${["weight", ...weights][i]}`).join("\n"),
    (path) => loadAnswers(path, codebook(), { weights: true }),
  );

Deno.test("a weight that may be a thousand or a decimal is refused with both readings", async () => {
  await assert.rejects(weighted("850", "1.250", "400", "2.100"), /"1\.250" +1250 or 1\.25;.*"850"/);
  await assert.rejects(weighted("850,5", "1.250", "400", "2"), /ambiguous_number/);
});

Deno.test("a weight of three decimals is one where the others show what the mark stands for", async () => {
  const { weights } = await weighted("0.850", "1.250", "1", "2");
  assert.deepEqual([...weights ?? []], [0.85, 1.25, 1, 2]);
  const { weights: alike } = await weighted("1,850", "1,250", "1,100", "2,000");
  assert.deepEqual([...alike ?? []], [1.85, 1.25, 1.1, 2]);
});

Deno.test("None is a category in a file of ids, and is asked about beside labels", async () => {
  const ids = SMALL.replace("1,0,0,Sj", "1,0,none,Sj").replace("3+", "three_or_more");
  assert.deepEqual((await validated(ids)).problems, []);
  const beside = SMALL.replace("1,0,0,Sj", "1,0,None,Sj");
  const { problems } = await validated(beside);
  assert.deepEqual(problems.map(({ rule, expected }) => [rule, expected]), [
    ["ambiguous_value", 'no answer, or "0"'],
  ]);
  const mapping = parseMapping(
    { values: { managers_between: { None: null } } },
    "mapping.json",
    codebook(),
  );
  assert.deepEqual((await validated(beside, "answers.csv", { mapping })).problems, []);
});

for (
  const [column, from, to, cause] of [
    ["serves_politicians", "Kvinde,1,", "Kvinde,SAND,", /TRUE or FALSE/],
    ["balance_difficult", "Ved ikke", "Don\u2019t know", /Don't know, with a plain quote/],
  ] as const
) {
  Deno.test(`an answer of ${column} that a program changed is told with its cause`, async () => {
    const { problems } = await validated(SMALL.replaceAll(from, to));
    assert.match(problems.find((each) => each.column === column)?.expected ?? "", cause);
  });
}

Deno.test("a range that Excel took for a date is told with its cause", async () => {
  for (const text of ["2026-10-06", "06-okt", "6. okt", "Oct-06"]) {
    const { problems } = await validated(`respondent,tenure,wellbeing\na1,${text},Enig\n`);
    assert.match(problems[0]?.expected ?? "", /which Excel took for a date/);
  }
});
