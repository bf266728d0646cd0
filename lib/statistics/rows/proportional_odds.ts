import { sumOf } from "../cross_table.ts";
import type { Sample } from "../counts.ts";
import { endless, linearisedCovariances } from "../linearised_variance.ts";
import { dependentColumns, invert, type Matrix, multiply, solve } from "../matrix.ts";

/**
 * What an ordinal regression is made of: how many people gave which answer, by covariate pattern
 * (who is alike in all columns). A pattern may be there more than once.
 */
export interface OrdinalData {
  /**
   * People, or sums of their weights, as `weights` of R's `polr()` and `glm()` has them: by pattern
   * and, within it, by answer from the lowest. Patterns × categories numbers.
   */
  readonly counts: Float64Array;
  readonly categories: number;
  /** The names of the columns of x. */
  readonly names: readonly string[];
  /** By pattern and, within it, by name; no constant. Patterns × names numbers. */
  readonly x: Float64Array;
}

/** How the people of a regression were drawn and weighted. */
export interface RegressionDesign {
  /** Sums of the squared weights, where the data's counts are sums of weights. */
  readonly squares: Float64Array;
  /** Where the patterns of each of the sample's parts begin and end; null: it has none. */
  readonly parts: readonly (readonly [from: number, to: number])[] | null;
  readonly sample: Sample;
}

/** The people of each pattern, or the sums of their weights. */
export function peopleOf(counts: Float64Array, patterns: number): Float64Array {
  const categories = counts.length / patterns;
  return Float64Array.from(
    { length: patterns },
    (_, i) => sumOf([...counts.subarray(i * categories, (i + 1) * categories)]),
  );
}

export interface ProportionalOdds {
  readonly status: "converged";
  /** One log odds ratio per name: above 0 goes with higher categories. */
  readonly coefficients: readonly number[];
  /** One threshold between each two categories, rising. */
  readonly thresholds: readonly number[];
  /** Of coefficients and then thresholds: the inverse of the observed information. */
  readonly covariance: Matrix;
  readonly logLikelihood: number;
}

