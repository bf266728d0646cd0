import type { QuestionId, VariableId } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import { columnOf, stepsOf } from "./column.ts";
import { countAnswers } from "./count_answers.ts";
import { baseOf, type Counts } from "./counts.ts";
import { crossTable, sumOf } from "./cross_table.ts";
import { isAnswerShown } from "./disclosure/suppress.ts";
import { type Association, ordinalAssociation } from "./ordinal_association.ts";
import { peopleShown } from "./people_among.ts";
import { type IndependenceTest, testOf } from "./table_tests.ts";
import { isBackground } from "./variable_sources.ts";

/** How two ordered answers go together over their whole table. */
export interface TableAssociation {
  /** People who answered both, "don't know" left out; NaN where `peopleShown()` says so. */
  readonly n: number;
  readonly weighted: boolean;
  readonly gamma: Association | null;
  readonly tauB: Association | null;
  /** Whether they have anything to do with each other. */
  readonly test: IndependenceTest | null;
}

/**
 * How the answers to a question go together with another ordered answer: gamma and Kendall's tau-b
 * with intervals, and a test of independence. "Don't know" is no step of a scale and is left out.
 *
 * @param by Another question, or a variable whose categories are in order.
 * @returns null where fewer than the least base answered both, or a background's table hides some of it.
 * @throws {InputError} Where the file has no such column.
 */
export function tableAssociation(
  survey: Survey,
  by: QuestionId | VariableId,
  question: QuestionId,
): TableAssociation | null {
  const counts = countAnswers(survey, question, { by });
  const [groups, answers] = [by, question].map((name) => stepsOf(columnOf(survey, name)));
  // Of a background's table the numbers would tell what is hidden in it.
  const isHidden = (group: string) =>
    baseOf(counts, group).n > 0 && !answers!.every((each) => isAnswerShown(counts, group, [each]));
  if (isBackground(survey.codebook, by) && groups!.some(isHidden)) return null;
  const table = crossTable(counts, { groups: groups!, answers: answers! });
  const both = table.n.flat().reduce((sum, count) => sum + count, 0);
  const n = peopleShown(survey, [by, question], both);
  if (n === null) return null;
  const { gamma, tauB } = ordinalAssociation(table);
  return { n, weighted: table.sample.weighted, gamma, tauB, test: testOf(table) };
}

/** How two ordered answers go together, with its interval. */
export interface Gamma {
  /** −1 to 1. Above 0: who stands early on one scale stands early on the other. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Two-sided, of no association, by the interval's test. */
  readonly p: number;
  /** Whether it surely goes one way up to a step of the first scale and the other way from there. */
  readonly turns: boolean;
  /** The people who answered both, unweighted. */
  readonly n: number;
  readonly weighted: boolean;
}

/**
 * Goodman and Kruskal's gamma of the same table, by itself.
 *
 * @returns `too_few` where fewer than the least base answered both; `one_answer` where no two people
 *   differ in both.
 */
export function gammaOf(
  survey: Survey,
  by: string,
  question: string,
): Gamma | "too_few" | "one_answer" {
  const found = tableAssociation(survey, by as VariableId, question as QuestionId);
  if (found === null) return "too_few";
  const { gamma, n, weighted } = found;
  if (gamma === null) return "one_answer";
  const { estimate: value, low, high, p } = gamma;
  const counts = countAnswers(survey, question as QuestionId, { by: by as VariableId });
  const turns = isTurned(
    counts,
    stepsOf(columnOf(survey, by)),
    stepsOf(columnOf(survey, question)),
  );
  return { ...{ value, low, high, p, turns }, n, weighted };
}

/**
 * Whether the answers surely go one way over the first steps of a scale and the other way from there on:
 * in both parts gamma and the test of independence are more than chance, with every step looked at and
 * the least base of people on either side of it.
 */
function isTurned(counts: Counts, steps: readonly string[], answers: readonly string[]): boolean {
  const inner = steps.slice(1, -1);
  const wayOf = (groups: readonly string[], step: string) => {
    const table = crossTable(counts, { groups, answers });
    const others = table.n.filter((_, row) => table.rows[row] !== step).map(sumOf);
    const { gamma } = ordinalAssociation(table);
    if (gamma === null || sumOf(others) < counts.sample.leastBase) return 0;
    const p = Math.max(gamma.p, testOf(table)?.pValue ?? 1);
    return p * inner.length < 1 - counts.sample.confidence ? Math.sign(gamma.estimate) : 0;
  };
  return inner.some((step, i) =>
    wayOf(steps.slice(0, i + 2), step) * wayOf(steps.slice(i + 1), step) < 0
  );
}
