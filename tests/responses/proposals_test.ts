import assert from "node:assert/strict";
import { proposeMapping } from "../../lib/responses/propose_mapping.ts";
import { NOT_CALCULATED } from "../../lib/responses/readers/response_table.ts";
import { codebook } from "../../lib/responses/study.ts";
import { withFile } from "./with_file.ts";

/** What is proposed for values of one column. */
async function proposed(column: string, values: readonly string[]) {
  const content = `respondent,${column}\n${values.map((v, i) => `a${i},${v}\n`).join("")}`;
  const mapping = await withFile(
    "answers.csv",
    content,
    (path) => proposeMapping(path, codebook()),
  );
  return mapping?.values[column] ?? {};
}

/** Answers of other scales and tools, and misspellings that may be two things. */
const CHOICES: readonly [string, string][] = [
  ["gender", "Hun"],
  ["gender", "Han."],
  ["gender", "A1"],
  ["age_group", "25-29"],
  ["leader_neutral_support", "Slet ikke"],
  ["leader_neutral_support", "I ringe grad"],
  ["wellbeing", "(4) Uenig"],
  ["wellbeing", "Uenigt"],
  ["wellbeing", "Enigt"],
  ["balance_difficult", "Helt eni"],
  ["wellbeing", "Ikke enig"],
  ["cooperation_satisfaction", "Ikke tilfreds"],
  ["cooperation_satisfaction", "Utilfredse"],
  ["tenure", "6-11 år"],
];
for (const [column, value] of CHOICES) {
  Deno.test(`proposeMapping() leaves "${value}" of ${column} to be chosen among all categories`, async () => {
    const { [value]: choice } = await proposed(column, [value]);
    const { questions, variables, scales } = codebook();
    const { categories } = variables[column] ?? scales[questions[column]!.scale]!;
    assert(Array.isArray(choice));
    assert.deepEqual([...choice].sort(), Object.keys(categories).sort());
  });
}

for (
  const [column, value, id] of [
    ["gender", "Kvinnde", "woman"],
    ["tenure", "6-10 aar", "years_6_10"],
    ["pressure_change", "Sjaeldent", "rarely"],
    ["leader_neutral_support", "I meget hoej grad", "very_high_degree"],
  ] as const
) {
  Deno.test(`proposeMapping() takes "${value}" of ${column} for what it nearly is`, async () => {
    const { [value]: single } = await proposed(column, [value]);
    assert.equal(single, id);
  });
}

Deno.test("nothing is proposed for a formula without its result", async () => {
  const values = await proposed("gender", [NOT_CALCULATED, "Hun"]);
  assert.deepEqual(Object.keys(values), ["Hun"]);
});
