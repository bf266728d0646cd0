import assert from "node:assert/strict";
import fc from "fast-check";
import { breakdowns } from "../../../lib/statistics/estimates.ts";
import { countAnswers, countPairs } from "../../../lib/statistics/count_answers.ts";
import type { Domain } from "../../../lib/statistics/domain.ts";
import { type Counts, NO_ANSWER_ID, NOT_ASKED_ID } from "../../../lib/statistics/counts.ts";
import { shownOf } from "../../../lib/statistics/disclosure/suppress.ts";
import { categoriesOf } from "../../../lib/responses/codebook.ts";
import { NO_ANSWER, NOT_ASKED, type Survey } from "../../../lib/responses/survey.ts";
import { type Background, type Leak, recoverCounts } from "../attack/recover_counts.ts";
import { makeSurvey } from "../make_survey.ts";

interface Respondent {
  readonly gender: number;
  readonly serves_politicians: number;
  readonly makes_decisions: number;
  readonly managers_between: number;
  readonly wellbeing: number;
  readonly balance_difficult: number;
}
const [YES, NO] = [1, 2];
const BACKGROUND = ["gender", "serves_politicians", "makes_decisions", "managers_between", "role"];

/** A survey with the shipped routing and with `role`, which is made of two other variables. */
function surveyOf(people: readonly Respondent[], leastBase: number): Survey {
  const asked = ({ serves_politicians: serves }: Respondent, code: number) =>
    serves === YES ? code : serves === NO ? NOT_ASKED : NO_ANSWER;
  const role = ({ serves_politicians: serves, makes_decisions: makes }: Respondent) =>
    serves === NO_ANSWER || makes === NO_ANSWER
      ? NO_ANSWER
      : serves === YES
      ? makes === YES ? 2 : 1
      : makes === YES
      ? 3
      : 4;
  const survey = makeSurvey({
    gender: people.map(({ gender }) => gender),
    serves_politicians: people.map(({ serves_politicians }) => serves_politicians),
    makes_decisions: people.map(({ makes_decisions }) => makes_decisions),
    managers_between: people.map((one) => asked(one, one.managers_between)),
    role: people.map(role),
    wellbeing: people.map(({ wellbeing }) => wellbeing),
    balance_difficult: people.map((one) => asked(one, one.balance_difficult)),
  });
  const disclosure = { least_base: leastBase, least_others: 0 };
  return { ...survey, codebook: { ...survey.codebook, disclosure } };
}

/** Codes from 1 to k, the later ones rare, and now and then none. */
function skewed(k: number, none = 1): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: none, arbitrary: fc.constant(NO_ANSWER) },
    ...Array.from({ length: k }, (_, i) => ({
      weight: i === 0 ? 40 : i === 1 ? 16 : 5,
      arbitrary: fc.constant(i + 1),
    })),
  );
}

const anyone = (none: number): fc.Arbitrary<Respondent> =>
  fc.record({
    gender: skewed(2, none),
    serves_politicians: skewed(2, none),
    makes_decisions: skewed(2, none),
    managers_between: skewed(4, none),
    wellbeing: skewed(3),
    balance_difficult: skewed(3),
  });

const small = fc.tuple(fc.constantFrom(0, 1, 3), fc.integer({ min: 3, max: 10 })).chain((
  [none, leastBase],
) =>
  fc.record({
    people: fc.array(anyone(none), { minLength: 12, maxLength: 90, size: "max" }),
    leastBase: fc.constant(leastBase),
  })
);

/** Every background that the routing allows. */
const POSSIBLE: readonly Background[] = (() => {
  const all: Respondent[] = [];
  for (const gender of [0, 1, 2]) {
    for (const serves_politicians of [0, 1, 2]) {
      for (const makes_decisions of [0, 1, 2]) {
        for (const managers_between of serves_politicians === YES ? [0, 1, 2, 3, 4] : [0]) {
          const background = { gender, serves_politicians, makes_decisions, managers_between };
          all.push({ ...background, wellbeing: 1, balance_difficult: 1 });
        }
      }
    }
  }
  const survey = surveyOf(all, 1);
  return all.map((_, i) => backgroundOf(survey, i));
})();

function backgroundOf({ codebook, codes }: Survey, i: number): Background {
  return Object.fromEntries(BACKGROUND.map((variable) => {
    const code = codes.get(variable)![i]!;
    if (code === NO_ANSWER) return [variable, NO_ANSWER_ID];
    if (code === NOT_ASKED) return [variable, NOT_ASKED_ID];
    return [variable, Object.keys(categoriesOf(codebook, variable)!)[code - 1]!];
  }));
}

