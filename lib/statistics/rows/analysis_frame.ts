import { InputError } from "../../responses/input_error.ts";
import { NO_ANSWER, NOT_ASKED, type Survey } from "../../responses/survey.ts";
import { type CodedColumn, columnOf, stepsOf } from "../column.ts";
import type { Sample } from "../counts.ts";
import { type Domain, domainCodes } from "../domain.ts";
import { sampleOf } from "../sample.ts";
import { type Patterns, patternsOf, tallyOfRows } from "../tally.ts";
import { codesOfParts, columnsOfParts } from "./calibration.ts";
import { peopleOf } from "./proportional_odds.ts";

/** What an association analysis puts together, by codebook ids. */
export interface AnalysisPlan {
  /** A question on an ordered scale. */
  readonly outcome: string;
  /** A set of the outcome's answers at one end of the scale or next to each other. */
  readonly set: string;
  /** Variables by category, each with its reference; null: the first category that somebody has. */
  readonly factors: Readonly<Record<string, string | null>>;
  /** Questions on an ordered scale, taken as scores. */
  readonly scores: readonly string[];
}

/**
 * What becomes of "don't know" to a score: whoever says so is left out (complete cases), or kept with the
 * mean score and an indicator of their own.
 */
export type DontKnow = "left_out" | "indicator";

/** People left out of an analysis: each for the first reason in the plan's order. */
export interface LeftOut {
  readonly variable: string;
  readonly reason: "dont_know" | "no_answer" | "not_asked";
  readonly n: number;
}

