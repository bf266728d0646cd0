import assert from "node:assert/strict";
import {
  addUp,
  countedShare,
  differenceOfOverlapping,
  differenceOfQuestions,
  differenceOfShares,
  groupAgainstRest,
} from "../../lib/statistics/difference_of_shares.ts";
import { countAnswers } from "../../lib/statistics/count_answers.ts";
import { baseOf, countOf, type Counts } from "../../lib/statistics/counts.ts";
import { crossTable } from "../../lib/statistics/cross_table.ts";
import { differenceOfWaves } from "../../lib/statistics/difference_of_waves.ts";
import { ordinalAssociation } from "../../lib/statistics/ordinal_association.ts";
import { raoScottTest } from "../../lib/statistics/table_tests.ts";
import { tableAssociation } from "../../lib/statistics/table_association.ts";
import {
  designEffect,
  kornGraubardInterval,
  logitInterval,
} from "../../lib/statistics/weighted_intervals.ts";
import { shareVariance } from "../../lib/statistics/linearised_variance.ts";
import type { Survey } from "../../lib/responses/survey.ts";
import type { Difference } from "../../lib/statistics/score_interval.ts";
import { assertClose, readReference } from "../reference/read_reference.ts";
import { rakedTo, shareIn } from "./stratified_share.ts";
import { makeSurvey, withoutHiding } from "./make_survey.ts";

interface Own {
  df: number;
  share: number;
  variance: number;
  logit: [number, number];
  beta: [number, number];
  deff: number;
}
interface Tested {
  difference: number;
  statistic: number;
  low: number;
  high: number;
}
interface Measured {
  estimate: number;
  se: number;
  interval: [number, number];
}
interface Raked {
  share: number;
  variance: number;
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
  genders: Tested;
  rest: Tested;
  roles: Tested;
  of_questions: Tested;
  /** Null where R finds the table singular. */
  test: { statistic: number; df: number; df2: number; p: number } | null;
  measures: { gamma: Measured; tau_b: Measured };
  raked: Raked;
  raked_young: Raked;
}

const reference = readReference<Reference[]>("strata");
const tenures = ["years_0_2", "years_3_5", "years_6_10", "years_11_plus"] as const;
const agree = ["strongly_agree", "agree"];
const often = ["very_often", "often", "once_in_a_while"];
const steps = ["strongly_agree", "agree", "neither", "disagree", "strongly_disagree"];

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
  assertClose(own.low + 2, other.low + 2, 1e-9, `${what}: low`);
  assertClose(own.high + 2, other.high + 2, 1e-9, `${what}: high`);
}

Deno.test("Intervals and design effects over strata agree with survey of R", () => {
  let compared = 0;
  for (const each of reference) {
    const survey = surveyOf(each);
    for (const who of ["everybody", "women"] as const) {
      const other = each[who];
      if (other === null) continue;
      const within = who === "women" ? { gender: ["woman"] } : {};
      const counts = countAnswers(survey, "wellbeing", { within });
      const [part, base] = [countOf(counts, null, agree), baseOf(counts)];
      const what = `${each.seed} ${who}`;
      const { sample } = counts;
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
  assert.ok(compared > 25, `${compared}`);
});

Deno.test("Differences over strata have the score test and interval of R", () => {
  for (const each of reference) {
    const survey = surveyOf(each);
    const genders = countAnswers(survey, "wellbeing", { by: "gender" });
    assertTested(
      differenceOfShares(
        countedShare(genders, "woman", agree),
        countedShare(genders, "man", agree),
      ),
      each.genders,
      `${each.seed} genders`,
    );
    const ages = countAnswers(survey, "wellbeing", { by: "age_group" });
    assertTested(groupAgainstRest(ages, "age_25_39", agree), each.rest, `${each.seed} rest`);
    assertTested(rolesOf(survey), each.roles, `${each.seed} roles`);
    const [first, second] = ["wellbeing", "pressure_change"].map((name) =>
      countAnswers(survey, name)
    ) as [Counts, Counts];
    const together = countAnswers(survey, "pressure_change", { by: "wellbeing" });
    assertTested(
      differenceOfQuestions(first, agree, second, often, together),
      each.of_questions,
      `${each.seed} questions`,
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

Deno.test("Tables over strata have Rao and Scott's test and the measures of R", () => {
  let compared = 0;
  for (const each of reference) {
    const survey = surveyOf(each);
    const counts = countAnswers(survey, "wellbeing", { by: "pressure_change" });
    const table = crossTable(counts, { answers: steps });
    const { test: other, measures, seed } = each;
    const own = raoScottTest(table);
    if (other === null || own === null) {
      assert.ok(own!.pValue >= 0 && own!.pValue <= 1, `${seed}: where R finds it singular`);
      continue;
    }
    compared++;
    assertClose(own.statistic, other.statistic, 1e-9, `${seed}: F`);
    assertClose(own.df, other.df, 1e-9, `${seed}: df`);
    assertClose(own.df2, other.df2, 1e-9, `${seed}: df2`);
    assertClose(own.pValue, other.p, 1e-7, `${seed}: p`);
    const { gamma, tauB } = ordinalAssociation(table);
    for (const [measure, there] of [[gamma, measures.gamma], [tauB, measures.tau_b]] as const) {
      assertClose(measure!.estimate, there.estimate, 1e-9, `${seed}`);
      assertClose(measure!.se, there.se, 1e-9, `${seed}: se`);
      assertClose(measure!.low, there.interval[0], 1e-9, `${seed}: low`);
      assertClose(measure!.high, there.interval[1], 1e-9, `${seed}: high`);
    }
    assert.equal(tableAssociation(survey, "pressure_change", "wellbeing")!.test?.kind, "rao_scott");
  }
  assert.ok(compared > 12, `${compared}`);
});

Deno.test("shares under raked weights over strata agree with calibrate() of R", () => {
  const margins = { gender: { woman: 0.45, man: 0.55 } };
  for (const each of reference) {
    const survey = surveyOf(each);
    const start = Float64Array.from(each.weights);
    const raked = rakedTo(survey, margins, start);
    for (
      const [other, within] of [
        [each.raked, {}],
        [each.raked_young, { age_group: ["age_25_39"] }],
      ] as const
    ) {
      const own = shareIn(raked, "wellbeing", agree, within);
      assert.ok(own !== null, `${each.seed}`);
      assertClose(own.share, other.share, 1e-9, `${each.seed}: share`);
      if (other.share > 1e-12 && other.share < 1 - 1e-12) {
        assertClose(own.variance, other.variance, 1e-9, `${each.seed}: variance`);
      }
    }
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
