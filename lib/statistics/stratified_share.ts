import { InputError } from "../language/input_error.ts";
import type { Survey } from "../survey/survey.ts";
import { type Column, columnOf } from "./column.ts";
import { countAnswers, type Domain } from "./count_answers.ts";
import { baseOf, countOf } from "./counts.ts";
import { shareOf } from "./share_of.ts";
import { isAnswerShown } from "./suppress.ts";
import { shareVariance } from "./weighted_share.ts";
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
 * A share with the variance of a sample that was drawn by other strata than the codebook says, or
 * by some at all; see `shareVariance()`. From counts: no rows are looked at.
 *
 * @returns The share, or null where nobody in the domain was asked and answered, or too few
 *   to be shown.
 * @throws {InputError} As `strataOf()`, or where a stratum of one respondent is refused.
 */
export function stratifiedShare(
  survey: Survey,
  question: string | Column,
  answers: readonly string[],
  { strata, population = null, within = {}, lonely = "adjust", level = 0.95 }: StratifiedOptions,
): StratifiedShare | null {
  columnOf(survey, strata);
  const { study } = survey.codebook;
  const drawn = { variable: strata, ...population && { invited: { ...population } } };
  const codebook = { ...survey.codebook, study: { ...study, strata: drawn } };
  const counts = countAnswers({ ...survey, codebook }, question, { within });
  const { sample } = counts;
  const alone = (sample.strata ?? []).filter(({ respondents }) => respondents === 1)
    .map(({ id }) => id);
  if (lonely === "refuse" && alone.length > 0) {
    throw new InputError(
      `Only one respondent has ${alone.join(", ")} in "${strata}", which says nothing of its ` +
        `spread. Join it with another stratum.`,
    );
  }
  const [part, base] = [countOf(counts, null, answers), baseOf(counts)];
  if (base.n === 0 || !isAnswerShown(counts, null, answers)) return null;
  const varies = part.n > 0 && part.n < base.n;
  return {
    n: base.n,
    ...shareOf(part, base, sample, level),
    variance: varies ? shareVariance(part, base, sample) ?? 0 : 0,
    lonely: alone,
  };
}
