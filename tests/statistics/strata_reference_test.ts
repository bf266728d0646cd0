import assert from "node:assert/strict";
import type { Survey } from "../../lib/responses/survey.ts";
import { countAnswers } from "../../lib/statistics/count_answers.ts";
import { baseOf, countOf, type Counts } from "../../lib/statistics/counts.ts";
import { crossTable } from "../../lib/statistics/cross_table.ts";
import {
  addUp,
  countedShare,
  differenceOfOverlapping,
  differenceOfQuestions,
  differenceOfShares,
  differenceOfWaves,
  groupAgainstRest,
} from "../../lib/statistics/difference_of_shares.ts";
import {
  designEffect,
  type Difference,
  kornGraubardInterval,
  logitInterval,
} from "../../lib/statistics/intervals.ts";
import { shareVariance } from "../../lib/statistics/linearised_variance.ts";
import {
  addPeople,
  differenceOfMeans,
  meanOf,
  quantileInterval,
} from "../../lib/statistics/means.ts";
import { peopleOf } from "../../lib/statistics/number_estimates.ts";
import { trendTest } from "../../lib/statistics/outcome.ts";
import { ordinalAssociation, tableAssociation } from "../../lib/statistics/table_association.ts";
import { raoScottTest, standardisedResiduals } from "../../lib/statistics/table_tests.ts";
import { assertClose, readReference } from "../reference/read_reference.ts";
import { makeSurvey, withoutHiding } from "./make_survey.ts";
import { rakedTo } from "./stratified_share.ts";

interface Own {
  share: number;
  variance: number;
  logit: [number, number];
  beta: [number, number];
  deff: number;
}
interface Tested {
  difference: number;
  statistic: number;
  p: number;
  low: number;
  high: number;
}
interface Measured {
  estimate: number;
  se: number;
  interval: [number, number];
}
/** What is told of a sample, stratified or raked. */
interface Told {
  genders: Tested;
  rest: Tested;
  roles: Tested;
  of_questions: Tested;
  /** Null where R finds the table singular. */
  test: { statistic: number; df: number; df2: number; p: number } | null;
  measures: { gamma: Measured; tau_b: Measured };
  residuals: number[][];
  /** Of the groups with people, 1 to 5. */
  trend: { groups: number[]; slope: number; z: number };
  mean: { value: number; se: number; df: number };
  mean_rest: { difference: number; half: number; p: number };
  /** With the ends of its interval. */
  median: [number, number, number];
}
interface Reference {
  seed: number;
  tenure: number[];
  gender: number[];
  age_group: number[];
  serves_politicians: number[];
  makes_decisions: number[];
  wellbeing: number[];
  pressure_change: number[];
  weights: number[];
  population: number[] | null;
  everybody: Own | null;
  women: Own | null;
  told: Told;
  raked: Own;
  raked_young: Own;
  raked_told: Told;
}

const reference = readReference<Reference[]>("strata");
const tenures = ["years_0_2", "years_3_5", "years_6_10", "years_11_plus"] as const;
const agree = ["strongly_agree", "agree"];
const often = ["very_often", "often", "once_in_a_while"];
const steps = ["strongly_agree", "agree", "neither", "disagree", "strongly_disagree"];

/** To two margins; of weights that are far apart to one. */
function rakedOf(each: Reference): Survey {
  const margins = {
    gender: { woman: 0.45, man: 0.55 },
    ...each.seed % 5 > 0 &&
      { age_group: { age_25_39: 0.25, age_40_54: 0.35, age_55_plus: 0.4 } },
  };
  const start = Float64Array.from(each.weights);
  return rakedTo(surveyOf(each), margins, start, { tolerance: 1e-14, rounds: 10_000 });
}

/** Each sample as it was drawn and as it was raked, with what R tells of it. */
function* samples(): Generator<{ what: string; survey: Survey; told: Told }> {
  for (const each of reference) {
    yield { what: `${each.seed}`, survey: surveyOf(each), told: each.told };
    yield { what: `${each.seed} raked`, survey: rakedOf(each), told: each.raked_told };
  }
}

