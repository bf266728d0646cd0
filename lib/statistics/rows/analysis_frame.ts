import { InputError } from "../../language/input_error.ts";
import { NO_ANSWER, NOT_ASKED, type Survey } from "../../survey/survey.ts";
import { type Column, columnOf } from "../column.ts";
import { type Domain, domainCodes } from "../count_answers.ts";
import type { AnalysisPlan } from "./analysis_plan.ts";
import type { Factor, Scores } from "./design_matrix.ts";

/** People left out of an analysis: each for the first reason in the plan's order. */
export interface LeftOut {
  readonly variable: string;
  readonly reason: "dont_know" | "no_answer" | "not_asked";
  readonly n: number;
}

/** The people of an analysis, and those who are not. */
export interface AnalysisPeople {
  /** The outcome's answers from the lowest (1) to the highest, those nobody gave left out. */
  readonly answers: readonly number[];
  /** The categories of those answers. */
  readonly answered: readonly string[];
  /** The outcome's scores on the full scale. */
  readonly outcome: readonly number[];
  readonly factors: readonly Factor[];
  readonly scores: readonly Scores[];
  readonly weights: readonly number[] | null;
  readonly leftOut: readonly LeftOut[];
}

/**
 * The people of an analysis: those in the domain with an answer to everything in the plan. Needs
 * rows.
 *
 * Scales are turned round, since the codebook has the strongest answer first: the higher the score,
 * the more agreement. "Don't know" is no step of a scale: whoever says so of the outcome is left
 * out, of a score it is null.
 *
 * @throws {InputError} Where the plan names what the survey does not have.
 */
export function analysisPeople(survey: Survey, plan: AnalysisPlan, within: Domain): AnalysisPeople {
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
  const columns = [outcome.column, ...factors.map((f) => f.column), ...scores.map((s) => s.column)];
  const reasons = new Map<string, LeftOut>();
  const people: number[] = [];
  for (let i = 0; i < survey.source.respondents; i++) {
    if (inside && !inside[i]) continue;
    const out = reasonOf(i, columns, outcome);
    if (out === null) people.push(i);
    else {
      const key = JSON.stringify(out);
      reasons.set(key, { ...out, n: (reasons.get(key)?.n ?? 0) + 1 });
    }
  }
  const full = people.map((i) => outcome.score[outcome.column.codes[i]!]!);
  const given = [...new Set(full)].sort((a, b) => a - b);
  return {
    outcome: full,
    answers: full.map((score) => given.indexOf(score) + 1),
    answered: given.map((score) => outcome.column.categories[outcome.score.indexOf(score) - 1]!),
    factors: factors.map(({ column, reference }) => factorOf(column, reference, people)),
    scores: scores.map(({ column, score, dontKnow }) => ({
      variable: column.id,
      given: people.map((i) => score[column.codes[i]!] || null),
      dontKnow,
    })),
    weights: survey.weights && people.map((i) => survey.weights![i]!),
    leftOut: [...reasons.values()],
  };
}

function factorOf(column: Column, reference: string | null, people: readonly number[]): Factor {
  const given = people.map((i) => column.categories[column.codes[i]! - 1]!);
  const there = new Set(given);
  const levels = column.categories.filter((category) => there.has(category));
  // A reference that nobody has gives way to the first category.
  const first = levels.filter((category) => category === reference);
  return {
    variable: column.id,
    given,
    levels: [...first, ...levels.filter((category) => category !== reference)],
  };
}

interface ScoreColumn {
  readonly column: Column;
  /** By code: 1 for the weakest answer, and 0 for "don't know" and whatever is no answer. */
  readonly score: readonly number[];
  readonly dontKnow: string | null;
}

function scoreColumn(survey: Survey, name: string): ScoreColumn {
  const column = columnOf(survey, name);
  const question = survey.codebook.questions[name];
  if (question === undefined) {
    throw new InputError(`"${name}" is not a question, so it has no scale. Use a question.`);
  }
  const dontKnow = survey.codebook.scales[question.scale]?.dont_know ?? null;
  const steps = column.categories.filter((category) => category !== dontKnow);
  const score = new Array<number>(256).fill(0);
  column.categories.forEach((category, i) => {
    const at = steps.indexOf(category);
    score[i + 1] = at < 0 ? 0 : steps.length - at;
  });
  return { column, score, dontKnow };
}

function reasonOf(
  person: number,
  columns: readonly Column[],
  outcome: ScoreColumn,
): Omit<LeftOut, "n"> | null {
  for (const { id, codes } of columns) {
    const code = codes[person]!;
    if (code === NO_ANSWER) return { variable: id, reason: "no_answer" };
    if (code === NOT_ASKED) return { variable: id, reason: "not_asked" };
    if (id === outcome.column.id && outcome.score[code] === 0) {
      return { variable: id, reason: "dont_know" };
    }
  }
  return null;
}
