import { NO_ANSWER, NOT_ASKED, type Survey } from "../survey/survey.ts";
import { whereMask } from "../survey/where.ts";
import { type Column, columnOf } from "./column.ts";
import { type Counts, NO_ANSWER_ID, NOT_ASKED_ID, type Sample, sampleOf } from "./counts.ts";

/**
 * A part of the respondents: those whose answers are among these, for every question and variable
 * named. It restricts who is counted, and leaves the sample as it is: a domain, not a new survey.
 */
export type Domain = Readonly<Record<string, readonly string[]>>;

export interface CountOptions {
  /** Count within the groups of this variable (a question will do as well). */
  readonly by?: string | Column | null;
  /** Count only these respondents. */
  readonly within?: Domain;
}

/** Codes are below 256, so a group and an answer together are one of 65,536 bins. */
const BINS = 65_536;
/** Stands for a group in a respondent outside the domain. No scale has so many categories. */
const OUTSIDE = 254;

/**
 * Counts the answers to a question: the one function that looks at respondents.
 *
 * One pass over the codes, whatever the number of groups and answers.
 *
 * @param survey The survey.
 * @param question A question or variable by codebook id, or a column made of several.
 * @returns For each group and answer ("no answer" and "not asked" included): n, w, w2.
 * @throws {InputError} Where a name is not in the codebook, or the file has no such column.
 */
export function countAnswers(
  survey: Survey,
  question: string | Column,
  { by = null, within = {} }: CountOptions = {},
): Counts {
  const answers = typeof question === "string" ? columnOf(survey, question) : question;
  const groups = typeof by === "string" ? columnOf(survey, by) : by;
  const inside = domainCodes(survey, within);
  const codes = inside === null ? groups?.codes ?? null : groupsInside(groups, inside);
  return fold(
    countBins(answers.codes, codes, survey.weights),
    answers,
    groups,
    sampleOf(survey),
    inside !== null,
  );
}

interface Bins {
  readonly n: Uint32Array;
  readonly w: Float64Array | null;
  readonly w2: Float64Array | null;
}

function countBins(
  answers: Uint8Array,
  groups: Uint8Array | null,
  weights: Float64Array | null,
): Bins {
  const length = answers.length;
  if (
    (groups && groups.length !== length) ||
    (weights && weights.length !== length)
  ) {
    throw new RangeError(
      `Columns of one survey must be of one length: ${length} answers, ` +
        `${groups?.length ?? "no"} groups, ${weights?.length ?? "no"} weights`,
    );
  }
  const n = new Uint32Array(BINS);
  if (groups === null) {
    for (let i = 0; i < length; i++) n[answers[i]!]!++;
  } else {
    for (let i = 0; i < length; i++) n[groups[i]! << 8 | answers[i]!]!++;
  }
  if (weights === null) return { n, w: null, w2: null };
  const w = new Float64Array(BINS);
  const w2 = new Float64Array(BINS);
  for (let i = 0; i < length; i++) {
    const bin = groups === null ? answers[i]! : groups[i]! << 8 | answers[i]!;
    const weight = weights[i]!;
    w[bin]! += weight;
    w2[bin]! += weight * weight;
  }
  return { n, w, w2 };
}

function fold(
  bins: Bins,
  answers: Column,
  groups: Column | null,
  sample: Sample,
  partly: boolean,
): Counts {
  const answerCodes = codesOf(answers);
  // Without a variable everyone has group code 0, in a domain those inside have code 1.
  const groupCodes = groups ? codesOf(groups) : [partly ? 1 : 0];
  const n: number[] = [];
  const w: number[] = [];
  const w2: number[] = [];
  for (const group of groupCodes) {
    for (const answer of answerCodes) {
      const bin = group << 8 | answer;
      n.push(bins.n[bin]!);
      w.push((bins.w ?? bins.n)[bin]!);
      w2.push((bins.w2 ?? bins.n)[bin]!);
      bins.n[bin] = 0;
    }
  }
  const strange = bins.n.findIndex((count, bin) => count > 0 && !(partly && bin >> 8 === OUTSIDE));
  if (strange >= 0) {
    throw new RangeError(
      `A respondent has a code that is none of the categories: ${strange & 255} in ` +
        `${answers.id}${groups ? ` or ${strange >> 8} in ${groups.id}` : ""}`,
    );
  }
  return {
    question: answers.id,
    base: answers.base,
    variable: groups?.id ?? null,
    groups: groups ? [...groups.categories, NO_ANSWER_ID, NOT_ASKED_ID] : [null],
    answers: [...answers.categories, NO_ANSWER_ID, NOT_ASKED_ID],
    sets: answers.sets,
    n: Float64Array.from(n),
    w: Float64Array.from(w),
    w2: Float64Array.from(w2),
    sample,
  };
}

function codesOf(column: Column): number[] {
  return [...column.categories.map((_, i) => i + 1), NO_ANSWER, NOT_ASKED];
}

function groupsInside(groups: Column | null, inside: Uint8Array): Uint8Array {
  if (groups === null) {
    return inside.map((is) => is ? 1 : OUTSIDE);
  }
  const codes = new Uint8Array(inside.length);
  for (let i = 0; i < inside.length; i++) {
    codes[i] = inside[i] ? groups.codes[i]! : OUTSIDE;
  }
  return codes;
}

/** 1 for each respondent inside the domain and 0 outside, or null where everyone is inside. */
function domainCodes(survey: Survey, within: Domain): Uint8Array | null {
  const { codes, codebook, source } = survey;
  return Object.keys(within).length === 0
    ? null
    : whereMask(codes, codebook, within, source.respondents);
}
