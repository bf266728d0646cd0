import { InputError } from "../language/input_error.ts";
import type { Survey } from "../survey/survey.ts";
import { type Column, columnOf } from "./column.ts";
import { countAnswers, type Domain } from "./count_answers.ts";
import { baseOf, type Count, countOf, NO_ANSWER_ID, NOT_ASKED_ID } from "./counts.ts";
import { effectiveWilsonInterval } from "./weighted_share.ts";
import type { Interval } from "./wilson_interval.ts";

/** A share among people who were drawn stratum by stratum. */
export interface StratifiedShare extends Interval {
  readonly n: number;
  readonly share: number;
  readonly variance: number;
  /** Strata with a single respondent, whose spread cannot be told. */
  readonly lonely: readonly string[];
}

export interface StratifiedOptions {
  /** A variable of which every respondent has a category. */
  readonly strata: string;
  /** People invited in each stratum; none by default: no finite population correction. */
  readonly population?: Readonly<Record<string, number>> | null;
  /** Only these respondents count, as a domain. */
  readonly within?: Domain;
  /**
   * What becomes of a stratum with one respondent: its distance from the whole stands for its
   * spread (`adjust`, the default), or the call is refused (`refuse`).
   */
  readonly lonely?: "adjust" | "refuse";
  readonly level?: number;
}

/**
 * A share with the variance of a stratified sample. From counts: how many there are of each answer
 * in each stratum is enough, no rows are looked at.
 *
 * With p = w_part/w_base over all strata and z = w(y − p)/w_base, 0 outside the base,
 * V = Σₕ (1 − mₕ/Mₕ)·mₕ/(mₕ − 1)·(Σz² − (Σz)²/mₕ), m respondents and M invited by stratum.
 * Weights are those of the survey: where strata were invited at different rates, they must have
 * them. A stratum of one respondent adds (1 − 1/M)z², as `survey.lonely.psu = "adjust"` in R.
 * The interval is Wilson's for the effective sample size.
 *
 * In R `survey`: `svymean(~y, subset(svydesign(~1, strata = ~s, weights = ~w, fpc = ~M), …))`.
 * Source: W. G. Cochran (1977), Sampling Techniques, 3rd ed., 5A.13 (domains over strata).
 *
 * @returns The share, or null where nobody in the domain was asked and answered.
 * @throws {InputError} Where a name is not in the codebook, a respondent has no stratum, a stratum
 *   has no population or fewer people than respondents, or a lonely one is refused.
 */
export function stratifiedShare(
  survey: Survey,
  question: string | Column,
  answers: readonly string[],
  { strata, population = null, within = {}, lonely = "adjust", level = 0.95 }: StratifiedOptions,
): StratifiedShare | null {
  const counts = countAnswers(survey, question, { by: strata, within });
  const sizes = sizesOf(survey, strata, population);
  const parts = sizes.map((size) => ({
    ...size,
    part: countOf(counts, size.stratum, answers),
    base: baseOf(counts, size.stratum),
  }));
  const base = total(parts.map(({ base }) => base));
  const part = total(parts.map(({ part }) => part));
  if (base.n === 0) return null;
  const alone = sizes.filter(({ respondents }) => respondents === 1).map(({ stratum }) => stratum);
  if (lonely === "refuse" && alone.length > 0) {
    throw new InputError(
      `Only one respondent has ${alone.join(", ")} in "${strata}", which says nothing of its ` +
        `spread. Join it with another stratum.`,
    );
  }
  const share = Math.min(1, part.w / base.w);
  let variance = 0;
  for (const { part, base, respondents: m, invited } of parts) {
    const left = invited === null ? 1 : 1 - m / invited;
    const sum = part.w - share * base.w;
    const squares = part.w2 * (1 - share) ** 2 + Math.max(0, base.w2 - part.w2) * share ** 2;
    variance += m === 1 ? left * squares : left * m / (m - 1) * (squares - sum * sum / m);
  }
  variance = Math.max(0, variance) / base.w ** 2;
  const certain = sizes.every(({ respondents, invited }) => respondents === invited);
  const size = certain
    ? Infinity
    : part.n > 0 && part.n < base.n && variance > 0
    ? share * (1 - share) / variance
    : base.w ** 2 / base.w2;
  return {
    n: base.n,
    share,
    variance: part.n === 0 || part.n === base.n ? 0 : variance,
    ...effectiveWilsonInterval(share, size, level),
    lonely: alone,
  };
}

interface Stratum {
  readonly stratum: string;
  readonly respondents: number;
  readonly invited: number | null;
}

function sizesOf(
  survey: Survey,
  strata: string,
  population: Readonly<Record<string, number>> | null,
): Stratum[] {
  const { categories } = columnOf(survey, strata);
  const everyone = countAnswers(survey, strata);
  const without = countOf(everyone, null, [NO_ANSWER_ID, NOT_ASKED_ID]).n;
  if (without > 0) {
    throw new InputError(
      `${without} respondents have no "${strata}", so they are in no stratum. Give them one, or ` +
        `take another variable.`,
    );
  }
  return categories.flatMap((stratum) => {
    const respondents = countOf(everyone, null, [stratum]).n;
    if (respondents === 0) return [];
    const invited = population === null ? null : population[stratum];
    if (invited === undefined) {
      throw new InputError(
        `The population has no number for "${stratum}" in "${strata}". Say how many were invited.`,
      );
    }
    if (invited !== null && !(invited >= respondents && invited < Infinity)) {
      throw new InputError(
        `${respondents} respondents are "${stratum}" in "${strata}", of ${invited} invited. ` +
          `Correct the number of those invited.`,
      );
    }
    return [{ stratum, respondents, invited }];
  });
}

function total(counts: readonly Count[]): Count {
  return counts.reduce(
    (sum, { n, w, w2 }) => ({ n: sum.n + n, w: sum.w + w, w2: sum.w2 + w2 }),
    { n: 0, w: 0, w2: 0 },
  );
}
