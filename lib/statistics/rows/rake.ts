import { InputError } from "../../responses/input_error.ts";
import type { Survey } from "../../responses/survey.ts";
import { type CodedColumn, columnOf } from "../column.ts";

/** By variable, the population's share (or number) of each category. */
export type Margins = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface RakeOptions {
  /** Weights to start from, one per respondent; 1 each by default. */
  readonly start?: Float64Array;
  /** No weight is below the first or above the second, the mean weight being 1. */
  readonly trim?: { readonly low: number; readonly high: number };
  /** The largest difference between a margin's share and its target at the end; 1e-10. */
  readonly tolerance?: number;
  /** Rounds over all margins before giving up; 1000. */
  readonly rounds?: number;
}

interface Raked {
  /** One weight per respondent; their mean is 1. */
  readonly weights: Float64Array;
  /** Rounds over all margins that it took. */
  readonly rounds: number;
  /** Number of respondents whose weight is at one of the trimming bounds. */
  readonly trimmed: number;
}

/**
 * Weights that make the sample's shares those of the population, margin by margin. Needs rows.
 *
 * Iterative proportional fitting: each margin in turn multiplies the weights of each category by
 * target over share, until all fit. With trimming, weights outside the bounds are put on them after
 * each round, and the margins fitted again. Respondents without an answer to a margin's variable
 * keep their weight there; the targets are shares of those with one.
 *
 * In R `survey`: `rake(design, list(~a, ~b), list(…))` with a small `epsilon`; with trimming
 * `calibrate(design, ~a + b, calfun = "raking", bounds = …)`, where that settles. Not
 * `trimWeights()`, which hands what it cuts off to the others in equal parts and leaves the margins.
 * Source: W. E. Deming & F. F. Stephan (1940), Annals of Mathematical Statistics 11, 427–444.
 *
 * @param margins By variable, the population's share (or number) of each category. Every category
 *   that has respondents needs one above 0.
 * @throws {InputError} As {@link targetsOf}, or where the margins cannot all be met.
 */
export function rake(
  survey: Survey,
  margins: Margins,
  { start, trim, tolerance = 1e-10, rounds = 1000 }: RakeOptions = {},
): Raked {
  const people = survey.source.respondents;
  const weights = start ? Float64Array.from(start) : new Float64Array(people).fill(1);
  requireStart(weights, people, trim);
  const targets = Object.entries(margins).map(([name, shares]) => {
    const column = columnOf(survey, name);
    const { codes, categories } = column;
    return { name, categories, codes, target: targetsOf(column, shares) };
  });
  scaleToMeanOne(weights);
  let gap = Infinity;
  for (let round = 1; round <= rounds; round++) {
    for (const { codes, target } of targets) {
      const shares = sharesOf(codes, target, weights);
      const factors = target.map((target, code) => target > 0 ? target / shares[code]! : 1);
      for (let i = 0; i < people; i++) weights[i]! *= factors[codes[i]!]!;
    }
    scaleToMeanOne(weights);
    const trimmed = trim ? clamp(weights, trim) : 0;
    // Trimming moves the mean, and so counts as a gap until it has nothing left to do.
    gap = Math.abs(scaleToMeanOne(weights) - 1);
    for (const { codes, target } of targets) {
      const shares = sharesOf(codes, target, weights);
      target.forEach((target, code) => {
        if (target > 0) gap = Math.max(gap, Math.abs(target - shares[code]!));
      });
    }
    if (gap <= tolerance) return { weights, rounds: round, trimmed };
  }
  // What each margin would have to move once more: one that the others pull away from it.
  const off = targets.flatMap(({ name, categories, codes, target }) => {
    const shares = sharesOf(codes, target, weights);
    const factors = target.map((target, code) => target > 0 ? target / shares[code]! : 1);
    for (let i = 0; i < people; i++) weights[i]! *= factors[codes[i]!]!;
    return categories.flatMap((category, i) => {
      const gap = (shares[i + 1]! - target[i + 1]!) * 100;
      return Math.abs(gap) > tolerance * 100 ? [{ name, category, gap }] : [];
    });
  }).sort((a, b) => Math.abs(b.gap) - Math.abs(a.gap));
  const worst = off.slice(0, 4).map(({ name, category, gap }) =>
    `${name} = ${category} (${gap > 0 ? "+" : "−"}${Math.abs(gap).toPrecision(2)} points)`
  );
  throw new InputError(
    `The weights do not settle: after ${rounds} rounds these are still off their share of the ` +
      `population: ${worst.join(", ")}. ` +
      (trim
        ? `Allow weights beyond ${trim.low} to ${trim.high}, or leave a margin out.`
        : `These margins contradict each other among these respondents: join categories, or leave ` +
          `one of ${[...new Set(off.map(({ name }) => name))].join(", ")} out.`),
  );
}

