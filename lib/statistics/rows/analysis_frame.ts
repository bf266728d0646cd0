import { InputError } from "../../responses/input_error.ts";
import type { Survey } from "../../responses/survey.ts";
import { type CodedColumn, columnOf } from "../column.ts";
import { type Domain, domainCodes } from "../domain.ts";
import type { AnalysisPlan } from "./analysis_plan.ts";
import { patternsOf, tallyOfRows } from "../tally.ts";
import type { Factor, Scores } from "./design_matrix.ts";
import { peopleOf } from "./ordinal_data.ts";
import { scoreColumn } from "./score_column.ts";
import { type LeftOut, whoAnswered } from "./who_answered.ts";

/** The people of an analysis by what they answered, and those who are not in it. */
export interface AnalysisFrame {
  /** People in the analysis. */
  readonly n: number;
  /** The categories of the outcome that somebody gave, from the lowest. */
  readonly answered: readonly string[];
  /** People by the outcome's score on the full scale: none at 0. */
  readonly outcome: readonly number[];
  /** Combinations of what is in the factors and scores that somebody has. */
  readonly patterns: number;
  /** By pattern and, within it, by answer given. */
  readonly given: AnswersGiven;
  readonly factors: readonly Factor[];
  readonly scores: readonly Scores[];
  readonly leftOut: readonly LeftOut[];
}

/** Flat: the answers of the first pattern from the lowest up, those of the second … */
export interface AnswersGiven {
  /** People. */
  readonly n: Float64Array;
  /** Sums of their weights and of the weights' squares; null where there are no weights. */
  readonly w: Float64Array | null;
  readonly w2: Float64Array | null;
}

/**
 * The people of an analysis: those in the domain with an answer to everything in the plan, counted
 * by pattern. Needs rows.
 *
 * Scales are turned round, since the codebook has the strongest answer first: the higher the score,
 * the more agreement. "Don't know" is no step of a scale: whoever says so of the outcome is left
 * out, of a score it is 0.
 *
 * @throws {InputError} Where the plan names what the survey does not have.
 */
export function analysisFrame(survey: Survey, plan: AnalysisPlan, within: Domain): AnalysisFrame {
  const inside = domainCodes(survey, within);
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
  const { respondents } = survey.source;
  const { inside: answering, leftOut } = whoAnswered(outcome, columns, inside, respondents);
  const patterned = patternsOf(columns, answering, respondents);
  const { size: patterns, codes } = patterned;
  const counted = tallyOfRows(patterned, outcome.column, survey.weights);
  const byCode = new Array<number>(256).fill(0);
  counted.n.forEach((n, at) => byCode[at % counted.width + 1]! += n);
  const answered = outcome.column.categories
    .map((category, i) => ({ category, code: i + 1 }))
    .filter(({ code }) => byCode[code]! > 0)
    .sort((a, b) => outcome.score[a.code]! - outcome.score[b.code]!);
  const pick = (sums: Float64Array) =>
    new Float64Array(patterns * answered.length).map((_, at) =>
      sums[
        Math.floor(at / answered.length) * counted.width + answered[at % answered.length]!.code - 1
      ]!
    );
  const given = {
    n: pick(counted.n),
    w: survey.weights && pick(counted.w),
    w2: survey.weights && pick(counted.w2),
  };
  const counts = peopleOf(given.n, patterns);
  return {
    n: given.n.reduce((sum, n) => sum + n, 0),
    answered: answered.map(({ category }) => category),
    outcome: recode(byCode, outcome.score),
    patterns,
    given,
    factors: factors.map(({ column, reference }, f) =>
      factorOf(column, reference, codes[f]!, counts)
    ),
    scores: scores.map(({ column, score, dontKnow }, s) => {
      const of = codes[factors.length + s]!;
      return {
        variable: column.id,
        of: of.map((code) => score[code]!),
        people: recode(countCodes(of, counts), score),
        dontKnow,
      };
    }),
    leftOut,
  };
}

function factorOf(
  column: CodedColumn,
  reference: string | null,
  codes: Uint8Array,
  counts: Float64Array,
): Factor {
  const byCode = countCodes(codes, counts);
  const levels = column.categories.filter((_, i) => byCode[i + 1]! > 0);
  // A reference that nobody has gives way to the first category.
  levels.sort((a, b) => Number(b === reference) - Number(a === reference));
  const place = column.categories.map((category) => levels.indexOf(category));
  return {
    variable: column.id,
    of: codes.map((code) => place[code - 1]!),
    levels,
    people: levels.map((level) => byCode[column.categories.indexOf(level) + 1]!),
  };
}

/** How many people have each code, from those with each pattern. */
function countCodes(codes: Uint8Array, counts: Float64Array): number[] {
  const byCode = new Array<number>(256).fill(0);
  for (let i = 0; i < codes.length; i++) byCode[codes[i]!]! += counts[i]!;
  return byCode;
}

/** How many people have each score, from those with each code. */
function recode(byCode: readonly number[], score: readonly number[]): number[] {
  const byScore = new Array<number>(Math.max(...score) + 1).fill(0);
  byCode.forEach((n, code) => byScore[score[code]!]! += n);
  return byScore;
}
