import assert from "node:assert/strict";
import { share } from "../../lib/statistics/look_up.ts";
import { numberEstimates } from "../../lib/statistics/number_estimates.ts";
import { courseSurvey } from "../responses/course_survey.ts";
import {
  bootstrapReplicates,
  jackknifeReplicates,
  OWN_KINDS,
  ownReplicates,
  replicateEstimates,
  type Replicates,
} from "../../lib/statistics/rows/replicate_weights.ts";
import { rake } from "../../lib/statistics/rows/rake.ts";
import { gammaOf } from "../../lib/statistics/table_association.ts";
import type { Survey } from "../../lib/responses/survey.ts";
import { assertClose, readReference } from "../reference/read_reference.ts";
import { makeSurvey, withoutHiding } from "./make_survey.ts";

interface Measured {
  estimate: number;
  se: number;
}
type Found = Record<"share" | "women" | "gamma", Measured>;
interface Reference {
  seed: number;
  stratified: boolean;
  finite: boolean;
  stratum: number[];
  gender: number[];
  pressure: number[];
  wellbeing: number[];
  weights: number[];
  invited: number | number[];
  jackknife: Found;
  df: number;
  raked: Measured | null;
  own: {
    kind: typeof OWN_KINDS[number];
    mse: boolean;
    scales: number[] | null;
    drawn: number[][];
    found: Found;
  };
}

const reference = readReference<Reference[]>("replicates");
const TENURES = ["years_0_2", "years_3_5", "years_6_10"];

function surveyOf({ stratum, gender, pressure, wellbeing, ...drawn }: Reference): Survey {
  const isWeighted = drawn.weights.some((weight) => weight !== 1);
  const made = withoutHiding(
    makeSurvey(
      { tenure: stratum, gender, pressure_change: pressure, wellbeing },
      isWeighted ? drawn.weights : null,
    ),
  );
  const sizes = [drawn.invited].flat();
  const invited = Object.fromEntries(TENURES.map((id, i) => [id, sizes[i]!]));
  const study = {
    ...made.codebook.study,
    invited: drawn.stratified ? 1e6 : sizes[0]!,
    ...drawn.stratified && { strata: { variable: "tenure", invited } },
  };
  return { ...made, codebook: { ...made.codebook, study } };
}

const asked = (survey: Survey) => {
  const gamma = gammaOf(survey, "pressure_change", "wellbeing");
  return {
    share: share(survey, "wellbeing", { set: "agree" }).share,
    women: share(survey, "wellbeing", { set: "agree" }, { gender: "woman" }).share,
    gamma: typeof gamma === "string" ? null : gamma.value,
  };
};

function assertAs(survey: Survey, replicates: Replicates, expected: Found, what: string): void {
  const found = replicateEstimates(survey, replicates, asked);
  for (const { name, estimate, standardError } of found) {
    const { estimate: value, se } = expected[name as keyof Found];
    assertClose(estimate, value, 1e-9, `${what} ${name}`);
    // Of what does not vary R leaves some 1e-16.
    if (standardError! > 1e-9 || se > 1e-9) {
      assertClose(standardError, se, 1e-9, `${what} ${name}, standard error`);
    }
  }
}

Deno.test("the jackknife of 80 samples is that of as.svrepdesign(), with strata, domains and gamma", () => {
  for (const drawn of reference) {
    const replicates = jackknifeReplicates(surveyOf(drawn), { finite: drawn.finite });
    assertAs(surveyOf(drawn), replicates, drawn.jackknife, `sample ${drawn.seed}`);
    assert.equal(replicates.df, drawn.df);
  }
});

Deno.test("the jackknife of raked weights rakes each replicate, as calibrate() does", () => {
  let compared = 0;
  for (const drawn of reference) {
    if (drawn.raked === null) continue;
    const margins = { gender: { woman: 0.4, man: 0.6 } };
    const plain = surveyOf(drawn);
    const raked: Survey = {
      ...plain,
      weights: rake(plain, margins, plain.weights ? { start: plain.weights } : {}).weights,
      weighting: {
        ...{ by: "population", rounds: 1, trimmed: 0, before: plain.weights, start: "column" },
        population: { assumed: true, source: { da: "", en: "" }, margins },
      },
    };
    const [found] = replicateEstimates(
      raked,
      jackknifeReplicates(raked, { finite: drawn.finite }),
      (survey) => share(survey, "wellbeing", { set: "agree" }).share,
    );
    assertClose(found!.estimate, drawn.raked.estimate, 1e-9, `sample ${drawn.seed}`);
    assertClose(found!.standardError, drawn.raked.se, 1e-8, `sample ${drawn.seed}`);
    compared++;
  }
  assert(compared >= 40);
});

Deno.test("the replicate weights of a file give the variances of svrepdesign(), whatever their kind", () => {
  const kinds = new Set<string>();
  for (const drawn of reference) {
    const { kind, mse, scales, drawn: times, found } = drawn.own;
    const columns = times.map((n) => Float64Array.from(n, (n, i) => n * drawn.weights[i]!));
    const replicates = ownReplicates(surveyOf(drawn), columns, {
      ...{ kind, rho: 0.3, centre: mse ? "estimate" : "mean" },
      ...scales && { scales },
    });
    assertAs(surveyOf(drawn), replicates, found, `sample ${drawn.seed}, ${kind}`);
    kinds.add(kind);
  }
  assert.deepEqual([...kinds].sort(), [...OWN_KINDS].sort());
});

