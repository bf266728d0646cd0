import { InputError } from "../../responses/input_error.ts";
import type { Survey } from "../../responses/survey.ts";
import { type CodedColumn, columnOf } from "../column.ts";
import { countAnswers } from "../count_answers.ts";
import { type Domain, domainCodes } from "../domain.ts";
import type { Sample } from "../counts.ts";
import { sampleOf } from "../sample.ts";
import { linearisedCovariance } from "../linearised_variance.ts";
import { isAnswerShown } from "../disclosure/suppress.ts";
import { effectiveWilsonInterval, sizeOfVariance } from "../share_of.ts";
import type { Interval } from "../wilson_interval.ts";
import { type Margins, targetsOf } from "./margin_targets.ts";

/** A share under weights that were raked to margins. */
export interface CalibratedShare extends Interval {
  readonly n: number;
  readonly share: number;
  /** With what the margins explain taken out. */
  readonly variance: number;
}

export interface CalibratedOptions {
  /** The margins that the survey's weights were raked to. */
  readonly margins: Margins;
  /** The weights before raking, one per respondent; 1 each by default. */
  readonly start?: Float64Array;
  /** Only these respondents count, as a domain. */
  readonly within?: Domain;
  /** Confidence level; by default that of the study. */
  readonly level?: number;
}

/**
 * A share under raked weights, with the variance that takes the raking into account. Needs rows.
 *
 * Margins that are known do not vary from sample to sample, so what they explain of an answer has
 * no part in its variance. The linearised values z/w of the share are replaced by their residuals
 * of a regression on the margins' categories, weighted by the weights before raking. `shareOf()`,
 * from counts, leaves this out, and is right or too wide.
 *
 * The residuals come from taking out one margin after the other until nothing moves. Respondents
 * without an answer to a margin belong to none of its categories: of them only the shares of the
 * categories are known, not their number. Weights that were trimmed are treated as if the trimming
 * had been there from the start. With strata, the residuals vary within each; see
 * `linearisedCovariance()`.
 *
 * In R `survey`: `svymean()` on `calibrate(design, ~a + b, calfun = "raking")`, `postStratify()`
 * for one margin, and to about 1e-3 on `rake()`, which takes the margins out ten times over.
 * Source: J.-C. Deville & C.-E. Särndal (1992), JASA 87, 376–382.
 *
 * @param survey A survey with weights, as from `{ ...survey, weights: rake(survey, margins).weights }`.
 * @param question A question or variable by codebook id, or a column made of several.
 * @param answers Categories of the question.
 * @returns The share, or null where nobody in the domain was asked and answered, or too few
 *   to be shown.
 * @throws {InputError} Where a name is not there, the survey has no weights, or the margins do not
 *   fit its respondents (see `targetsOf()`).
 * @throws {RangeError} Where an answer is not one of the question's, or two margins say nearly the
 *   same, so that the residuals cannot be told.
 */
export function calibratedShare(
  survey: Survey,
  question: string | CodedColumn,
  answers: readonly string[],
  { margins, start, within = {}, level = survey.codebook.study.confidence }: CalibratedOptions,
): CalibratedShare | null {
  const { weights } = survey;
  if (weights === null) {
    throw new InputError("These respondents have no weights. Rake them to the margins first.");
  }
  const column = typeof question === "string" ? columnOf(survey, question) : question;
  const inside = domainCodes(survey, within);
  const people = weights.length;
  const wanted = new Set(answers.map((answer) => {
    const at = column.categories.indexOf(answer);
    if (at < 0) throw new RangeError(`"${answer}" is no answer to ${column.id}`);
    return at + 1;
  }));
  let [n, agree, base, yes, squares] = [0, 0, 0, 0, 0];
  const y = new Float64Array(people).fill(NaN);
  for (let i = 0; i < people; i++) {
    const code = column.codes[i]!;
    if (code < 1 || code > column.categories.length || (inside && !inside[i])) continue;
    y[i] = wanted.has(code) ? 1 : 0;
    n++;
    agree += y[i]!;
    base += weights[i]!;
    yes += y[i]! * weights[i]!;
    squares += weights[i]! ** 2;
  }
  const counts = countAnswers(survey, question, { within });
  if (n === 0 || !isAnswerShown(counts, null, answers)) return null;
  const share = Math.min(1, yes / base);
  const residuals = y.map((value) => Number.isNaN(value) ? 0 : (value - share) / base);
  const before = start ?? new Float64Array(people).fill(1);
  takeOut(
    residuals,
    before,
    Object.entries(margins).map(([name, shares]) =>
      marginOf(columnOf(survey, name), shares, before)
    ),
  );
  const z = residuals.map((residual, i) => residual * weights[i]!);
  const sample = sampleOf(survey);
  const found = people > 1 ? Math.max(0, spreadOf(z, survey, sample)) : 0;
  const variance = agree > 0 && agree < n ? found : 0;
  const size = sizeOfVariance(share, variance, { w: base, w2: squares }, sample);
  return { n, share, variance, ...effectiveWilsonInterval(share, size, level) };
}

