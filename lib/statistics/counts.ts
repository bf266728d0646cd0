import { NO_ANSWER_ID, NOT_ASKED_ID } from "../responses/counted_answers.ts";

export { NO_ANSWER_ID, NOT_ASKED_ID };

/** A part of the population that people were drawn from by itself. */
export interface Stratum {
  /** A category of the variable that the codebook names. */
  readonly id: string;
  readonly respondents: number;
  /** Number of people invited, or null: no finite population correction. */
  readonly invited: number | null;
}

/** People who are alike in stratum and in all margins that weights were raked to. */
export interface CalibrationCell {
  /** Their codes in the columns that everything is counted by first: the strata's, then the margins'. */
  readonly codes: readonly number[];
  /** The place of their stratum; 0 where there are none. */
  readonly stratum: number;
  /** Sums of their weights before raking and after, and of the squares of those after. */
  readonly before: number;
  readonly w: number;
  readonly w2: number;
  /** What is known of them of the population: their row of the regression on the margins. */
  readonly known: readonly number[];
}

/** Weights that were raked: what the margins explain of an answer does not vary. */
export interface Calibration {
  readonly cells: readonly CalibrationCell[];
  /** The inverse of Σ d·xxᵀ over all respondents, d their weights before raking and x what is known. */
  readonly inverse: readonly (readonly number[])[];
}

/** How the people who are counted came to be there. */
export interface Sample {
  /** Number of respondents of the whole file, of which a domain, a group or a base is a part. */
  readonly respondents: number;
  /**
   * Number of people invited, or null: no finite population correction. Null also where more
   * responded than were invited, which is then the number of another study.
   */
  readonly invited: number | null;
  /** Whether the weights are other than one each. */
  readonly weighted: boolean;
  /** The smallest unweighted base over which anything is shown. */
  readonly leastBase: number;
  /** The fewest people who may be shown to have given an answer; see `limitsOf()`. */
  readonly leastAnswer?: number;
  /** How many people of a group must have answered otherwise than most; see `limitsOf()`. */
  readonly leastOthers?: number;
  /** Whether nothing is shown rounded in place of what is hidden. */
  readonly isStrict?: boolean;
  /** Confidence of its intervals, 0.5 to 1, ends excluded. */
  readonly confidence: number;
  /** The strata that people were drawn from; absent where the sample was drawn as a whole. */
  readonly strata?: readonly Stratum[];
  /** Of weights that were raked here; absent otherwise. */
  readonly calibration?: Calibration;
}

/** People: how many, the sum of their weights, and the sum of their squared weights. */
export interface Count {
  readonly n: number;
  readonly w: number;
  readonly w2: number;
  /** The same people by {@link partsOf} the sample, where it has some. */
  readonly parts?: readonly Count[];
}

/**
 * The answers to one question, counted by the groups of one variable. Everything statistical starts
 * here: nothing after it sees a respondent.
 */
export interface Counts {
  readonly question: string;
  /** Who was asked, by codebook id. */
  readonly base: string;
  readonly variable: string | null;
  /** The variable's categories, then the two that are no answers; one null without a variable. */
  readonly groups: readonly (string | null)[];
  /** The question's categories, then {@link NO_ANSWER_ID} and {@link NOT_ASKED_ID}. */
  readonly answers: readonly string[];
  /** The question's named sets of categories. */
  readonly sets: Readonly<Record<string, readonly string[]>>;
  /** People in group g with answer a, at `g * answers.length + a`. */
  readonly n: Float64Array;
  /** Sums of their weights and of their squared weights (equal to n where unweighted). */
  readonly w: Float64Array;
  readonly w2: Float64Array;
  readonly sample: Sample;
  /** The same counts by {@link partsOf} the sample, where it has some. */
  readonly parts?: readonly Counts[];
}

/** A part of the sample that people are counted by, for variances. */
interface SamplePart {
  /** The place of its stratum; 0 where there are none. */
  readonly stratum: number;
}

/**
 * The parts of a sample that variances need people counted by: the cells that weights were calibrated
 * in, or else its strata, or none.
 */
export function partsOf({ calibration, strata }: Sample): readonly SamplePart[] {
  return calibration?.cells ?? strata?.map((_, stratum) => ({ stratum })) ?? [];
}

/** How many strata have some of the people, by how many are in each of the sample's parts; at least 1. */
export function occupiedStrata(sample: Sample, people: readonly number[] = []): number {
  const parts = partsOf(sample);
  const occupied = new Set(people.flatMap((n, part) => n > 0 ? [parts[part]?.stratum] : []));
  return Math.max(1, occupied.size);
}

/** Whether variances are linearised: where people have weights or were drawn by strata. */
export function isLinearised({ weighted, strata }: Sample): boolean {
  return weighted || strata !== undefined;
}

/** The categories of the question: the answers without the two that are none. */
export function categoriesCounted({ answers }: Counts): readonly string[] {
  return answers.slice(0, -2);
}

/** The categories of the variable, or `[null]` where there is none. */
export function groupsCounted(counts: Counts): readonly (string | null)[] {
  return counts.variable === null ? counts.groups : counts.groups.slice(0, -2);
}

/**
 * The people of one group who gave one of these answers.
 *
 * @param group A group of the counts; null where they have no variable.
 * @param answers Any of `counts.answers`, each once.
 * @throws {RangeError} Where the counts have no such group or answer, or an answer is named twice.
 */
export function countOf(
  counts: Counts,
  group: string | null,
  answers: readonly string[],
): Count {
  const row = counts.groups.indexOf(group);
  if (row < 0) {
    throw new RangeError(
      `"${group}" is no group of these counts (there is: ${counts.groups.join(", ")})`,
    );
  }
  if (answers.length > 1 && new Set(answers).size < answers.length) {
    throw new RangeError(`An answer is named twice in ${answers.join(", ")}`);
  }
  let [n, w, w2] = [0, 0, 0];
  for (const answer of answers) {
    const column = counts.answers.indexOf(answer);
    if (column < 0) {
      throw new RangeError(
        `"${answer}" is no answer to ${counts.question} (there is: ${counts.answers.join(", ")})`,
      );
    }
    const at = row * counts.answers.length + column;
    n += counts.n[at]!;
    w += counts.w[at]!;
    w2 += counts.w2[at]!;
  }
  const parts = counts.parts?.map((part) => countOf(part, group, answers));
  return { n, w, w2, ...parts && { parts } };
}

/** The people of one group who were asked and answered: "don't know" is an answer. */
export function baseOf(counts: Counts, group: string | null = null): Count {
  return countOf(counts, group, categoriesCounted(counts));
}
