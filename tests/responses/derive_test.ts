import assert from "node:assert/strict";
import { type Derived, deriveVariables, joinVariables } from "../../lib/responses/derive.ts";
import { TextColumn } from "../../lib/responses/readers/text_column.ts";
import { NO_ANSWER, NOT_ASKED } from "../../lib/responses/survey.ts";
import { makeSurvey } from "../statistics/make_survey.ts";

// Often, rarely or never, no answer; agree, disagree, no answer, not asked.
const survey = makeSurvey({
  pressure: [1, 1, 3, 3, NO_ANSWER, 1],
  wellbeing: [2, 4, 2, 4, 2, NO_ANSWER],
  balance_difficult: [2, NOT_ASKED, 2, 4, NO_ANSWER, NOT_ASKED],
});
const codes = (made: typeof survey, name: string) => [...made.codes.get(name)!];

Deno.test("a derived yes or no is missing where it rests on a missing answer, and only there", () => {
  const made = deriveVariables(survey, {
    squeezed: (d) => d.pressure === "often" && d.wellbeing === "disagree",
    hard: (d) => d.balance_difficult === "agree",
  });
  assert.deepEqual(codes(made, "squeezed"), [2, 1, 2, 2, NO_ANSWER, NO_ANSWER]);
  assert.deepEqual(codes(made, "hard"), [1, NOT_ASKED, 1, 2, NO_ANSWER, NOT_ASKED]);
  const { squeezed, hard } = made.codebook.variables;
  assert.deepEqual(Object.keys(squeezed!.categories), ["yes", "no"]);
  assert.deepEqual(squeezed!.categories["yes"]!.where, {
    pressure: ["often"],
    wellbeing: ["disagree"],
  });
  assert.equal(made.codebook.bases[squeezed!.base]!.label.en, "everyone who answered");
  // Whoever was not asked about balancing is not in the base of what is made of it.
  assert.deepEqual(made.codebook.bases[hard!.base]!.where, { serves_politicians: ["yes"] });
});

Deno.test("a derived text or number is taken as it is given, in the order of the labels", () => {
  const made = deriveVariables(survey, {
    mood: (d) => d.wellbeing == null ? "silent" : d.wellbeing === "agree" ? "well" : "badly",
    signs: (d) => Number(d.pressure === "often") + Number(d.wellbeing === "disagree"),
  }, {
    labels: {
      mood: { label: "Mood", categories: { well: { da: "Godt", en: "Well" }, badly: "Badly" } },
      signs: "Signs",
    },
  });
  const { mood, signs } = made.codebook.variables;
  assert.deepEqual(Object.keys(mood!.categories), ["well", "badly", "silent"]);
  assert.equal(mood!.categories["well"]!.da, "Godt");
  assert.deepEqual(codes(made, "mood"), [1, 2, 1, 2, 1, 3]);
  assert.deepEqual(Object.keys(signs!.categories), ["0", "1", "2"]);
  assert.deepEqual(signs!.label, { da: "Signs", en: "Signs" });
  assert.deepEqual(codes(made, "signs"), [2, 3, 1, 2, 1, 2]);
});

Deno.test("a variable can be derived from a derived one", () => {
  const first = deriveVariables(survey, { often: (d) => d.pressure === "often" });
  const second = deriveVariables(first, { not: (d) => d["often"] === "no" });
  assert.deepEqual(codes(second, "not"), [2, 2, 1, 1, NO_ANSWER, 2]);
  assert.equal("often" in survey.codebook.questions, false, "the survey before is as it was");
});

for (
  const [what, make, message] of [
    [
      "a misspelt answer",
      { x: (d) => d["presure"] === "often" },
      /no question or variable "presure"\. Is "pressure" meant\?/,
    ],
    ["a name that is taken", { wellbeing: () => true }, /"wellbeing" already/],
    ["a value that is none", { x: () => NaN }, /"x" is NaN for somebody/],
    ["nobody with a value", { x: () => null as Derived }, /"x" has 0 categories/],
  ] satisfies [string, Parameters<typeof deriveVariables>[1], RegExp][]
) {
  Deno.test(`deriveVariables() refuses ${what}`, () => {
    assert.throws(() => deriveVariables(survey, make), message);
  });
}

Deno.test("deriveVariables() refuses more categories than can be groups, and labels of nothing", () => {
  const many = makeSurvey({ wellbeing: new Array(40).fill(1) });
  let i = 0;
  assert.throws(() => deriveVariables(many, { x: () => i++ }), /"x" has 40 categories/);
  const label = (options: Parameters<typeof deriveVariables>[2]) => () =>
    deriveVariables(survey, { x: () => 1 }, options);
  assert.throws(label({ labels: { y: {} } }), /labels for "y", but what is made is x/);
  assert.throws(label({ x: "X" } as never), /no option "x": write \{ labels: \{ x: … \} \}/);
});

Deno.test("joinVariables() finds respondents by their ids, and gives no answer to the rest", () => {
  const withIds = { ...survey, ids: TextColumn.from(["a", "b", "c", "d", "e", "f"]) };
  const made = joinVariables(withIds, [
    { respondent: "c", region: "north", visits: 2 },
    { respondent: "a", region: "south", visits: null },
    { respondent: "zz", region: "west", visits: 1 },
  ]);
  const yesNo = { yes: { da: "Ja", en: "Yes" }, no: { da: "Nej", en: "No" } };
  const told = joinVariables(withIds, [{ respondent: "a", left: true }], {}, yesNo);
  assert.equal(told.codebook.variables["left"]!.categories["yes"]!.da, "Ja");
  assert.deepEqual(Object.keys(made.codebook.variables["region"]!.categories), ["north", "south"]);
  assert.deepEqual(codes(made, "region"), [2, 0, 1, 0, 0, 0]);
  assert.deepEqual(codes(made, "visits"), [0, 0, 1, 0, 0, 0]);
  const twice = [{ respondent: "a", x: 1 }, { respondent: "a", x: 2 }];
  assert.throws(() => joinVariables(withIds, twice), /two rows with respondent "a"/);
  assert.throws(() => joinVariables(withIds, [{ respondent: "q", x: 1 }]), /No "respondent"/);
  assert.throws(() => joinVariables(withIds, [{ id: "a", x: 1 }]), /has no "respondent"/);
  assert.throws(() => joinVariables(survey, []), /no column "respondent"/);
});