/** The variance of a sum of values, of people who were drawn together or by strata. */
function spreadOf(z: Float64Array, survey: Survey, sample: Sample): number {
  const mean = z.reduce((a, b) => a + b, 0) / z.length;
  const off = z.map((value) => value - mean);
  const { strata } = survey.codebook.study;
  const column = strata && columnOf(survey, strata.variable);
  return linearisedCovariance(sample, (s) => {
    const code = s === null ? null : column!.categories.indexOf(sample.strata![s]!.id) + 1;
    let [sum, products] = [0, 0];
    off.forEach((value, i) => {
      if (code !== null && column!.codes[i] !== code) return;
      sum += value;
      products += value * value;
    });
    return { products, first: sum, second: sum };
  });
}

interface Margin {
  readonly codes: Uint8Array;
  /** Target share by code, 0 for those without an answer. */
  readonly shares: Float64Array;
  /** Sum of the weights before raking by code. */
  readonly sums: Float64Array;
  /** Σ share²/sum over the codes where some respondents have no answer, otherwise null. */
  readonly tied: number | null;
}

function marginOf(
  column: CodedColumn,
  margin: Readonly<Record<string, number>>,
  weights: Float64Array,
): Margin {
  const shares = targetsOf(column, margin).map((share) => share > 0 ? share : 0);
  const { codes } = column;
  const sums = new Float64Array(256);
  for (let i = 0; i < codes.length; i++) sums[codes[i]!]! += weights[i]!;
  const complete = codes.every((code) => shares[code]! > 0);
  const tied = shares.reduce(
    (sum, share, code) => share > 0 ? sum + share * share / sums[code]! : sum,
    0,
  );
  return { codes, shares, sums, tied: complete ? null : tied };
}

/** Takes what the margins explain out of some values, in place, by alternating projections. */
function takeOut(values: Float64Array, weights: Float64Array, margins: readonly Margin[]): void {
  const first = largest(values);
  for (let round = 0; round < 10_000; round++) {
    let moved = 0;
    for (const { codes, shares, sums, tied } of margins) {
      const means = new Float64Array(256);
      for (let i = 0; i < values.length; i++) means[codes[i]!]! += values[i]! * weights[i]!;
      means.forEach((sum, code) => means[code] = shares[code]! > 0 ? sum / sums[code]! : 0);
      if (tied !== null) {
        // Coefficients b with Σ share·b = 0: the number of those with an answer is not known.
        const level = means.reduce((sum, mean, code) => sum + mean * shares[code]!, 0) / tied;
        means.forEach((mean, code) => {
          if (shares[code]! > 0) means[code] = mean - level * shares[code]! / sums[code]!;
        });
      }
      for (let i = 0; i < values.length; i++) values[i]! -= means[codes[i]!]!;
      moved = Math.max(moved, largest(means));
    }
    if (moved <= 1e-14 * first) return;
  }
  throw new RangeError("The margins do not come out of the shares: they nearly repeat each other");
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