Deno.test("the bootstrap comes to the jackknife's standard error within its Monte Carlo error", () => {
  // Of a share, which the jackknife's variance is exact for; 500 replicates: 3.2 % each.
  let [outside, compared] = [0, 0];
  for (const drawn of reference.slice(0, 48)) {
    const survey = surveyOf(drawn);
    // A stratum of one varies in the jackknife alone.
    if (drawn.stratum.filter((stratum) => stratum === 3).length === 1) continue;
    const ofAgree = (survey: Survey) => share(survey, "wellbeing", { set: "agree" }).share;
    const { finite } = drawn;
    const [jackknife] = replicateEstimates(
      survey,
      jackknifeReplicates(survey, { finite }),
      ofAgree,
    );
    const [bootstrap] = replicateEstimates(
      survey,
      bootstrapReplicates(survey, { finite, replicates: 500 }),
      ofAgree,
    );
    const isRatio = survey.weights !== null;
    const off = Math.abs(bootstrap!.standardError! / jackknife!.standardError! - 1);
    compared++;
    // A ratio of two sums is not linear: with so few people the two differ by some per cent.
    if (off > (isRatio ? 0.2 : 4 * 0.032)) outside++;
  }
  assert(compared >= 40 && outside === 0, `${outside} of ${compared}`);
});

Deno.test("bootstrap weights add up to the stratum, are the seed's alone, and never below 0", () => {
  const drawn = reference.find(({ seed }) => seed === 2)!;
  const survey = { ...surveyOf(drawn), weights: null };
  const replicates = bootstrapReplicates(survey, { replicates: 50, seed: 7 });
  const same = bootstrapReplicates(survey, { replicates: 50, seed: 7 });
  const other = bootstrapReplicates(survey, { replicates: 50, seed: 8 });
  let differ = 0;
  for (let r = 49; r >= 0; r--) {
    const weights = replicates.weightsOf(r);
    assert.deepEqual(weights, same.weightsOf(r));
    differ += +(weights.join() !== other.weightsOf(r).join());
    for (const stratum of [1, 2, 3]) {
      const own = weights.filter((_, i) => drawn.stratum[i] === stratum);
      assertClose(own.reduce((a, b) => a + b), own.length, 1e-12, `stratum ${stratum}`);
      assert(own.every((weight) => weight >= 0));
    }
  }
  assert(differ > 45);
});

Deno.test("a jackknife by groups leaves every respondent out once", () => {
  const survey = withoutHiding(
    makeSurvey({ wellbeing: Array.from({ length: 103 }, (_, i) => 1 + i % 5) }),
  );
  const replicates = jackknifeReplicates(survey, { groups: 10, finite: false });
  assert.equal(replicates.scales.length, 10);
  const left = new Array(103).fill(0);
  replicates.scales.forEach((scale, r) => {
    const weights = replicates.weightsOf(r);
    assertClose(weights.reduce((a, b) => a + b), 103, 1e-12, "sum");
    assertClose(scale, 0.9, 1e-12, "scale");
    weights.forEach((weight, i) => left[i] += +(weight === 0));
  });
  assert(left.every((times) => times === 1));
});

Deno.test("what is hidden of the survey is hidden of its replicates, and nothing is NaN", () => {
  const few = makeSurvey({ gender: [1, 1, 2, 2], wellbeing: [1, 2, 3, 4] });
  const [found] = replicateEstimates(
    few,
    jackknifeReplicates(few),
    (survey) => share(survey, "wellbeing", { set: "agree" }).share,
  );
  assert.deepEqual(found, {
    ...{ name: "", estimate: null, standardError: null, low: null, high: null },
    ...{ replicates: 0, of: 4 },
  });
});

Deno.test("replicate weights that are none are refused with their place", () => {
  const survey = makeSurvey({ wellbeing: [1, 2, 3] });
  const column = Float64Array.of(1, 2, 3);
  assert.throws(
    () => ownReplicates(survey, [column, Float64Array.of(1, -2, 3)], { kind: "BRR" }),
    /Column 2 of the replicate weights has -2 in row 2/,
  );
  assert.throws(() => ownReplicates(survey, [column], { kind: "BRR" }), /two columns or more/);
  assert.throws(() => ownReplicates(survey, [column, column], { kind: "JKn" }), /Give scales/);
});

Deno.test("the jackknife of a mean is its linearised standard error, and a median's is of its interval's size", async () => {
  const survey = await courseSurvey();
  const of = (survey: Survey, statistic: string) =>
    numberEstimates(survey, "hours").find((each) => each.statistic === statistic)!;
  const bootstrap = bootstrapReplicates(survey, { replicates: 400 });
  const mean = (survey: Survey) => of(survey, "mean").value;
  const [jackknifed] = replicateEstimates(survey, jackknifeReplicates(survey), mean);
  assertClose(jackknifed!.estimate, of(survey, "mean").value, 1e-12, "mean");
  // Of a part of the sample, those who answered, a mean is a ratio.
  assertClose(jackknifed!.standardError, of(survey, "mean").se, 1e-2, "standard error");
  const { value, low, high } = of(survey, "median");
  const [median] = replicateEstimates(survey, bootstrap, (survey) => of(survey, "median").value);
  assert.equal(median!.estimate, value);
  const ratio = (median!.high! - median!.low!) / (high! - low!);
  assert(ratio > 0.5 && ratio < 2, `${ratio}`);
});
