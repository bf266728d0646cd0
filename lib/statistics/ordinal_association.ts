import { type Cells, type CrossTable, margins, sumOf } from "./cross_table.ts";
import { normalUpperQuantile, normalUpperTail } from "./distributions/normal.ts";
import { endless, inPart, linearisedVariance } from "./linearised_variance.ts";

/** A measure from −1 (as one goes up the other goes down) to 1 (they go up together). */
export interface Association {
  readonly estimate: number;
  /** Standard error; 0 where the estimate is −1 or 1. */
  readonly se: number;
  readonly low: number;
  readonly high: number;
  /** Of no association, two-sided, by the interval's test. */
  readonly p: number;
}

export interface OrdinalAssociation {
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