function requireStart(
  weights: Float64Array,
  people: number,
  trim: RakeOptions["trim"],
): void {
  if (people === 0) throw new InputError("Nobody answered, so there is nobody to weight.");
  if (weights.length !== people) {
    throw new RangeError(`${weights.length} weights to start from for ${people} respondents`);
  }
  const wrong = weights.findIndex((weight) => !(weight > 0 && weight < Infinity));
  if (wrong >= 0) {
    throw new RangeError(`Weight ${wrong + 1} is ${weights[wrong]}; a weight is above 0`);
  }
  if (trim && !(trim.low >= 0 && trim.low <= 1 && trim.high >= 1)) {
    throw new RangeError(
      `Trimming bounds are around the mean weight 1: ${trim.low} to ${trim.high} is not`,
    );
  }
}

/** By code, its share of those whose code has a target. */
function sharesOf(codes: Uint8Array, target: Float64Array, weights: Float64Array): Float64Array {
  const sums = sumsByCode(codes, weights);
  const total = sums.reduce((sum, w, code) => sum + (target[code]! > 0 ? w : 0), 0);
  return sums.map((sum) => sum / total);
}

/** Makes the mean weight 1. Returns the mean that it was. */
function scaleToMeanOne(weights: Float64Array): number {
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  for (let i = 0; i < weights.length; i++) weights[i]! /= mean;
  return mean;
}

/** Puts weights on the bounds. Returns how many are at one. */
function clamp(weights: Float64Array, { low, high }: { low: number; high: number }): number {
  let trimmed = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i]! <= low || weights[i]! >= high) trimmed++;
    weights[i] = Math.min(high, Math.max(low, weights[i]!));
  }
  return trimmed;
}

/**
 * The targets of a margin, by code. Needs rows.
 *
 * @returns Shares that sum to 1; NaN for a code that is no category of the margin.
 * @throws {InputError} Where the margin names no category, a share is none, or a category has a
 *   share and no respondent (or the reverse).
 */
export function targetsOf(
  { id, categories, codes }: CodedColumn,
  margin: Readonly<Record<string, number>>,
): Float64Array {
  const targets = new Float64Array(256).fill(NaN);
  let total = 0;
  for (const [category, value] of Object.entries(margin)) {
    const at = categories.indexOf(category);
    if (at < 0) {
      throw new InputError(
        `"${category}" is no category of "${id}". Use one of: ${categories.join(", ")}.`,
      );
    }
    if (!(value >= 0 && value < Infinity)) {
      throw new InputError(
        `The population share of "${category}" in "${id}" is ${value}. Give a number from 0.`,
      );
    }
    targets[at + 1] = value;
  }
  for (const target of targets) if (target > 0) total += target;
  const respondents = sumsByCode(codes);
  categories.forEach((category, i) => {
    const [there, target] = [respondents[i + 1]!, targets[i + 1]!];
    if (there > 0 && !(target > 0)) {
      throw new InputError(
        `${there} respondents are "${category}" in "${id}", of whom the population has ` +
          `none. Give "${category}" its share.`,
      );
    }
    if (there === 0 && target > 0) {
      throw new InputError(
        `No respondent is "${category}" in "${id}", so none can stand for its share of ` +
          `the population. Join the category with another, or leave the margin out.`,
      );
    }
  });
  return targets.map((target) => target / total);
}

/** The sum of some values (1 each by default) over the respondents with each code. */
function sumsByCode(codes: Uint8Array, values?: Float64Array): Float64Array {
  const sums = new Float64Array(256);
  for (let i = 0; i < codes.length; i++) sums[codes[i]!]! += values ? values[i]! : 1;
  return sums;
}
