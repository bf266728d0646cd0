import assert from "node:assert/strict";
import { validateAnswers } from "../../lib/statistics/load_answers.ts";
import { codebook } from "../../lib/responses/study.ts";
import { fixture, SMALL, validated } from "./with_file.ts";

/** So many people who all say the same of their wellbeing. */
const alike = (people: number) =>
  ["respondent,wellbeing", ...Array.from({ length: people }, (_, i) => `p${i},Enig`)].join("\n");

Deno.test("loadAnswers() warns where everybody gave the same answer, unless they are few", async () => {
  const { warnings } = await validated(alike(10));
  const same = warnings.find(({ rule }) => rule === "one_answer");
  assert.deepEqual([same?.column, same?.value, same?.count], ["wellbeing", "Enig", 10]);
  const few = await validated(alike(9));
  assert(!few.warnings.some(({ rule }) => rule === "one_answer"));
});

Deno.test("loadAnswers() warns of a file with one respondent, and reads it", async () => {
  const { survey, warnings } = await validated(alike(1));
  assert.equal(survey?.source.respondents, 1);
  assert(warnings.some(({ rule }) => rule === "one_respondent"));
});

const WEIGHTED = SMALL.trimEnd().split("\n")
  .map((line, i) => `${line},${["Vægt", "0.5", '"1,5"', "2", "1e-1"][i]}`).join("\n");

Deno.test("loadAnswers() fills the weights only where they are asked for", async () => {
  const without = await validated(WEIGHTED);
  assert.equal(without.survey?.weights, null);
  assert(without.warnings.some(({ rule }) => rule === "unused_weight"));
  const { survey, warnings } = await validated(WEIGHTED, "answers.csv", { weights: true });
  assert.deepEqual(survey?.weights, Float64Array.of(0.5, 1.5, 2, 0.1));
  assert(!warnings.some(({ rule }) => rule === "unused_weight"));
});

Deno.test("loadAnswers() warns of weights that are all the same", async () => {
  const { survey, warnings } = await validated(
    SMALL.trimEnd().replace(/$/gm, ",1").replace("wellbeing,1", "wellbeing,vægt"),
    "answers.csv",
    { weights: true },
  );
  assert(survey);
  assert(warnings.some(({ rule }) => rule === "equal_weights"));
});

Deno.test("loadAnswers() says which sheet it read where several hold answers", async () => {
  const { warnings } = await validateAnswers(fixture("two_waves.xlsx"), codebook());
  const other = warnings.find(({ rule }) => rule === "other_sheet");
  assert.equal(other?.value, "2021");
  assert.match(other?.expected ?? "", /"2023" was read/);
});
