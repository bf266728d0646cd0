import assert from "node:assert/strict";
import { breakdown } from "../../lib/notebook/breakdown.ts";
import {
  backgroundFactors,
  breakdownRows,
  breakdownVariables,
} from "../../lib/statistics/breakdown_rows.ts";
import { codebook } from "../../lib/responses/study.ts";
import { share } from "../../lib/statistics/look_up.ts";
import type { Survey } from "../../lib/responses/survey.ts";
import { changeAnswers, shipped } from "../words/change_answers.ts";

const tableOf = (survey: Survey) =>
  breakdown(survey, "pressure_change").render("en").part.tables![0]!;
const AGREE = { set: "agree" } as const;

Deno.test("breakdown() has a row for every group of the six background variables, as share() has it", () => {
  const table = tableOf(shipped);
  const variables = [...new Set(table.rows.map(([variable]) => variable))];
  assert.equal(variables.length, 6);
  assert.equal(table.rows.length, 2 + 3 + 4 + 4 + 4 + 4);
  const women = share(shipped, "pressure_change", { set: "at_least_sometimes" }, {
    gender: "woman",
  });
  assert.deepEqual(table.rows[0], [
    "Gender",
    "Woman",
    "A",
    women.share,
    "",
    "",
    women.low,
    women.high,
    women.n,
  ]);
});

Deno.test("breakdown() leaves out the groups that were not asked", () => {
  const roles = breakdownRows(shipped, "decision_act_change", "at_least_sometimes")
    .flatMap(({ estimate }) => estimate.variable === "role" ? [estimate.group] : []);
  assert.deepEqual(roles, ["both", "decides_only"]);
});

Deno.test("breakdown() marks the groups that were made to differ, and names them in its sentence", () => {
  // Every man agrees strongly.
  const changed = changeAnswers(shipped, "wellbeing", () => 1, { gender: ["man"] });
  const gender = breakdownRows(changed, "wellbeing", "agree")
    .flatMap(({ estimate, test }) => estimate.variable === "gender" ? [test.mark] : []);
  assert.deepEqual(gender, ["down", "up"]);
  const { details: html = "" } = breakdown(changed, "wellbeing").render("en").part;
  assert.match(
    html,
    /Higher share than among the rest: [^.]*men \(100%\)/,
  );
  const man = share(changed, "wellbeing", AGREE, { gender: "man" });
  assert.equal(man.share, 1);
});

Deno.test("breakdown() gives a group the letters of the groups of its variable that it is above", () => {
  const changed = changeAnswers(shipped, "wellbeing", () => 1, { age_group: ["age_25_39"] });
  const { columns, rows } = breakdown(changed, "wellbeing").render("en").part.tables![0]!;
  const at = (label: string) => columns.findIndex((column) => column.label === label);
  const ages = rows.filter(([variable]) => variable === "Age");
  assert.deepEqual(ages.map((row) => row[at("Letter")]), ["A", "B", "C"]);
  assert.deepEqual(ages.map((row) => row[at("Higher than")]), ["B C", "", ""]);
});

Deno.test("a family of breakdowns has one adjustment: more comparisons, no smaller p-value", () => {
  const family = ["pressure_change", "pressure_omit", "act_change", "act_omit"] as const;
  const alone = breakdownRows(shipped, "pressure_change", "at_least_sometimes");
  const together = breakdownRows(shipped, "pressure_change", "at_least_sometimes", family);
  assert.deepEqual(together.map(({ estimate }) => estimate), alone.map(({ estimate }) => estimate));
  const adjusted = (rows: typeof alone) => rows.map(({ test }) => test.adjusted ?? 1);
  assert.notDeepEqual(adjusted(together), adjusted(alone));
  // The same tests adjusted in another table of the family have the same p-values there.
  const other = breakdownRows(shipped, "act_omit", "at_least_sometimes", family);
  const raw = [...together, ...other].map((
    { test },
  ) => [test.againstRest!.pValue!, test.adjusted!]);
  raw.sort(([a], [b]) => a! - b!);
  raw.forEach(([p, own], i) => {
    assert(own! >= p! - 1e-12);
    if (i > 0) assert(own! >= raw[i - 1]![1]! - 1e-12, "one order over all tables");
  });
  assert.match(
    breakdown(shipped, "act_omit", { family }).render("en").part.details!,
    /all comparisons in the chapter&#39;s tables by background/,
  );
});

