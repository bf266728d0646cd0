import type { QuestionId, VariableId } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import { columnOf, stepsOf } from "./column.ts";
import { countAnswers, peopleShown } from "./count_answers.ts";
import { baseOf, type Counts } from "./counts.ts";
import { type Cells, type CrossTable, crossTable, margins, sumOf } from "./cross_table.ts";
import { isAnswerShown } from "./disclosure/suppress.ts";
import { normalUpperQuantile, normalUpperTail } from "./distributions.ts";
import { endless, inPart, linearisedVariance } from "./linearised_variance.ts";
import { isBackground } from "./needed_counts.ts";
import { type IndependenceTest, testOf } from "./table_tests.ts";

/** How two ordered answers go together over their whole table. */
interface TableAssociation {
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
 * @throws {InputError} Where a name is not in the codebook.
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
  const counts = countAnswers(survey, question, { by });
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

/** A measure from −1 (as one goes up the other goes down) to 1 (they go up together). */
interface Association {
  readonly estimate: number;
  /** Standard error; 0 where the estimate is −1 or 1. */
  readonly se: number;
  readonly low: number;
  readonly high: number;
  /** Of no association, two-sided, by the interval's test. */
  readonly p: number;
}

interface OrdinalAssociation {
  /** Goodman and Kruskal's gamma: pairs that agree less pairs that don't, of those that differ. */
  readonly gamma: Association | null;
  /** Kendall's tau-b: the same with ties held against it. */
  readonly tauB: Association | null;
}

/**
 * Measures of how two ordinal answers go together, from their table.
 *
 * Each is a function f of the table's (weighted) shares p. Its variance is that of its linearised
 * values, m/(m−1)·Σ_c w²_c (f′_c − Σ p f′)²/W², with f′ the derivative at the cell c; with
 * strata, see `linearisedCovariances()`. Without weights this is Goodman and Kruskal's multinomial
 * variance, times n/(n−1). The interval is that of Fisher's atanh f, brought back; of two answers each, gamma's
 * is Woolf's of the odds ratio.
 *
 * At −1 and 1 there is no such variance, which does not make them certain (R's
 * `DescTools::GoodmanKruskalGamma()` says from 1 to 1). There the interval ends at the estimate and begins
 * where that of the smoothed table does: with two people more, spread as if the answers had nothing to do
 * with each other; its variance is of weights, without strata.
 *
 * In R `cor(method = "kendall")` is tau-b.
 * Source: A. Agresti (2013), Categorical Data Analysis, 3rd ed., 2.4.4–2.4.5 and 16.1; L. A. Goodman
 * & W. H. Kruskal (1972), JASA 67, 415–421; A. Agresti (1999), Biometrics 55, 597–602 (the smoothed table).
 *
 * @param table Rows and columns in the order of their scales, without "don't know".
 * @returns Each measure, null where it is not defined: one row or one column, or for gamma no pair
 *   that differs in both.
 */
export function ordinalAssociation(table: CrossTable): OrdinalAssociation {
  if (table.rows.length < 2 || table.columns.length < 2) {
    return { gamma: null, tauB: null };
  }
  const endlessly = { ...table, sample: endless(table.sample) };
  return { gamma: measured(gamma, endlessly), tauB: measured(tauB, endlessly) };
}

/** A function of shares: its value, and its derivative at each cell. */
interface Measure {
  readonly value: number;
  readonly slopes: number[][];
}
type Shares = readonly (readonly number[])[];

/** By cell, the share of people who are higher or lower in both, and of those crosswise. */
function pairs(p: Shares): { agree: number[][]; differ: number[][] } {
  const over = (fits: (sign: number) => boolean) =>
    byCell(
      p,
      (i, j) => sumOf(p.flatMap((row, k) => row.filter((_, l) => fits((k - i) * (l - j))))),
    );
  return { agree: over((sign) => sign > 0), differ: over((sign) => sign < 0) };
}

function byCell(p: Shares, value: (i: number, j: number) => number): number[][] {
  return p.map((row, i) => row.map((_, j) => value(i, j)));
}

function gamma(p: Shares): Measure | null {
  const { agree, differ } = pairs(p);
  const [c, d] = [weigh(p, agree), weigh(p, differ)];
  if (c + d === 0) return null;
  // c and d are quadratic in p: their derivatives are twice the sums.
  return {
    value: (c - d) / (c + d),
    slopes: byCell(p, (i, j) => 4 * (d * agree[i]![j]! - c * differ[i]![j]!) / (c + d) ** 2),
  };
}

function tauB(p: Shares): Measure | null {
  const { agree, differ } = pairs(p);
  const { rows, columns } = margins(p);
  const untied = (shares: number[]) => 1 - sumOf(shares.map((share) => share ** 2));
  const [x, y] = [untied(rows), untied(columns)];
  const root = Math.sqrt(x * y);
  // In a replicate all but one may weigh nothing.
  if (root < 1e-12) return null;
  const value = (weigh(p, agree) - weigh(p, differ)) / root;
  return {
    value,
    slopes: byCell(
      p,
      (i, j) =>
        2 * (agree[i]![j]! - differ[i]![j]!) / root + value * (rows[i]! / x + columns[j]! / y),
    ),
  };
}

function weigh(p: Shares, values: Shares): number {
  return sumOf(p.flatMap((row, i) => row.map((share, j) => share * values[i]![j]!)));
}

function measured(
  measureOf: (p: Shares) => Measure | null,
  table: CrossTable,
): Association | null {
  const { total } = margins(table.w);
  const p = table.w.map((row) => row.map((w) => w / total));
  const measure = measureOf(p);
  if (measure === null) return null;
  const { value, slopes } = measure;
  if (1 - Math.abs(value) < 1e-12) {
    const { low, high, p } = measured(measureOf, smoothed(table))!;
    const estimate = Math.sign(value);
    return { estimate, se: 0, low: estimate < 0 ? -1 : low, high: estimate > 0 ? 1 : high, p };
  }
  const mean = weigh(p, slopes);
  const off = slopes.map((row) => row.map((slope) => slope - mean));
  const squares = off.map((row) => row.map((value) => value ** 2));
  const variance = linearisedVariance(table.sample, (part) => {
    const { w, w2 } = inPart<Cells>(table, part);
    return { sum: weigh(w, off), squares: weigh(w2, off), products: weigh(w2, squares) };
  });
  const se = Math.sqrt(Math.max(0, variance)) / total;
  const error = se / (1 - value ** 2);
  const half = normalUpperQuantile((1 - table.sample.confidence) / 2) * error;
  const [low, high] = [-half, half].map((by) => Math.tanh(Math.atanh(value) + by));
  const z = Math.abs(Math.atanh(value)) / error;
  return {
    ...{ estimate: value, se, low: low!, high: high! },
    p: value === 0 ? 1 : 2 * normalUpperTail(z),
  };
}

/** The table with two people more, of mean weight, at every place by its row's and its column's share. */
function smoothed({ sample, parts: _, ...table }: CrossTable): CrossTable {
  const { strata: _strata, calibration: _calibration, ...drawn } = sample;
  const { rows, columns, total } = margins(table.w);
  const weight = total / margins(table.n).total;
  const more = (cells: Shares, each: number) =>
    byCell(cells, (i, j) => cells[i]![j]! + 2 * each * rows[i]! * columns[j]! / total ** 2);
  return {
    ...table,
    sample: drawn,
    n: more(table.n, 1),
    w: more(table.w, weight),
    w2: more(table.w2, weight ** 2),
  };
}
