import { InputError } from "../../responses/input_error.ts";
import type { Survey } from "../../responses/survey.ts";
import { type CodedColumn, columnOf } from "../column.ts";
import { countAnswers } from "../count_answers.ts";
import { type Domain, domainCodes } from "../domain.ts";
import { baseOf, countOf, type Sample } from "../counts.ts";
import { sampleOf } from "../sample.ts";
import { linearisedCovariance } from "../linearised_variance.ts";
import { isAnswerShown } from "../disclosure/suppress.ts";
import { effectiveWilsonInterval, sizeOfVariance } from "../share_of.ts";
import type { Interval } from "../wilson_interval.ts";
import { type Margins, sumsByCode, targetsOf } from "./rake.ts";

export interface CalibratedOptions {
  /** The margins that the survey's weights were raked to. */
  readonly margins: Margins;
  /** The weights before raking, one per respondent; 1 each by default. */
  readonly start?: Float64Array;
  readonly within?: Domain;
}

/**
 * A share under raked weights, with the variance that takes the raking into account. Needs rows.
 *
 * Known margins do not vary from sample to sample, so what they explain of an answer has no part in its
 * variance. The linearised values z/w of the share are replaced by their residuals of a regression on
 * the margins' categories, weighted by the weights before raking, which come from taking out one margin
 * after the other until nothing moves. `shareOf()`, from counts, leaves this out, and is right or too
 * wide. Respondents without an answer to a margin belong to none of its categories: of them only the
 * shares of the categories are known, not their number. Weights that were trimmed are treated as if the
 * trimming had been there from the start.
 *
 * In R `survey`: `svymean()` on `calibrate(design, ~a + b, calfun = "raking")`, `postStratify()`
 * for one margin, and to about 1e-3 on `rake()`, which takes the margins out ten times over.
 * Source: J.-C. Deville & C.-E. Särndal (1992), JASA 87, 376–382.
 *
 * @param survey A survey with weights, as from `{ ...survey, weights: rake(survey, margins).weights }`.
 * @param answers Categories of the question.
 * @returns The share and its variance; null where nobody answered, or too few to be shown.
 * @throws {InputError} Where a name is not there, the survey has no weights, or as `targetsOf()`.
 * @throws {RangeError} Where an answer is none of the question's, or two margins say nearly the same.
 */
export function calibratedShare(
  survey: Survey,
  question: string | CodedColumn,
  answers: readonly string[],
  { margins, start, within = {} }: CalibratedOptions,
): (Interval & { readonly n: number; readonly share: number; readonly variance: number }) | null {
  const { weights } = survey;
  if (weights === null) {
    throw new InputError("These respondents have no weights. Rake them to the margins first.");
  }
  const column = typeof question === "string" ? columnOf(survey, question) : question;
  const { id, categories, codes } = column;
  const wanted = answers.map((answer) => {
    const at = categories.indexOf(answer);
    if (at < 0) throw new RangeError(`"${answer}" is no answer to ${id}`);
    return at + 1;
  });
  const counts = countAnswers(survey, column, { within });
  const [part, base] = [countOf(counts, null, answers), baseOf(counts)];
  if (base.n === 0 || !isAnswerShown(counts, null, answers)) return null;
  const inside = domainCodes(survey, within);
  const share = Math.min(1, part.w / base.w);
  // The linearised values over the weights; 0 outside the base.
  const values = Float64Array.from(
    codes,
    (code, i) =>
      code < 1 || code > categories.length || inside?.[i] === 0
        ? 0
        : ((wanted.includes(code) ? 1 : 0) - share) / base.w,
  );
  const before = start ?? new Float64Array(codes.length).fill(1);
  const known = Object.entries(margins).map(([name, shares]) =>
    marginOf(columnOf(survey, name), shares, before)
  );
  takeOut(values, before, known);
  const z = values.map((value, i) => value * weights[i]!);
  const sample = sampleOf(survey);
  const varies = z.length > 1 && part.n > 0 && part.n < base.n;
  const variance = varies ? Math.max(0, spreadOf(z, survey, sample)) : 0;
  const size = sizeOfVariance(share, variance, base, sample);
  return { n: base.n, share, variance, ...effectiveWilsonInterval(share, size, sample.confidence) };
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
  const sums = sumsByCode(codes, weights);
  const tied = shares.reduce(
    (sum, share, code) => share > 0 ? sum + share * share / sums[code]! : sum,
    0,
  );
  return { codes, shares, sums, tied: codes.every((code) => shares[code]! > 0) ? null : tied };
}

/** Takes what the margins explain out of some values, in place, by alternating projections. */
function takeOut(values: Float64Array, weights: Float64Array, margins: readonly Margin[]): void {
  const first = largest(values);
  for (let round = 0; round < 10_000; round++) {
    let moved = 0;
    for (const { codes, shares, sums, tied } of margins) {
      const products = sumsByCode(codes, values.map((value, i) => value * weights[i]!));
      const means = products.map((sum, code) => shares[code]! > 0 ? sum / sums[code]! : 0);
      if (tied !== null) {
        // Coefficients b with Σ share·b = 0: the number of those with an answer is not known.
        const level = means.reduce((sum, mean, code) => sum + mean * shares[code]!, 0) / tied;
        shares.forEach((share, code) => {
          if (share > 0) means[code]! -= level * share / sums[code]!;
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