/** Why there is no estimate. */
interface NoProportionalOdds {
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
 * that do not raise the likelihood, until a step changes nothing by more than 1e-10. In R:
 * `MASS::polr(answer ~ x, Hess = TRUE)`, which iterates to about 1e-6.
 * Source: P. McCullagh (1980), JRSS B 42, 109–142. Assumes independent people and the same odds ratio
 * at every threshold (see `brantTest()`).
 *
 * @returns The estimates, or why there are none.
 * @throws {RangeError} Where a number of x is not finite, or a category has nobody.
 */
export function proportionalOdds(data: OrdinalData): ProportionalOdds | NoProportionalOdds {
  const { counts, categories, names, x } = data;
  const k = names.length;
  const people = peopleOf(counts, counts.length / categories);
  const given = answersOf(data);
  if (x.length !== people.length * k || !x.every(Number.isFinite) || !given.every((n) => n > 0)) {
    throw new RangeError(`A regression needs finite numbers and people with each answer: ${given}`);
  }
  const products = productsOf(x, k, people);
  const dependent = dependentColumns(products);
  if (dependent.length > 0) {
    return {
      status: "collinear",
      names: dependent.map((j) => names[j - 1]!),
    };
  }

  // Where there is no maximum the coefficients grow without end: those that have grown.
  const separated = (): NoProportionalOdds => {
    const total = products[0]![0]!;
    const sizes = names.map((_, j) => {
      const variance = products[j + 1]![j + 1]! / total - (products[0]![j + 1]! / total) ** 2;
      return Math.abs(theta[j]!) * Math.sqrt(variance);
    });
    const grown = names.filter((_, j) => sizes[j]! > Math.max(4, Math.max(...sizes) / 4));
    return { status: "separated", names: grown.length > 0 ? grown : names };
  };
  let below = 0;
  let theta = [
    ...names.map(() => 0),
    ...given.slice(1).map((_, c) => {
      below += given[c]!;
      return Math.log(below / (sumOf(given) - below));
    }),
  ];
  let now = ordinalLikelihood(data, theta);
  for (let steps = 1; steps <= 60; steps++) {
    const step = solve(now.products, now.score.map((value) => [value]))?.map((row) => row[0]!);
    if (step === undefined) return separated();
    let next = theta.map((value, i) => value + step[i]!);
    let then = ordinalLikelihood(data, next);
    for (let halves = 0; !(then.value >= now.value - 1e-12 * Math.abs(now.value)); halves++) {
      if (halves > 40) return separated();
      step.forEach((value, i) => step[i] = value / 2);
      next = theta.map((value, i) => value + step[i]!);
      then = ordinalLikelihood(data, next);
    }
    [theta, now] = [next, then];
    if (step.every((value, i) => Math.abs(value) < 1e-10 * (1 + Math.abs(theta[i]!)))) {
      const covariance = invert(now.products);
      if (covariance === null) return separated();
      const [coefficients, thresholds] = [theta.slice(0, k), theta.slice(k)];
      const logLikelihood = now.value;
      return { status: "converged", coefficients, thresholds, covariance, logLikelihood };
    }
  }
  return separated();
}

/** How many people gave each answer. */
export function answersOf({ counts, categories }: OrdinalData): number[] {
  const given = new Array<number>(categories).fill(0);
  counts.forEach((count, at) => given[at % categories]! += count);
  return given;
}

/** XᵀWX, with a constant before the k columns of X, from one weight per row. */
export function productsOf(x: Float64Array, k: number, weights: Float64Array): Matrix {
  const sums: Matrix = Array.from({ length: k + 1 }, () => new Array<number>(k + 1).fill(0));
  const row = new Float64Array(k + 1).fill(1);
  const filled = new Uint16Array(k + 1);
  for (let i = 0; i < weights.length; i++) {
    // Most columns are dummies, and most of a pattern's numbers 0.
    let count = 1;
    for (let j = 0; j < k; j++) if ((row[j + 1] = x[i * k + j]!) !== 0) filled[count++] = j + 1;
    for (let p = 0; p < count; p++) {
      const a = filled[p]!;
      const value = row[a]! * weights[i]!;
      const to = sums[a]!;
      for (let q = p; q < count; q++) to[filled[q]!]! += value * row[filled[q]!]!;
    }
  }
  return sums.map((row, s) => row.map((_, t) => sums[Math.min(s, t)]![Math.max(s, t)]!));
}

/**
 * Variance inflation factors: how many times larger a coefficient's variance is for what its column
 * has in common with the others, 1/(1 − R²). Above 5 or 10 the columns can hardly be told apart. In R:
 * `car::vif`.
 *
 * @param products As of {@link productsOf}.
 * @returns One factor per column, or null where a column follows from the others or does not vary.
 */
export function varianceInflation(products: Matrix): number[] | null {
  const [total, ...sums] = products[0]!;
  const inverse = invert(products);
  return inverse &&
    sums.map((sum, j) => (products[j + 1]![j + 1]! - sum ** 2 / total!) * inverse[j + 1]![j + 1]!);
}

/**
 * The covariance of a proportional-odds regression of a sample with weights or strata.
 *
 * The linearised ("sandwich") covariance A·V·A, with A the inverse of the information and V the
 * covariance of the sums of the scores wᵢuᵢ, by strata and after raking as `linearisedCovariances()`
 * has it; the same whatever the weights are multiplied by. Who has the same pattern and answer has the
 * same u, so that sums of weights and of their squares are enough. As a test it has no finite
 * population correction. In R `survey`: `svyolr()`, whose A is of numerical second derivatives, and
 * `svyglm(family = quasibinomial())` of two answers, on a design without `fpc`.
 * Source: D. A. Binder (1983), International Statistical Review 51, 279–292.
 *
 * @returns Of coefficients and then thresholds.
 */
export function designCovariance(
  data: OrdinalData,
  { coefficients, thresholds, covariance }: ProportionalOdds,
  design: RegressionDesign,
): Matrix {
  const theta = [...coefficients, ...thresholds];
  const middle = linearisedCovariances(endless(design.sample), (part) => {
    const { own, squared } = dataOf(data, design, part);
    const { score: sums } = ordinalLikelihood(own, theta, false);
    const { score: squares, products } = ordinalLikelihood(squared, theta, false);
    return { sums, squares, products };
  });
  return multiply(multiply(covariance, middle), covariance);
}

/** The data of one part of the sample (null: everybody): with weights, and with their squares. */
export function dataOf(
  data: OrdinalData,
  { squares, parts }: RegressionDesign,
  part: number | null,
): { readonly own: OrdinalData; readonly squared: OrdinalData } {
  const { categories, names: { length: k }, counts } = data;
  const [from, to] = part === null ? [0, counts.length / categories] : parts![part]!;
  const x = data.x.subarray(from * k, to * k);
  const of = (sums: Float64Array) => ({
    ...{ ...data, x },
    counts: sums.subarray(from * categories, to * categories),
  });
  return { own: of(counts), squared: of(squares) };
}

interface Likelihood {
  readonly value: number;
  readonly score: number[];
  /** Minus the second derivatives; or Σ c·uuᵀ, u being the first derivatives of ln p. */
  readonly products: Matrix;
}

/**
 * The log likelihood Σ c·ln p over patterns and answers with its derivatives over coefficients and then
 * thresholds. Thresholds that do not rise have no likelihood (-Infinity), and no derivatives.
 *
 * @param isCurved Whether what the products add up is −d² ln p, or else the products of d ln p.
 */
function ordinalLikelihood(
  { counts, categories, names, x }: OrdinalData,
  theta: readonly number[],
  isCurved = true,
): Likelihood {
  const k = names.length;
  const cuts = categories - 1;
  const size = k + cuts;
  const score = new Array<number>(size).fill(0);
  const products = theta.map(() => new Array<number>(size).fill(0));
  // Chances of an answer up to each threshold and above it: of none below the first, of all below
  // the last.
  const upTo = new Float64Array(categories + 1).fill(1, categories);
  const above = new Float64Array(categories + 1).fill(1, 0, 1);
  const cross = new Float64Array(cuts);
  let value = 0;
  for (let i = 0; i < counts.length / categories; i++) {
    const row = x.subarray(i * k, (i + 1) * k);
    let eta = 0;
    // Most columns are dummies, and most of a pattern's numbers 0.
    const filled: number[] = [];
    for (let j = 0; j < k; j++) {
      if (row[j] === 0) continue;
      eta += row[j]! * theta[j]!;
      filled.push(j);
    }
    for (let cut = 0; cut < cuts; cut++) {
      upTo[cut + 1] = logistic(theta[k + cut]! - eta);
      above[cut + 1] = logistic(eta - theta[k + cut]!);
    }
    cross.fill(0);
    let [slope, bend] = [0, 0];
    for (let c = 0; c < categories; c++) {
      const count = counts[i * categories + c]!;
      if (count === 0) continue;
      const [fl, fu, al, au] = [upTo[c]!, upTo[c + 1]!, above[c]!, above[c + 1]!];
      // Without cancellation in the upper tail.
      const p = fl > al ? al - au : fu - fl;
      if (!(p > 0)) return { value: -Infinity, score: [], products: [] };
      value += count * Math.log(p);
      // d ln p over the upper end and over the lower.
      const gu = fu * au / p;
      const gl = -fl * al / p;
      // What is added up, over the two ends: a density's derivative is it times (above − up to).
      const huu = count * (isCurved ? gu * gu - gu * (au - fu) : gu * gu);
      const hll = count * (isCurved ? gl * gl - gl * (al - fl) : gl * gl);
      const hul = count * gu * gl;
      slope -= count * (gu + gl);
      bend += huu + hll + 2 * hul;
      const at = k + c;
      if (c < cuts) {
        score[at]! += count * gu;
        products[at]![at]! += huu;
        cross[c]! -= huu + hul;
      }
      if (c > 0) {
        score[at - 1]! += count * gl;
        products[at - 1]![at - 1]! += hll;
        cross[c - 1]! -= hll + hul;
        if (c < cuts) products[at - 1]![at]! += hul;
      }
    }
    for (const a of filled) {
      const line = products[a]!;
      score[a]! += slope * row[a]!;
      for (const b of filled) if (b >= a) line[b]! += row[a]! * bend * row[b]!;
      for (let cut = 0; cut < cuts; cut++) line[k + cut]! += row[a]! * cross[cut]!;
    }
  }
  const whole = products.map((row, s) =>
    row.map((_, t) => products[Math.min(s, t)]![Math.max(s, t)]!)
  );
  return { value, score, products: whole };
}

/** 1/(1 + e⁻ᵗ) */
export function logistic(t: number): number {
  return t >= 0 ? 1 / (1 + Math.exp(-t)) : Math.exp(t) / (1 + Math.exp(t));
}
