import assert from "node:assert/strict";
import { compareProfiles } from "../../lib/responses/compare_profiles.ts";
import { loadSurvey } from "../../lib/responses/load_survey.ts";
import { codebook, dataFile } from "../../lib/responses/study.ts";
import { surveyProfile } from "../../lib/responses/survey_profile.ts";
import { SMALL, validated } from "./with_file.ts";

async function profileOf(content: string) {
  const { survey, problems } = await validated(content);
  assert(survey, JSON.stringify(problems));
  return surveyProfile(survey);
}

const HEADER =
  "respondent,gender,serves_politicians,makes_decisions,pressure_change,pressure_omit,act_change,act_omit";

Deno.test("surveyProfile() counts answers, no answers and who was not asked", async () => {
  const rows = await profileOf(SMALL.replace("Helt enig,Helt enig", ",Helt enig"));
  const of = (name: string, measure: string) => {
    const found = rows.find((row) => row.name === name && row.measure === measure);
    return found && [found.count, found.of];
  };
  assert.deepEqual(of("all", "rows"), [4, 4]);
  assert.deepEqual(of("all", "asked"), [4, 4]);
  assert.deepEqual(of("serves_politicians", "asked"), [2, 4]);
  assert.deepEqual(of("balance_difficult", "answers"), [1, 2]);
  assert.deepEqual(of("balance_difficult", "no_answer"), [1, 2]);
  assert.deepEqual(of("balance_difficult", "not_asked"), [2, 4]);
  assert.deepEqual(of("wellbeing.dont_know", "used"), [1, 1]);
  assert.deepEqual(of("wellbeing.disagree", "used"), [0, 1]);
  assert.deepEqual(of("act_omit", "left_out"), [1, 1]);
  assert.deepEqual(of("wellbeing", "left_out"), [0, 1]);
  assert.equal(of("act_omit", "answers"), undefined);
});

Deno.test("surveyProfile() counts straight-lined and repeated respondents", async () => {
  const rows = await profileOf([
    HEADER,
    "a1,Kvinde,0,0,Ofte,Ofte,Ofte,Ofte",
    "a2,Kvinde,0,0,Ofte,Ofte,Ofte,Aldrig",
    "a3,Kvinde,0,0,Ofte,Ofte,Ofte,Ofte",
    "a4,Mand,0,0,Ofte,Ofte,,Ofte",
  ].join("\n"));
  const battery = rows.find(({ kind }) => kind === "battery");
  assert.deepEqual(battery, {
    kind: "battery",
    name: "pressure_change pressure_omit act_change act_omit",
    measure: "straight_lined",
    count: 2,
    of: 3,
  });
  const duplicates = rows.find(({ measure }) => measure === "duplicates");
  assert.deepEqual([duplicates?.count, duplicates?.of], [1, 4]);
});

Deno.test("compareProfiles() says what came, went, grew and shrank", async () => {
  const before = await profileOf(SMALL);
  const now = await profileOf(
    SMALL.replace(/,[^,\n]*$/gm, "").replace("Aldrig", "Ofte") +
      "a5,Mand,1,0,2,,Enig\n",
  );
  const changes = compareProfiles(now, before);
  const of = (name: string, measure: string) =>
    changes.find((change) => change.name === name && change.measure === measure);
  assert.equal(of("all", "rows")?.change, "grew");
  assert.equal(of("serves_politicians", "asked")?.change, "grew");
  assert.equal(of("makes_decisions", "asked")?.change, "same");
  assert.equal(of("wellbeing", "left_out")?.change, "lost");
  assert.equal(of("wellbeing", "answers")?.change, "lost");
  assert.equal(of("pressure_change", "no_answer")?.change, "grew");
  assert.equal(of("pressure_change.never", "used")?.change, "lost");
  assert.equal(of("pressure_change.often", "used")?.change, "new");
  assert.deepEqual(
    new Set(compareProfiles(before, before).map(({ change }) => change)),
    new Set(["same"]),
  );
});

Deno.test("surveyProfile() of the shipped answers holds no number of answers by category", async () => {
  const survey = await loadSurvey(dataFile("responses.csv"), codebook());
  const rows = surveyProfile(survey);
  assert(rows.every(({ count, of }) => count >= 0 && count <= of));
  assert(rows.filter(({ kind }) => kind === "category").every(({ of }) => of === 1));
  assert.equal(rows.find(({ name }) => name === "serves_politicians")?.count, 979);
});
