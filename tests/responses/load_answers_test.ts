import assert from "node:assert/strict";
import { whereMask } from "../../lib/responses/where.ts";
import { loadAnswers } from "../../lib/statistics/load_answers.ts";
import type { Problem } from "../../lib/responses/problem.ts";
import { codebook, dataFile } from "../../lib/responses/study.ts";
import { NO_ANSWER, NOT_ASKED } from "../../lib/responses/survey.ts";
import { SMALL, validated, withFile } from "./with_file.ts";

/** Every code of a file by name, as plain numbers. */
async function codesOf(content: string | Uint8Array, name = "answers.csv") {
  const { survey, problems } = await validated(content, name);
  assert(survey, JSON.stringify(problems, null, 1));
  return Object.fromEntries(
    [...survey.codes].map(([name, codes]) => [name, [...codes]]),
  );
}

const rulesOf = (problems: readonly Problem[]) =>
  problems.map(({ rule, column }) => `${rule} ${column}`);

Deno.test("loadAnswers() keeps not asked, no answer and don't know apart", async () => {
  const codes = await codesOf(SMALL.replace("Helt enig,Helt enig", ",Helt enig"));
  assert.deepEqual(codes.balance_difficult, [NO_ANSWER, NOT_ASKED, 6, NOT_ASKED]);
  assert.deepEqual(codes.managers_between, [1, NOT_ASKED, 4, NOT_ASKED]);
  assert.deepEqual(codes.wellbeing, [1, 5, 2, 6]);
});

Deno.test("loadAnswers() makes the derived variables", async () => {
  const codes = await codesOf(SMALL.replace("Aldrig", ""));
  assert.deepEqual(codes.role, [1, 3, 2, 4]);
  assert.deepEqual(codes.pressure, [3, 1, 2, NO_ANSWER]);
});

Deno.test("loadAnswers() tells the source by name, hash and number of people", async () => {
  await withFile("my answers.csv", SMALL, async (path) => {
    const survey = await loadAnswers(path, codebook());
    const digest = await crypto.subtle.digest(
      "SHA-256",
      new TextEncoder().encode(SMALL),
    );
    assert.deepEqual(survey.source, {
      file: "my answers.csv",
      sha256: new Uint8Array(digest).toHex(),
      respondents: 4,
      synthetic: false,
    });
    const url = new URL(`file://${path.replace(" ", "%20")}`);
    assert.deepEqual((await loadAnswers(url, codebook())).source, survey.source);
  });
});

Deno.test("loadAnswers() knows synthetic respondents by their ids, and says when they are mixed with others", async () => {
  const all = await validated(SMALL.replace(/^a/gm, "synthetic-"));
  assert.equal(all.survey?.source.synthetic, true);
  const some = await validated(SMALL.replace("a2", "synthetic-2"));
  assert.equal(some.survey?.source.synthetic, true);
  assert(rulesOf(some.warnings).includes("mixed_respondents respondent"));
});

Deno.test("loadAnswers() reads the shipped answers without a warning", async () => {
  const warnings: Problem[] = [];
  const survey = await loadAnswers(dataFile("responses.csv"), codebook(), {
    onWarnings: (more) => warnings.push(...more),
  });
  assert.deepEqual(warnings, []);
  assert.equal(survey.source.respondents, 1288);
  assert.equal(survey.source.synthetic, true);
  const count = (base: string) =>
    whereMask(survey.codes, codebook(), codebook().bases[base]!.where, 1288)
      .reduce((a, b) => a + b, 0);
  assert.deepEqual(
    ["all", "serves_politicians", "makes_decisions"].map(count),
    [1288, 979, 399],
  );
});

Deno.test("loadAnswers() warns of what is missing, and gives it no codes", async () => {
  const { survey, warnings } = await validated(SMALL);
  assert.deepEqual(survey?.left_out, [
    "pressure_omit",
    "act_change",
    "act_omit",
    "decision_pressure_change",
    "decision_act_change",
    "time_pressure",
    "workload_quality",
    "leader_independence",
    "leader_neutral_support",
    "cooperation_satisfaction",
  ]);
  assert.deepEqual(
    rulesOf(warnings),
    [
      "missing_variable age_group",
      "missing_variable tenure",
      "missing_variable municipality_size",
      ...(survey?.left_out ?? []).map((id) => `left_out ${id}`),
    ],
  );
  assert.equal(survey?.codes.has("tenure"), false);
  assert.equal(survey?.codes.has("act_omit"), false);
});

Deno.test("loadAnswers() leaves derived variables out where their sources are missing", async () => {
  const content = SMALL.replace(/pressure_change/, "note");
  const { survey } = await validated(content);
  assert.equal(survey?.codes.has("pressure"), false);
  assert.equal(survey?.codes.has("role"), true);
});

Deno.test("loadAnswers() counts those who were asked and did not answer", async () => {
  const { warnings } = await validated(SMALL.replace("Helt enig,Helt enig", ","));
  const none = warnings.filter(({ rule }) => rule === "no_answer");
  assert.deepEqual(
    none.map(({ column, row, line, count, expected }) => ({
      column,
      row,
      line,
      count,
      expected,
    })),
    ["balance_difficult", "wellbeing"].map((column, i) => ({
      column,
      row: 1,
      line: 2,
      count: 1,
      expected: `1 of ${[2, 4][i]} who were asked`,
    })),
  );
});

Deno.test("loadAnswers() warns of a question nobody answered, and of ids that are missing", async () => {
  const nobody = await validated(
    SMALL.replace(/,(Helt enig|Meget uenig|Enig|Ved ikke)$/gm, ","),
  );
  assert(rulesOf(nobody.warnings).includes("nobody_answered wellbeing"));
  const ids = await validated(SMALL.replace(/^a[12]/gm, ""));
  const missing = ids.warnings.find(({ rule }) => rule === "empty_respondent");
  assert.deepEqual([missing?.row, missing?.count], [1, 2]);
  const none = await validated(SMALL.replace(/^[^,\n]*,/gm, ""));
  assert(rulesOf(none.warnings).includes("no_respondent_column respondent"));
  assert.equal(none.survey?.source.respondents, 4);
});

Deno.test("loadAnswers() leaves columns aside that it does not know", async () => {
  const lines = SMALL.trimEnd().split("\n");
  const content = lines.map((line, i) =>
    line + (i === 0 ? ",timestamp,role,,," : `,2023-04-0${i},x,x,,`)
  ).join("\n");
  const { survey, warnings } = await validated(content);
  assert(survey);
  assert.deepEqual(
    rulesOf(warnings).filter((text) => text.startsWith("unknown_column")),
    ["timestamp", "role", ""].map((name) => `unknown_column ${name}`),
  );
});

Deno.test("loadAnswers() reads one respondent", async () => {
  const codes = await codesOf(SMALL.split("\n").slice(0, 2).join("\n"));
  assert.deepEqual(codes.wellbeing, [1]);
});