/** Everything that a run on everyone, and one on each part, would leak of a question. */
function leaksOf(
  survey: Survey,
  question: string,
  parts: readonly Domain[],
  change: (counts: Counts) => Counts = (counts) => counts,
): Leak[] {
  const pairs = breakdowns(survey).filter(([name]) => name === question);
  const answered = [...survey.codes.get(question)!].flatMap((answer, i) =>
    answer === NO_ANSWER || answer === NOT_ASKED
      ? []
      : [{ answer, background: backgroundOf(survey, i) }]
  );
  const asked = question === "balance_difficult"
    ? POSSIBLE.filter(({ serves_politicians }) => serves_politicians !== "no")
    : POSSIBLE;
  const reports = [{}, ...parts].map((within: Domain) => ({
    tables: countPairs(survey, pairs, within).map(change),
    isIn: (background: Background) =>
      Object.entries(within).every(([variable, among]) => among.includes(background[variable]!)),
  }));
  return recoverCounts(
    reports,
    asked,
    answered,
    parts.length > 0 ? "equations" : "inequalities",
  );
}

for (const question of ["wellbeing", "balance_difficult"]) {
  Deno.test(`nothing hidden of ${question} follows from all that one run shows`, () => {
    let hid = 0;
    fc.assert(
      fc.property(small, ({ people, leastBase }) => {
        const survey = surveyOf(people, leastBase);
        assert.deepEqual(leaksOf(survey, question, []), []);
        const byRole = countAnswers(survey, question, { by: "role" });
        if (shownOf(byRole).groups.size < 4) hid++;
      }),
      { numRuns: 60 },
    );
    assert.ok(hid > 5, `only ${hid} surveys had something to hide`);
  });

  Deno.test(`nor from it and the report on a part of the respondents (${question})`, () => {
    const part = fc.constantFrom<Domain>(
      { gender: ["man"] },
      { gender: ["woman"] },
      { role: ["both"] },
      { makes_decisions: ["yes"] },
      { serves_politicians: ["yes"], gender: ["woman"] },
    );
    fc.assert(
      fc.property(small, part, ({ people, leastBase }, within) => {
        assert.deepEqual(leaksOf(surveyOf(people, leastBase), question, [within]), []);
      }),
      { numRuns: 60 },
    );
  });
}

Deno.test("the attack finds what tables give away that know nothing of each other", () => {
  const alone = ({ unions: _u, rule: _r, exposed: _e, covered: _c, ...counts }: Counts) => counts;
  const found = fc.sample(small, { numRuns: 40, seed: 5 }).flatMap(({ people, leastBase }) =>
    leaksOf(surveyOf(people, leastBase), "wellbeing", [{ gender: ["woman"] }], alone)
  );
  assert.ok(found.some(({ name }) => name.startsWith("role")), "by the sums of roles");
  assert.ok(found.some(({ name }) => name.startsWith("null")), "by a report on women");
});

Deno.test("shownOf() hides with a small group the next smallest, and no more than it takes", () => {
  const of = (sizes: number[], none = 0) => {
    const tenure = [
      ...sizes.flatMap((size, i) => new Array<number>(size).fill(i + 1)),
      ...new Array<number>(none).fill(NO_ANSWER),
    ];
    const counts = countAnswers(
      makeSurvey({ wellbeing: tenure.map(() => 1), tenure }),
      "wellbeing",
      {
        by: "tenure",
      },
    );
    return [...shownOf(counts).groups];
  };
  const [a, b, c, d] = ["years_0_2", "years_3_5", "years_6_10", "years_11_plus"];
  assert.deepEqual(of([20, 20, 20, 20]), [a, b, c, d]);
  assert.deepEqual(of([4, 30, 20, 25]), [b, d]);
  assert.deepEqual(of([4, 6, 20, 25]), [c, d], "two that are enough together");
  assert.deepEqual(of([4, 5, 20, 25]), [d]);
  assert.deepEqual(of([0, 0, 20, 25]), [c, d], "nobody has nothing to hide");
  assert.deepEqual(of([30, 20, 20, 25], 3), [a, c, d], "people without a group count too");
  assert.deepEqual(of([30, 20, 20, 25], 10), [a, b, c, d]);
  assert.deepEqual(of([3, 0, 0, 4]), []);
});
