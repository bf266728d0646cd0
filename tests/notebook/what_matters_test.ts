import assert from "node:assert/strict";
import { openSurvey, priorityMap, whatMatters } from "../../lib/notebook.ts";
import { makeSurvey } from "../statistics/make_survey.ts";

const survey = await openSurvey();
const plan = {
  outcome: "wellbeing",
  predictors: ["pressure_change", "leader_independence", "time_pressure"],
} as const;
const found = whatMatters(survey, plan, { replicates: 200 });

Deno.test("whatMatters() shows itself as a table in both languages", () => {
  for (const language of ["da", "en"] as const) {
    const { part } = found.render(language);
    const [table] = part.tables!;
    assert.equal(table!.rows.length, 3);
    assert(table!.rows.every((row) => row.every((value) => value !== null)));
    assert(!part.html.includes("undefined") && !part.html.includes("NaN"));
    assert.equal(table!.rows[0]![2], Number(found.rows[0]!.share.value.toFixed(3)));
  }
});

Deno.test("priorityMap() fills only the dots whose place is sure", () => {
  const { outputs, part } = priorityMap(found).render("en");
  const svg = String(outputs.find((output) => "image/svg+xml" in output)!["image/svg+xml"]);
  const sure = found.rows.filter(({ place }) => place !== null).length;
  const dots = [...svg.matchAll(/<circle[^>]*>/g)].map(([dot]) => dot);
  assert.equal(dots.length, 3);
  const fills = (tag: string) => /fill="([^"]*)"/.exec(tag)?.[1];
  const strokes = (tag: string) => /stroke="([^"]*)"/.exec(tag)?.[1];
  assert.equal(dots.filter((dot) => fills(dot) === strokes(dot)).length, sure);
  assert(part.html.includes("narrow-only") && part.details!.includes("<table"));
});

Deno.test("of too few people, and of counts, it says so and draws nothing", () => {
  const codes = [1, 2, 3, 4, 5, 1, 2];
  const few = makeSurvey(Object.fromEntries(
    [plan.outcome, ...plan.predictors].map((name) => [name, codes]),
  ));
  const none = whatMatters(few, plan);
  assert.equal(none.status, "too_few");
  for (const shown of [none, priorityMap(none)]) {
    const { part } = shown.render("en");
    assert(part.html.includes("there are too few") && !part.html.includes("<svg"));
  }
  const counted = { ...few, counted: { weighted: false, tables: new Map() } };
  assert.equal(whatMatters(counted, plan).status, "needs_rows");
});

Deno.test("of predictors those that were asked are compared, and the other one is named", () => {
  const without = (...left_out: string[]) => {
    const codes = [...survey.codes].filter(([name]) => !left_out.includes(name));
    return whatMatters({ ...survey, codes: new Map(codes), left_out }, plan, { replicates: 50 });
  };
  const two = without("time_pressure");
  assert.deepEqual(two.rows.map(({ variable }) => variable).sort(), [
    "leader_independence",
    "pressure_change",
  ]);
  assert(JSON.stringify(two.render("da").part).includes("indgik ikke i denne runde"));
  assert(JSON.stringify(priorityMap(two).render("en").part).includes("was not part of this wave"));
});

Deno.test("an option or a name that is none is refused with the nearest right one", () => {
  const wrong = (options: object) => () => whatMatters(survey, plan, options as never);
  assert.throws(wrong({ replicate: 5 }), /no option "replicate"\. Is "replicates" meant\?/);
  assert.throws(wrong({ method: "lmg" }), /no option "method"/);
  assert.throws(wrong({ replicates: 1 }), /replicates/);
  assert.throws(
    () => whatMatters(survey, { ...plan, outcome: "wellbeeing" as never }),
    /no question or variable "wellbeeing" in the codebook\. Is "wellbeing" meant\?/,
  );
  for (const none of [undefined, {}, { outcome: "wellbeing" }]) {
    assert.throws(() => whatMatters(survey, none as never), {
      name: "InputError",
      message: /takes what is to be explained, and by what: whatMatters\(survey, \{ outcome/,
    });
  }
  assert.throws(() => priorityMap(found, { titel: "x" } as never), /Is "title" meant\?/);
});