function surveyOf({ weights, population, seed: _, ...columns }: Reference): Survey {
  const { tenure, gender, age_group, wellbeing, pressure_change } = columns;
  const { serves_politicians, makes_decisions } = columns;
  const survey = makeSurvey(
    {
      tenure,
      gender,
      age_group,
      wellbeing,
      pressure_change,
      serves_politicians,
      makes_decisions,
    },
    weights.some((weight) => weight !== 1) ? weights : null,
  );
  const invited = population &&
    Object.fromEntries(population.map((size, i) => [tenures[i]!, size]));
  const strata = { variable: "tenure", ...invited && { invited } };
  const study = { ...survey.codebook.study, strata };
  // R hides nothing.
  return withoutHiding({ ...survey, codebook: { ...survey.codebook, study } });
}

function assertTested(own: Difference, other: Tested, what: string): void {
  assertClose(own.difference, other.difference, 1e-9, `${what}: difference`);
  assertClose(own.statistic, other.statistic, 1e-8, `${what}: statistic`);
  assertClose(own.pValue, other.p, 1e-7, `${what}: p`);
  assertClose(own.low + 2, other.low + 2, 1e-9, `${what}: low`);
  assertClose(own.high + 2, other.high + 2, 1e-9, `${what}: high`);
}

Deno.test("Shares, intervals and design effects over strata and of raked weights agree with survey of R", () => {
  let compared = 0;
  for (const each of reference) {
    const [survey, raked] = [surveyOf(each), rakedOf(each)];
    const women = { gender: ["woman"] }, young = { age_group: ["age_25_39"] };
    for (
      const [of, within, other] of [
        [survey, {}, each.everybody],
        [survey, women, each.women],
        [raked, {}, each.raked],
        [raked, young, each.raked_young],
      ] as const
    ) {
      const what = `${each.seed} ${Object.keys(within)} ${of === raked ? "raked" : ""}`;
      const counts = countAnswers(of, "wellbeing", { within });
      const [part, base] = [countOf(counts, null, agree), baseOf(counts)];
      if (other === null || part.n === 0 || part.n === base.n) continue;
      const { sample } = counts;
      assertClose(part.w / base.w, other.share, 1e-9, `${what}: share`);
      assertClose(shareVariance(part, base, sample), other.variance, 1e-9, `${what}: variance`);
      const logit = logitInterval(part, base, sample)!;
      assertClose(logit.low, other.logit[0], 1e-9, `${what}: logit`);
      assertClose(logit.high, other.logit[1], 1e-9, `${what}: logit`);
      const beta = kornGraubardInterval(part, base, sample);
      assertClose(beta.low, other.beta[0], 1e-9, `${what}: beta`);
      assertClose(beta.high, other.beta[1], 1e-9, `${what}: beta`);
      assertClose(designEffect(part, base, sample), other.deff, 1e-9, `${what}: design effect`);
      compared++;
    }
  }
  assert.ok(compared > 140, `${compared}`);
});

Deno.test("Differences over strata and of raked weights have the score test and interval of R", () => {
  for (const { what, survey, told } of samples()) {
    const genders = countAnswers(survey, "wellbeing", { by: "gender" });
    assertTested(
      differenceOfShares(
        countedShare(genders, "woman", agree),
        countedShare(genders, "man", agree),
      ),
      told.genders,
      `${what} genders`,
    );
    const ages = countAnswers(survey, "wellbeing", { by: "age_group" });
    assertTested(groupAgainstRest(ages, "age_25_39", agree), told.rest, `${what} rest`);
    assertTested(rolesOf(survey), told.roles, `${what} roles`);
    const [first, second] = ["wellbeing", "pressure_change"].map((name) =>
      countAnswers(survey, name)
    ) as [Counts, Counts];
    const together = countAnswers(survey, "pressure_change", { by: "wellbeing" });
    assertTested(
      differenceOfQuestions(first, agree, second, often, together),
      told.of_questions,
      `${what} questions`,
    );
  }
});

function rolesOf(survey: Survey): Difference {
  const deciders = countAnswers(survey, "wellbeing", {
    by: "serves_politicians",
    within: { makes_decisions: ["yes"] },
  });
  const servers = countAnswers(survey, "wellbeing", {
    by: "makes_decisions",
    within: { serves_politicians: ["yes"] },
  });
  const part = (counts: Counts, group: string) => ({
    part: addUp([countOf(counts, group, agree)]),
    base: addUp([baseOf(counts, group)]),
  });
  return differenceOfOverlapping(
    part(deciders, "no"),
    part(deciders, "yes"),
    part(servers, "no"),
    deciders.sample,
  );
}