/** The people of an analysis by what they answered, and those who are not in it. */
export interface AnalysisFrame {
  /** People in the analysis. */
  readonly n: number;
  /** The categories of the outcome that somebody gave, from the lowest. */
  readonly answered: readonly string[];
  /** Combinations of what is in the factors and scores that somebody has. */
  readonly patterns: number;
  /** By pattern and, within it, by answer from the lowest: people, sums of weights, and of their squares. */
  readonly given: Readonly<Record<"n" | "w" | "w2", Float64Array>>;
  readonly sample: Sample;
  /** Where the patterns of each of the sample's parts begin and end; null: it has none. */
  readonly parts: readonly (readonly [from: number, to: number])[] | null;
  readonly factors: readonly CategoricalTerm[];
  readonly scores: readonly ScoreTerm[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * The people of an analysis: those in the domain with an answer to everything in the plan, counted
 * by pattern. Needs rows.
 *
 * The codebook has the strongest answer of a scale first, so scales are turned round: a higher score
 * is more agreement. "Don't know" is no step of a scale: whoever says so of the outcome is left out, of a
 * score too, or it is 0 there (`indicator`).
 *
 * @throws {InputError} Where the plan names what the survey does not have.
 */
export function analysisFrame(
  survey: Survey,
  plan: AnalysisPlan,
  within: Domain,
  dontKnow: DontKnow,
): AnalysisFrame {
  const outcome = scoreColumn(survey, plan.outcome);
  const factors = Object.entries(plan.factors).map(([name, reference]) => {
    const column = columnOf(survey, name);
    if (reference !== null && !column.categories.includes(reference)) {
      throw new InputError(
        `"${reference}" is no category of "${name}". Use one of: ${column.categories.join(", ")}.`,
      );
    }
    return { column, reference };
  });
  const scores = plan.scores.map((name) => scoreColumn(survey, name));
  const columns = [...factors, ...scores].map(({ column }) => column);
  const needed = [outcome, ...factors.map(({ column }) => ({ column, score: null })), ...scores];
  const unknowing = dontKnow === "left_out" ? scores.length : 0;
  const { inside, leftOut } = whoAnswered(needed, unknowing, domainCodes(survey, within));
  const sample = sampleOf(survey);
  const by = columnsOfParts(survey);
  const patterned = patternsOf([...by, ...columns], inside, inside.length);
  const { size: patterns } = patterned;
  const codes = patterned.codes.slice(by.length);
  const { width, n, w, w2 } = tallyOfRows(patterned, outcome.column, survey.weights);
  const byCode = new Array<number>(256).fill(0);
  n.forEach((people, at) => byCode[at % width + 1]! += people);
  const answered = outcome.column.categories
    .map((category, i) => ({ category, code: i + 1 }))
    .filter(({ code }) => byCode[code]! > 0)
    .sort((a, b) => outcome.score[a.code]! - outcome.score[b.code]!);
  const pick = (sums: Float64Array) => {
    const to: number[] = [];
    for (let start = 0; start < sums.length; start += width) {
      for (const { code } of answered) to.push(sums[start + code - 1]!);
    }
    return Float64Array.from(to);
  };
  const given = { n: pick(n), w: pick(w), w2: pick(w2) };
  const people = peopleOf(given.n, patterns);
  return {
    n: people.reduce((sum, n) => sum + n, 0),
    answered: answered.map(({ category }) => category),
    ...{ patterns, given, sample },
    parts: rangesOf(codesOfParts(sample, by), patterned),
    factors: factors.map(({ column, reference }, f) =>
      categoricalTerm(column, reference, codes[f]!, people)
    ),
    scores: scores.map(({ column, score }, s) => {
      const of = codes[factors.length + s]!;
      return {
        variable: column.id,
        of: of.map((code) => score[code]!),
        people: recode(countCodes(of, people), score),
        dontKnow: column.dontKnow,
      };
    }),
    leftOut,
  };
}

/** Where the patterns of each part are, of patterns that are by its columns first. */
function rangesOf(parts: ReturnType<typeof codesOfParts>, { codes, size }: Patterns) {
  if (parts === null) return null;
  const ranges = new Map<string, readonly [number, number]>();
  for (let i = 0; i < size; i++) {
    const key = codes.slice(0, parts[0]?.length ?? 0).map((of) => of[i]!).join();
    ranges.set(key, [ranges.get(key)?.[0] ?? i, i + 1]);
  }
  return parts.map((own) => ranges.get(own.join()) ?? [0, 0] as const);
}

/** A question on an ordered scale, and the scores of its answers. */
interface ScoreColumn {
  readonly column: CodedColumn;
  /** By code: 1 for the weakest answer, and 0 for "don't know" and whatever is no answer. */
  readonly score: readonly number[];
}

/**
 * The scores of a question's answers.
 *
 * @throws {InputError} Where there is no such name, or it is no question.
 */
export function scoreColumn(survey: Survey, name: string): ScoreColumn {
  const column = columnOf(survey, name);
  const question = survey.codebook.questions[name];
  if (question === undefined) {
    throw new InputError(`"${name}" is not a question, so it has no scale. Use a question.`);
  }
  // Numbers begin with the lowest.
  const steps = question.numbers ? stepsOf(column) : stepsOf(column).reverse();
  const score = new Array<number>(256).fill(0);
  column.categories.forEach((category, i) => score[i + 1] = steps.indexOf(category) + 1);
  return { column, score };
}

const REASONS = ["dont_know", "no_answer", "not_asked"] as const;

/**
 * Who answered everything (`inside`: 1 for each of them), and why the others are left out.
 *
 * @param needed The outcome, and then all else.
 * @param unknowing Of how many, at the end, "don't know" leaves out too.
 */
function whoAnswered(
  needed: readonly { readonly column: CodedColumn; readonly score: readonly number[] | null }[],
  unknowing: number,
  domain: Uint8Array | null,
): { inside: Uint8Array; leftOut: LeftOut[] } {
  const inside = domain?.slice() ?? new Uint8Array(needed[0]!.column.codes.length).fill(1);
  const leftOut = needed.flatMap(({ column: { id, categories, codes }, score }, c) => {
    // By code, 1 more than the reason's place.
    const reasons = new Uint8Array(256);
    [reasons[NO_ANSWER], reasons[NOT_ASKED]] = [2, 3];
    const isLeftOut = c === 0 || c >= needed.length - unknowing;
    if (score && isLeftOut) {
      categories.forEach((_, i) => reasons[i + 1] = score[i + 1] === 0 ? 1 : 0);
    }
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < inside.length; i++) {
      const reason = reasons[codes[i]!]!;
      if (reason === 0 || inside[i] === 0) continue;
      inside[i] = 0;
      counts[reason]!++;
    }
    return REASONS.map((reason, i) => ({ variable: id, reason, n: counts[i + 1]! }))
      .filter(({ n }) => n > 0);
  });
  return { inside, leftOut };
}

function categoricalTerm(
  { id, categories }: CodedColumn,
  reference: string | null,
  codes: Uint8Array,
  people: Float64Array,
): CategoricalTerm {
  const byCode = countCodes(codes, people);
  const levels = categories.filter((_, i) => byCode[i + 1]! > 0);
  // A reference that nobody has gives way to the first category.
  levels.sort((a, b) => Number(b === reference) - Number(a === reference));
  return {
    variable: id,
    of: codes.map((code) => levels.indexOf(categories[code - 1]!)),
    levels,
    people: levels.map((level) => byCode[categories.indexOf(level) + 1]!),
  };
}

/** How many people have each code, from those with each pattern. */
function countCodes(codes: Uint8Array, people: Float64Array): number[] {
  const byCode = new Array<number>(256).fill(0);
  for (let i = 0; i < codes.length; i++) byCode[codes[i]!]! += people[i]!;
  return byCode;
}

/** How many people have each score, from those with each code. */
function recode(byCode: readonly number[], score: readonly number[]): number[] {
  const byScore = new Array<number>(Math.max(...score) + 1).fill(0);
  byCode.forEach((n, code) => byScore[score[code]!]! += n);
  return byScore;
}

/** A variable of a regression, by category. */
interface CategoricalTerm {
  readonly variable: string;
  /** By covariate pattern, the place of its category in the levels. */
  readonly of: Uint8Array;
  /** The categories that somebody has, in order. The first is the reference. */
  readonly levels: readonly string[];
  /** People by level. */
  readonly people: readonly number[];
}

/** A question of a regression, by score. */
interface ScoreTerm {
  readonly variable: string;
  /** By covariate pattern, the score; 0 for "don't know". */
  readonly of: Uint8Array;
  /** People by score, from 0. */
  readonly people: readonly number[];
  /** The category that means "don't know". */
  readonly dontKnow: string | null;
}

/** One column of a design matrix. */
export interface DesignColumn {
  /** `variable:category` of a dummy and of "don't know", `variable` of a score. */
  readonly term: string;
  readonly variable: string;
  /** Null for a score. */
  readonly category: string | null;
  readonly kind: "dummy" | "score" | "dont_know";
}

/**
 * The design matrix of an analysis: dummies for categories, standardised scores.
 *
 * A variable of k categories that somebody has gives k − 1 columns of 0 and 1, none for its
 * reference. A score is taken less its mean over its standard deviation, both of the people who
 * have one, as `scale()` in R; where all have the same, there is no column. Whoever answers "don't know"
 * gets the mean, 0, and a 1 in a column of its own: the score's coefficient is that of people with a
 * score.
 *
 * @returns Columns in order: each factor's levels but the first, and then each score with its
 *   "don't know"; and x by covariate pattern and, within it, by column.
 */
export function designMatrix(
  patterns: number,
  factors: readonly CategoricalTerm[],
  scores: readonly ScoreTerm[],
): { columns: DesignColumn[]; x: Float64Array } {
  const columns: DesignColumn[] = [];
  const values: { readonly of: Uint8Array; readonly numbers: readonly number[] }[] = [];
  const add = (column: Omit<DesignColumn, "term">, of: Uint8Array, numbers: readonly number[]) => {
    const { variable, category } = column;
    columns.push({ term: category === null ? variable : `${variable}:${category}`, ...column });
    values.push({ of, numbers });
  };
  for (const { variable, of, levels } of factors) {
    for (const category of levels.slice(1)) {
      add({ variable, category, kind: "dummy" }, of, levels.map((level) => +(level === category)));
    }
  }
  for (const { variable, of, people, dontKnow } of scores) {
    const profile = describeScores(people);
    if (profile !== null && profile.deviation > 0) {
      const { mean, deviation } = profile;
      const standard = people.map((_, score) => score === 0 ? 0 : (score - mean) / deviation);
      add({ variable, category: null, kind: "score" }, of, standard);
    }
    if (people[0]! > 0) {
      const unknown = people.map((_, score) => +(score === 0));
      add({ variable, category: dontKnow, kind: "dont_know" }, of, unknown);
    }
  }
  const x = new Float64Array(patterns * columns.length);
  values.forEach(({ of, numbers }, j) => {
    for (let i = 0; i < patterns; i++) x[i * columns.length + j] = numbers[of[i]!]!;
  });
  return { columns, x };
}

/** The mean and the standard deviation (of n − 1) of scores, from people by score; 0 is no score. */
function describeScores(people: readonly number[]): { mean: number; deviation: number } | null {
  const counts = people.flatMap((n, score) => score > 0 && n > 0 ? [{ score, n }] : []);
  const sum = (of: (score: number) => number) =>
    counts.reduce((sum, { score, n }) => sum + of(score) * n, 0);
  const n = sum(() => 1);
  if (n < 2) return null;
  const mean = sum((score) => score) / n;
  return { mean, deviation: Math.sqrt(sum((score) => (score - mean) ** 2) / (n - 1)) };
}
