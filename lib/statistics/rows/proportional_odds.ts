import { invert, type Matrix, solve } from "../matrix.ts";
import type { OrdinalData } from "./ordinal_data.ts";
import { ordinalLikelihood } from "./ordinal_likelihood.ts";
import { type Collinear, type Standard, standardise } from "./standardise.ts";

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
 * @param data The data.
 * @param standard What `standardise()` made of it, or of other answers of the same people.
 * @returns The estimates, or why there are none.
 * @throws {RangeError} As `requireData()`.
 */
export function proportionalOdds(
  data: OrdinalData,
  standard: Standard | Collinear = standardise(data),
): ProportionalOdds | NoProportionalOdds {
  if ("status" in standard) return standard;
  const { names, categories } = data;
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
      return covariance === null
        ? separation(names, theta)
        : unscale({ data, theta, covariance, scales, logLikelihood: now.value, steps, categories });
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

function unscale({ data, theta, covariance, scales, logLikelihood, steps, categories }: {
  data: OrdinalData;
  theta: number[];
  covariance: Matrix;
  scales: Standard["scales"];
  logLikelihood: number;
  steps: number;
  categories: number;
}): ProportionalOdds {
  const k = data.names.length;
  // ζ − Σ β(x − m)/s = (ζ + Σ βm/s) − Σ (β/s)x
  const back = theta.map((_, i) =>
    theta.map((_, j) =>
      i < k
        ? (i === j ? 1 / scales[i]!.deviation : 0)
        : j < k
        ? scales[j]!.mean / scales[j]!.deviation
        : i === j
        ? 1
        : 0
    )
  );
  const apply = (values: readonly number[]) =>
    back.map((row) => row.reduce((sum, value, j) => sum + value * values[j]!, 0));
  const own = apply(theta);
  const half = covariance.map(apply);
  const columns = theta.map((_, j) => apply(half.map((row) => row[j]!)));
  return {
    status: "converged",
    names: data.names,
    coefficients: own.slice(0, k),
    thresholds: own.slice(k, k + categories - 1),
    covariance: columns,
    logLikelihood,
    steps,
  };
}
