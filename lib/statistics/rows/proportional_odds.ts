import { invert, type Matrix, solve } from "../matrix.ts";
import { ordinalLikelihood } from "./ordinal_likelihood.ts";

/** A regression's data: one row per person. */
export interface OrdinalData {
  /** The answer of each person, 1 to `categories`, each category given by somebody. */
  readonly answers: ArrayLike<number>;
  readonly categories: number;
  /** The names of the columns of x. */
  readonly names: readonly string[];
  /** One row per person, one number per name; no constant. */
  readonly x: readonly (readonly number[])[];
  /** One weight per person (how many people the row is), or none: 1 each. */
  readonly weights?: ArrayLike<number>;
}

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
 * Proportional-odds (ordinal logistic) regression by maximum likelihood. Needs rows.
 *
 * logit P(answer ≤ k | x) = ζₖ − xβ. Newton's method on the observed information, halving steps
 * that do not raise the likelihood; it stops when a step changes no coefficient by more than 1e-10
 * of a standard deviation's effect. In R: `MASS::polr(answer ~ x, Hess = TRUE)`, which iterates to
 * about 1e-6. Source: P. McCullagh (1980), JRSS B 42, 109–142. Assumes independent people and the
 * same odds ratio at every threshold (see `brantTest()`).
 *
 * @param data The data.
 * @returns The estimates, or why there are none.
 * @throws {RangeError} Where numbers are missing, not finite or of different lengths, a category
 *   has nobody, or there are fewer than two categories.
 */
export function proportionalOdds(data: OrdinalData): ProportionalOdds | NoProportionalOdds {
  requireData(data);
  const { names, categories } = data;
  const k = names.length;
  // Columns are standardised inside: the information is then well conditioned.
  const scales = names.map((_, j) => spread(data.x.map((row) => row[j]!)));
  const flat = names.filter((_, j) => scales[j]!.deviation === 0);
  if (flat.length > 0) return { status: "collinear", names: flat };
  const x = data.x.map((row) => row.map((v, j) => (v - scales[j]!.mean) / scales[j]!.deviation));
  const dependent = dependentColumns(x, names);
  if (dependent.length > 0) return { status: "collinear", names: dependent };

  let theta = [...new Array<number>(k).fill(0), ...startThresholds(data)];
  let now = ordinalLikelihood(data, x, theta);
  for (let steps = 1; steps <= 60; steps++) {
    const step = solve(now.information, now.score.map((value) => [value]))?.map((row) => row[0]!);
    if (step === undefined) return separation(names, theta);
    let next = theta.map((value, i) => value + step[i]!);
    let then = ordinalLikelihood(data, x, next);
    for (let halves = 0; !(then.value >= now.value - 1e-12 * Math.abs(now.value)); halves++) {
      if (halves > 40) return separation(names, theta);
      step.forEach((value, i) => step[i] = value / 2);
      next = theta.map((value, i) => value + step[i]!);
      then = ordinalLikelihood(data, x, next);
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

function startThresholds({ answers, categories, weights }: OrdinalData): number[] {
  const people = new Array<number>(categories).fill(0);
  for (let i = 0; i < answers.length; i++) people[answers[i]! - 1]! += weights?.[i] ?? 1;
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
  scales: { mean: number; deviation: number }[];
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

function spread(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    mean,
    deviation: values.every((v) => v === values[0]) ? 0 : Math.sqrt(squares / values.length),
  };
}

/** Columns that follow from those before them: nothing is left of them by Gram and Schmidt. */
function dependentColumns(x: Matrix, names: readonly string[]): string[] {
  const basis: number[][] = [];
  return names.filter((_, j) => {
    const rest = x.map((row) => row[j]!);
    const length = Math.sqrt(rest.reduce((sum, value) => sum + value * value, 0));
    for (const direction of basis) {
      const along = rest.reduce((sum, value, i) => sum + value * direction[i]!, 0);
      rest.forEach((value, i) => rest[i] = value - along * direction[i]!);
    }
    const left = Math.sqrt(rest.reduce((sum, value) => sum + value * value, 0));
    if (left < 1e-8 * length) return true;
    basis.push(rest.map((value) => value / left));
    return false;
  });
}

function requireData({ answers, categories, names, x, weights }: OrdinalData): void {
  if (categories < 2) throw new RangeError(`${categories} categories; a regression needs two`);
  if (answers.length !== x.length || (weights && weights.length !== x.length)) {
    throw new RangeError(
      `${answers.length} answers and ${weights?.length ?? "no"} weights for ${x.length} rows`,
    );
  }
  const given = new Set<number>();
  x.forEach((row, i) => {
    const answer = answers[i]!;
    const weight = weights?.[i] ?? 1;
    if (row.length !== names.length || !row.every(Number.isFinite)) {
      throw new RangeError(
        `Row ${i + 1} has not ${names.length} finite numbers: ${row.join(", ")}`,
      );
    }
    if (!Number.isInteger(answer) || answer < 1 || answer > categories) {
      throw new RangeError(`The answer of row ${i + 1} is not from 1 to ${categories}: ${answer}`);
    }
    if (!(weight > 0 && weight < Infinity)) {
      throw new RangeError(`The weight of row ${i + 1} is not above 0: ${weight}`);
    }
    given.add(answer);
  });
  if (given.size < categories) {
    throw new RangeError(`Only ${given.size} of ${categories} categories were given as answers`);
  }
}