Deno.test("Tables over strata and of raked weights have the tests, measures and residuals of R", () => {
  let compared = 0;
  for (const { what, survey, told } of samples()) {
    const counts = countAnswers(survey, "wellbeing", { by: "pressure_change" });
    const table = crossTable(counts, { answers: steps });
    const own = raoScottTest(table);
    standardisedResiduals(table).forEach((row, i) =>
      row.forEach((z, j) => {
        const off = Math.abs(z! - told.residuals[i]![j]!);
        assert.ok(z !== null && off < 1e-9, `${what}: residual ${i} ${j}`);
      })
    );
    const { gamma, tauB } = ordinalAssociation(table);
    const { measures, test } = told;
    for (const [measure, there] of [[gamma, measures.gamma], [tauB, measures.tau_b]] as const) {
      assertClose(measure!.estimate, there.estimate, 1e-9, `${what}`);
      assertClose(measure!.se, there.se, 1e-9, `${what}: se`);
      assertClose(measure!.low, there.interval[0], 1e-9, `${what}: low`);
      assertClose(measure!.high, there.interval[1], 1e-9, `${what}: high`);
    }
    assert.equal(tableAssociation(survey, "pressure_change", "wellbeing")!.test?.kind, "rao_scott");
    if (test === null || own === null) {
      assert.ok(own!.pValue >= 0 && own!.pValue <= 1, `${what}: where R finds it singular`);
      continue;
    }
    compared++;
    assertClose(own.statistic, test.statistic, 1e-9, `${what}: F`);
    assertClose(own.df, test.df, 1e-9, `${what}: df`);
    assertClose(own.df2, test.df2, 1e-9, `${what}: df2`);
    assertClose(own.pValue, test.p, 1e-7, `${what}: p`);
  }
  assert.ok(compared > 70, `${compared}`);
});

Deno.test("Trends, means and medians over strata and of raked weights are those of R", () => {
  for (const { what, survey, told: { trend, mean, mean_rest, median } } of samples()) {
    const by = countAnswers(survey, "wellbeing", { by: "pressure_change" });
    const groups = trend.groups.map((group) => by.groups[group - 1]!);
    const { slope, statistic } = trendTest(by, groups, agree);
    assertClose(slope, trend.slope, 1e-9, `${what}: slope`);
    assertClose(statistic, trend.z, 1e-9, `${what}: z`);
    const counts = countAnswers(survey, "wellbeing");
    const values = [1, 2, 3, 4, 5, NaN, NaN, NaN];
    const people = peopleOf({ counts, values }, null);
    const own = meanOf(people, counts.sample);
    assertClose(own.mean, mean.value, 1e-9, `${what}: mean`);
    assertClose(Math.sqrt(own.variance!), mean.se, 1e-9, `${what}: its error`);
    assert.equal(own.df, mean.df, what);
    const ages = countAnswers(survey, "wellbeing", { by: "age_group" });
    const [young, ...others] = ages.groups.slice(0, 3).map((group) =>
      peopleOf({ counts: ages, values }, group)
    );
    const { sample } = ages;
    const found = differenceOfMeans(
      { people: young!, sample },
      { people: addPeople(others), sample },
      true,
    );
    assertClose(found.difference, mean_rest.difference, 1e-9, `${what}: difference of means`);
    assertClose((found.high - found.low) / 2, mean_rest.half, 1e-9, `${what}: half its interval`);
    assertClose(found.pValue, mean_rest.p, 1e-8, `${what}: its p`);
    const { value, low, high } = quantileInterval(people, 0.5, counts.sample);
    assert.deepEqual([value, low?.value, high?.value], median, `${what}: median`);
  }
});

Deno.test("differenceOfWaves() over strata takes the waves as independent, whoever answered twice", () => {
  const survey = surveyOf(reference[2]!);
  const share = () => countedShare(countAnswers(survey, "wellbeing"), null, agree);
  const [now, before] = [share(), share()];
  const { n } = now.base;
  const agreed = now.part.n;
  const people = (n: number) => ({ n, ww: n });
  const overlap = {
    both: people(agreed),
    onlyNow: people(0),
    onlyBefore: people(0),
    neither: people(n - agreed),
  };
  assert.deepEqual(
    differenceOfWaves(now, before, overlap),
    differenceOfWaves(now, before),
  );
});
