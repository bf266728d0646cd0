import { InputError } from "../../responses/input_error.ts";
import type { Survey } from "../../responses/survey.ts";
import { stepsOf } from "../column.ts";
import { peopleShown } from "../count_answers.ts";
import { sumOf } from "../cross_table.ts";
import { type Domain, domainCodes } from "../domain.ts";
import type { Matrix } from "../matrix.ts";
import { sampleOf } from "../sample.ts";
import { scoreColumn } from "./analysis_frame.ts";
import { bootstrapReplicates } from "./replicate_weights.ts";

/** Which answers an outcome is put beside, by codebook ids of what has ordered categories. */
interface ImportancePlan {
  readonly outcome: string;
  readonly predictors: readonly string[];
}

export interface ImportanceOptions {
  /** How often the sample is drawn anew for the intervals; 1,000 by default. */
  readonly replicates?: number;
  readonly seed?: number;
  readonly within?: Domain;
}

/** A number with the ends of its percentile interval, at the codebook's confidence. */
interface Ranged {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What one predictor carries of what all of them explain. */
export interface Importance {
  readonly variable: string;
  /** Of R², 0 to 1; those of all predictors add up to 1. */
  readonly share: Ranged;
  /** With the outcome, over the same people. */
  readonly correlation: Ranged;
  /** The mean answer as an index, 0 to 100; turned round where more of it goes with less of the outcome. */
  readonly score: Ranged;
  /** Whether the score is turned round: its correlation is below 0. */
  readonly isTurned: boolean;
  /**
   * Where it stands on a map of shares against scores, by their means: it carries much and has a low
   * score (`priority`) or a high one (`strength`), or little and a low one (`watch`) or a high one
   * (`maintain`). Null where an interval reaches across, or its correlation's reaches 0.
   */
  readonly place: "priority" | "strength" | "watch" | "maintain" | null;
}

export interface RelativeImportance {
  /**
   * `estimated`; or why there are no rows: `too_few` people for as many predictors; `constant`:
   * everybody answered something alike; `collinear`: a predictor follows from others; `needs_rows`.
   */
  readonly status: "estimated" | "too_few" | "constant" | "collinear" | "needs_rows";
  readonly plan: ImportancePlan;
  /** People with an answer to everything, "don't know" being none; NaN where `peopleShown()` says so. */
  readonly n: number;
  readonly weighted: boolean;
  /** What all predictors explain of the outcome. */
  readonly rSquared: Ranged;
  /** From the one that carries most. */
  readonly rows: readonly Importance[];
  /** The predictor that carries most in so many of the samples as the confidence; otherwise null. */
  readonly first: string | null;
  readonly replicates: number;
}

/** As many people as that for each predictor. */
const PEOPLE_EACH = 10;
/** There are 2ᵏ subsets of k predictors. */
const MOST_PREDICTORS = 12;
const NOTHING: Ranged = { value: NaN, low: NaN, high: NaN };

/**
 * What matters most for an answer: the R² of a linear regression on other answers, shared out among
 * them. Needs rows.
 *
 * Each gets what it adds to R², averaged over all orders in which they can be put in (Shapley, LMG), which
 * does not say what causes what. Answers are numbers, or count by their place
 * on their scale at equal distances, of those who answered everything; "don't know" is no answer here.
 * People count by their weights.
 *
 * Intervals are percentiles of Rao and Wu's bootstrap over the strata, weights being raked anew where
 * they were raked (of up to 50,000 respondents), without finite population correction: an association is
 * said of such people in general.
 * With 1,000 samples the tail beyond an end is 2.5 ± 1 per cent (twice its Monte Carlo error).
 *
 * In R: `relaimpo::calc.relimp(type = "lmg", weights =)`.
 * Source: R. H. Lindeman, P. F. Merenda & R. Z. Gold (1980), Introduction to Bivariate and Multivariate
 * Analysis, 119–127; U. Grömping (2007), The American Statistician 61, 139–147.
 *
 * @throws {InputError} Where a name is not there, is there twice, or has no order of its categories.
 */
export function relativeImportance(
  survey: Survey,
  plan: ImportancePlan,
  { replicates = 1000, seed = 1, within = {} }: ImportanceOptions = {},
): RelativeImportance {
  const names = [plan.outcome, ...plan.predictors];
  requireNames(names);
  const { confidence, weighted } = sampleOf(survey);
  const none = (status: RelativeImportance["status"], n = NaN): RelativeImportance => ({
    ...{ status, plan, n, weighted, rSquared: NOTHING, rows: [], first: null },
    replicates: 0,
  });
  if (survey.counted) return none("needs_rows");
  const { rows, scores } = completeCases(survey, names, within);
  const shown = peopleShown(survey, names, rows.length, within);
  const k = plan.predictors.length;
  if (shown === null || rows.length < PEOPLE_EACH * k) return none("too_few");
  const sums = (weights: Float64Array | null) => sumsOf(rows, scores, weights, null)[0]!;
  const found = sharedOut(sums(survey.weights));
  if (typeof found === "string") return none(found, shown);

  const { weightsOf, drawn } = bootstrapReplicates(survey, { replicates, finite: false, seed });
  const byUnit = drawn && sumsOf(rows, scores, survey.weights, drawn.of);
  const samples = Array.from({ length: replicates }, (_, r) => {
    if (!byUnit) return sharedOut(sums(weightsOf(r)));
    const all = new Float64Array(byUnit[0]!.length);
    drawn.factorsOf(r).forEach((factor, unit) => {
      const own = byUnit[unit]!;
      for (let at = 0; at < all.length; at++) all[at]! += factor * own[at]!;
    });
    return sharedOut(all);
  }).filter((sample) => typeof sample !== "string");
  const ranged = (get: (sample: SharedOut) => number): Ranged => {
    const sorted = samples.map(get).sort((a, b) => a - b);
    const tail = (1 - confidence) / 2;
    return { value: get(found), low: quantile(sorted, tail), high: quantile(sorted, 1 - tail) };
  };
  const turned = found.correlations.map((correlation) => correlation < 0);
  const scoresOf = ({ means }: SharedOut) =>
    turned.map((isTurned, j) => {
      const index = means[j + 1]!;
      return isTurned ? 100 - index : index;
    });
  const carried = plan.predictors.map((variable, j): Importance => {
    const share = ranged(({ shares }) => shares[j]!);
    const correlation = ranged(({ correlations }) => correlations[j]!);
    // The score less the mean of all predictors' scores.
    const apart = ranged((sample) => {
      const scores = scoresOf(sample);
      return scores[j]! - sumOf(scores) / k;
    });
    return {
      ...{ variable, share, correlation, isTurned: turned[j]! },
      score: ranged((sample) => scoresOf(sample)[j]!),
      place: placeOf(sideOf(share, 1 / k), sideOf(apart, 0), sideOf(correlation, 0)),
    };
  });
  const often = plan.predictors.find((_, j) =>
    samples.filter(({ shares }) => shares[j] === Math.max(...shares)).length >=
      confidence * replicates
  );
  return {
    ...none("estimated", shown),
    rSquared: ranged(({ rSquared }) => rSquared),
    rows: carried.sort((a, b) => b.share.value - a.share.value),
    first: often ?? null,
    replicates: samples.length,
  };
}

/** On which side of a value an interval is; 0 where it reaches across. */
function sideOf({ low, high }: Ranged, value: number): -1 | 0 | 1 {
  return low > value ? 1 : high < value ? -1 : 0;
}

function placeOf(carries: number, score: number, direction: number): Importance["place"] {
  if (carries === 0 || score === 0 || direction === 0) return null;
  return carries > 0 ? score < 0 ? "priority" : "strength" : score < 0 ? "watch" : "maintain";
}

function requireNames(names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new InputError(`"${twice}" is named twice.`);
  if (names.length < 3 || names.length > MOST_PREDICTORS + 1) {
    throw new InputError(
      `Give 2 to ${MOST_PREDICTORS} predictors, not ${names.length - 1}.`,
    );
  }
}

/** Those who answered everything, and their answers as indices: by column, then by respondent. */
function completeCases(survey: Survey, names: readonly string[], within: Domain) {
  const inside = domainCodes(survey, within);
  const scores = names.map((name) => indexOf(survey, name));
  const rows: number[] = [];
  for (let i = 0; i < survey.source.respondents; i++) {
    if (inside?.[i] !== 0 && scores.every((column) => !Number.isNaN(column[i]!))) rows.push(i);
  }
  return { rows, scores };
}

/** Each answer as an index from 0 to 100, by its place on its scale or as the number it is; or NaN. */
function indexOf(survey: Survey, name: string): Float64Array {
  const { column, score } = scoreColumn(survey, name);
  const own = survey.numbers?.get(name);
  const { min, max } = survey.codebook.questions[name]!.numbers ?? { min: 0, max: 1 };
  if (own) return own.map((value) => 100 * (value - min) / (max - min));
  const steps = stepsOf(column).length;
  return Float64Array.from(column.codes, (code) => {
    const step = score[code]!;
    return step > 0 ? 100 * (step - 1) / (steps - 1) : NaN;
  });
}

interface SharedOut {
  readonly rSquared: number;
  /** Of R², by predictor. */
  readonly shares: readonly number[];
  readonly correlations: readonly number[];
  /** Mean scores, the outcome's first. */
  readonly means: readonly number[];
}

function sharedOut(sums: Float64Array): SharedOut | "constant" | "collinear" {
  const { means, correlations } = correlationsOf(sums);
  if (correlations.flat().some(Number.isNaN)) return "constant";
  const shared = shapleyShares(correlations);
  if (shared === null) return "collinear";
  const rSquared = sumOf(shared);
  return {
    rSquared,
    shares: shared.map((each) => each / rSquared),
    correlations: correlations[0]!.slice(1),
    means,
  };
}

/**
 * Sums of products w·xₐ·x_b of the scores with a 1 before them, a ≤ b, row by row: by unit, or of all
 * for null.
 */
function sumsOf(
  rows: readonly number[],
  scores: readonly Float64Array[],
  weights: Float64Array | null,
  units: Uint32Array | null,
): Float64Array[] {
  const width = scores.length + 1;
  const count = units === null ? 1 : units.reduce((most, unit) => Math.max(most, unit), 0) + 1;
  const sums = Array.from({ length: count }, () => new Float64Array(width * (width + 1) / 2));
  const x = new Float64Array(width).fill(1);
  for (const i of rows) {
    const own = sums[units?.[i] ?? 0]!;
    const weight = weights?.[i] ?? 1;
    scores.forEach((score, a) => x[a + 1] = score[i]!);
    let at = 0;
    for (let a = 0; a < width; a++) {
      for (let b = a; b < width; b++) own[at++]! += weight * x[a]! * x[b]!;
    }
  }
  return sums;
}

/** Weighted means, and correlations; NaN where one does not vary. */
function correlationsOf(sums: Float64Array): { means: number[]; correlations: Matrix } {
  const width = (Math.sqrt(8 * sums.length + 1) - 1) / 2;
  const [total = NaN, ...first] = sums.subarray(0, width);
  const means = first.map((sum) => sum / total);
  let at = width;
  const covariances = means.map((): number[] => means.map(() => 0));
  for (let a = 0; a < means.length; a++) {
    for (let b = a; b < means.length; b++) {
      covariances[a]![b] = covariances[b]![a] = sums[at++]! / total - means[a]! * means[b]!;
    }
  }
  const deviations = covariances.map((row, a) => row[a]! > 1e-12 ? Math.sqrt(row[a]!) : NaN);
  const correlations = covariances.map((row, a) =>
    row.map((value, b) => a === b ? value / value : value / deviations[a]! / deviations[b]!)
  );
  return { means, correlations };
}

/** What is left of a predictor's variance when others explain the rest of it. */
const LEAST_LEFT = 1e-10;

/**
 * What each predictor adds to R², averaged over all orders: R² of every subset, one predictor after
 * the other being swept out of the correlations. The outcome comes first; null where one follows from
 * others.
 */
export function shapleyShares(correlations: Matrix): number[] | null {
  const k = correlations.length - 1;
  const explained = new Float64Array(2 ** k);
  let isWhole = true;
  const sweep = (subset: number, from: number, left: Matrix) => {
    for (let j = from; j < k; j++) {
      const row = left[j + 1]!;
      const own = row[j + 1]!;
      if (own < LEAST_LEFT) isWhole = false;
      const larger = subset | 1 << j;
      explained[larger] = explained[subset]! + row[0]! ** 2 / own;
      if (j + 1 === k) continue;
      sweep(
        larger,
        j + 1,
        left.map((each) => each.map((v, b) => v - each[j + 1]! * row[b]! / own)),
      );
    }
  };
  sweep(0, 0, correlations);
  if (!isWhole) return null;
  const factorial = (n: number): number => n < 2 ? 1 : n * factorial(n - 1);
  const weightOf = Array.from(
    { length: k },
    (_, size) => factorial(size) * factorial(k - 1 - size) / factorial(k),
  );
  return Array.from({ length: k }, (_, j) => {
    let sum = 0;
    for (let subset = 0; subset < explained.length; subset++) {
      if ((subset >> j & 1) === 1) continue;
      let size = 0;
      for (let rest = subset; rest > 0; rest &= rest - 1) size++;
      sum += weightOf[size]! * (explained[subset | 1 << j]! - explained[subset]!);
    }
    return sum;
  });
}

/** A quantile of sorted numbers, as `quantile()` in R. */
function quantile(sorted: readonly number[], p: number): number {
  const at = (sorted.length - 1) * p;
  const [below, above] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
  return below + (at - Math.floor(at)) * (above - below);
}