Deno.test("breakdown() says that nobody differs where everybody answers the same", () => {
  const same = changeAnswers(shipped, "wellbeing", () => 1);
  const { details: html = "" } = breakdown(same, "wellbeing").render("da").part;
  assert.match(html, /Ingen gruppe adskiller sig sikkert fra resten/);
  assert.doesNotMatch(html, /▲|▼/);
});

Deno.test("breakdown() says in words which groups are too small, and shows no number of theirs", () => {
  const few: Survey = {
    ...shipped,
    within: { tenure: ["years_0_2"], municipality_size: ["under_30000"] },
  };
  const small = tableOf(few).rows.filter((row) => Number(row.at(-1)) < 10);
  assert(small.length > 0);
  for (const [, , , share, mark, , low, high] of small) {
    assert.deepEqual([share, low, high], [null, null, null]);
    assert.equal(mark, "too few answers");
  }
});

Deno.test("breakdown() calls differences assumptions where the answers are synthetic, and only there", () => {
  const real: Survey = { ...shipped, source: { ...shipped.source, synthetic: false } };
  assert.match(breakdown(shipped, "wellbeing").render("en").part.details!, /assumptions/);
  assert.doesNotMatch(breakdown(real, "wellbeing").render("en").part.details!, /assumptions/);
});

Deno.test("breakdown() can be of another set than the main one", () => {
  const [table] = breakdown(shipped, "wellbeing", { set: "disagree" }).render("en").part.tables!;
  assert.equal(table!.name, "breakdown-wellbeing-disagree");
  assert.match(table!.title, /disagree or strongly disagree/);
});

Deno.test("breakdown() goes without a variable that the file does not have", () => {
  const codes = new Map([...shipped.codes].filter(([name]) => name !== "tenure"));
  const table = tableOf({ ...shipped, codes, left_out: ["tenure"] });
  assert.equal(table.rows.length, 21 - 4);
});

Deno.test("breakdown() writes a share of under one per cent as text, not as markup", () => {
  // Of some hundred in a group one agrees, so that it is shown as "<1%".
  const one = new Map<number, number>();
  const changed = changeAnswers(shipped, "time_pressure", (_, respondent) => {
    const gender = shipped.codes.get("gender")![respondent]!;
    one.set(gender, (one.get(gender) ?? 0) + 1);
    return one.get(gender) === 1 ? 1 : 5;
  });
  const { details: html = "" } = breakdown(changed, "time_pressure").render("en").part;
  assert.match(html, /&lt;1%/);
  assert.doesNotMatch(html, /<\d/);
});

Deno.test("backgroundFactors() are the background of everyone, each once, and only what the wave has", () => {
  const survey = shipped;
  // What tells who serves politicians and who makes rulings is left to the variable made of both.
  assert.deepEqual(backgroundFactors(survey), {
    ...{ gender: null, age_group: null, tenure: null, municipality_size: null, role: null },
  });
  const without = {
    ...survey,
    codes: new Map([...survey.codes].filter(([id]) => id !== "tenure")),
  };
  assert.ok(!("tenure" in backgroundFactors(without)));
  const book = structuredClone(codebook());
  const { tenure } = book.variables;
  book.variables.seniority = {
    ...tenure!,
    derived: true,
    categories: {
      low: { ...tenure!.categories.years_0_2!, where: { tenure: ["years_0_2"] } },
      high: { ...tenure!.categories.years_3_5!, where: { tenure: ["years_3_5"] } },
    },
  };
  const codes = new Map([...survey.codes, ["seniority", survey.codes.get("tenure")!] as const]);
  assert.ok(!("seniority" in backgroundFactors({ ...survey, codebook: book, codes })));
  assert.ok(breakdownVariables(book).includes("seniority"));
});
