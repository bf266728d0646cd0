import { invert, type Matrix, multiply, solve } from "../matrix.ts";
import { type Collinear, type OrdinalData, type Standard, standardise } from "./ordinal_data.ts";
import { ordinalLikelihood, scoreProducts } from "./ordinal_likelihood.ts";

export interface ProportionalOdds {
  readonly status: "converged";
  readonly names: readonly string[];
  /** One log odds ratio per name: above 0 goes with higher categories. */
  readonly coefficients: number[];
  /** One threshold between each two categories, rising. */
  readonly thresholds: number[];
  /** Of coefficients and then thresholds: the inverse of the observed information. */
  readonly covariance: Matrix;
  readonly logLikelihood: number;
  /** Newton's steps that it took. */
  readonly steps: number;
}

/** Why there is no estimate. */
export interface NoProportionalOdds {
  /**
   * `separated`: some columns tell categories apart without fail, so that no finite coefficient is
   * the most likely. `collinear`: a column follows from the others (or does not vary).
   */
  readonly status: "separated" | "collinear";
  /** The columns it is about. */
  readonly names: readonly string[];
}

/**
 * Proportional-odds (ordinal logistic) regression by maximum likelihood.
 *
 * logit P(answer ≤ k | x) = ζₖ − xβ. Newton's method on the observed information, halving steps
 * that do not raise the likelihood; it stops when a step changes no coefficient by more than 1e-10
 * of a standard deviation's effect. In R: `MASS::polr(answer ~ x, Hess = TRUE)`, which iterates to
 * about 1e-6. Source: P. McCullagh (1980), JRSS B 42, 109–142. Assumes independent people and the
 * same odds ratio at every threshold (see `brantTest()`).
 *
 * @param standard What `standardise()` made of it, or of other answers of the same people.
 * @returns The estimates, or why there are none.
 * @throws {RangeError} As `standardise()`.
 */
export function proportionalOdds(
  data: OrdinalData,
  standard: Standard | Collinear = standardise(data),
): ProportionalOdds | NoProportionalOdds {
  if ("status" in standard) return standard;
  const { names } = data;
  const k = names.length;
  const { scales } = standard;
  const own = { ...data, x: standard.x };
  let theta = [...new Array<number>(k).fill(0), ...startThresholds(data)];
  let now = ordinalLikelihood(own, theta);
  for (let steps = 1; steps <= 60; steps++) {
    const step = solve(now.information, now.score.map((value) => [value]))?.map((row) => row[0]!);
    if (step === undefined) return separation(names, theta);
    let next = theta.map((value, i) => value + step[i]!);
    let then = ordinalLikelihood(own, next);
    for (let halves = 0; !(then.value >= now.value - 1e-12 * Math.abs(now.value)); halves++) {
      if (halves > 40) return separation(names, theta);
      step.forEach((value, i) => step[i] = value / 2);
      next = theta.map((value, i) => value + step[i]!);
      then = ordinalLikelihood(own, next);
    }
    [theta, now] = [next, then];
    const largest = Math.max(
      ...step.map((value, i) => Math.abs(value) / (1 + Math.abs(theta[i]!))),
    );
    if (largest < 1e-10) {
      const covariance = invert(now.information);
      if (covariance === null) return separation(names, theta);
      const estimate = unscale(data, theta, covariance, scales);
      return { status: "converged", names, ...estimate, logLikelihood: now.value, steps };
    }
  }
  return separation(names, theta);
}

/** Where there is no maximum the coefficients grow without end: those that have grown. */
function separation(names: readonly string[], theta: readonly number[]): NoProportionalOdds {
  const most = Math.max(...names.map((_, j) => Math.abs(theta[j]!)), 0);
  const grown = names.filter((_, j) => Math.abs(theta[j]!) > Math.max(4, most / 4));
  return { status: "separated", names: grown.length > 0 ? grown : names };
}

function startThresholds({ counts, categories }: OrdinalData): number[] {
  const people = new Array<number>(categories).fill(0);
  counts.forEach((count, at) => people[at % categories]! += count);
  const total = people.reduce((a, b) => a + b, 0);
  let below = 0;
  return people.slice(0, -1).map((count) => {
    below += count;
    return Math.log(below / (total - below));
  });
}

/** The estimate of the columns as they were: ζ − Σ β(x − m)/s = (ζ + Σ βm/s) − Σ (β/s)x. */
function unscale(
  { names }: OrdinalData,
  theta: readonly number[],
  covariance: Matrix,
  scales: Standard["scales"],
): Pick<ProportionalOdds, "coefficients" | "thresholds" | "covariance"> {
  const k = names.length;
  const back = theta.map((_, i) =>
    theta.map((_, j) => {
      if (i < k) return i === j ? 1 / scales[i]!.deviation : 0;
      return j < k ? scales[j]!.mean / scales[j]!.deviation : i === j ? 1 : 0;
    })
  );
  const apply = (values: readonly number[]) =>
    back.map((row) => row.reduce((sum, value, j) => sum + value * values[j]!, 0));
  const own = apply(theta);
  const half = covariance.map(apply);
  return {
    coefficients: own.slice(0, k),
    thresholds: own.slice(k),
    covariance: theta.map((_, j) => apply(half.map((row) => row[j]!))),
  };
}

/**
 * The covariance of a proportional-odds regression whose weights are survey weights.
 *
 * The linearised ("sandwich") covariance A·m/(m−1)·Σwᵢ²uᵢuᵢᵀ·A of the scores wᵢuᵢ, with A the
 * inverse of the information; the same whatever the weights are multiplied by. Who has the same
 * pattern and answer has the same u, so that of their weights the sum of squares is enough. In R
 * `survey`: `svyolr()` on a design without finite population correction, whose A is of numerical
 * second derivatives. Source: D. A. Binder (1983), International Statistical Review 51, 279–292.
 *
 * @param squares Sums of the squared weights, where the data's counts are sums of weights.
 * @param people People in the regression, of a sample of so many `respondents`.
 * @returns Of coefficients and then thresholds.
 * @throws {RangeError} Where the sample is a single person, or less than the people.
 */
export function robustCovariance(
  data: OrdinalData,
  fit: ProportionalOdds,
  { squares, people, respondents }: {
    squares: Float64Array;
    people: number;
    respondents: number;
  },
): Matrix {
  if (!(respondents > 1 && respondents >= people)) {
    throw new RangeError(`${people} people are not within a sample of ${respondents}`);
  }
  const theta = [...fit.coefficients, ...fit.thresholds];
  const middle = scoreProducts({ ...data, counts: squares }, theta);
  const factor = respondents / (respondents - 1);
  return multiply(multiply(fit.covariance, middle), fit.covariance)
    .map((row) => row.map((value) => value * factor));
}
