import { type Cells, type CrossTable, margins, sumOf } from "./cross_table.ts";
import { normalUpperQuantile } from "./distributions/normal.ts";
import { inStratum, linearisedCovariance } from "./linearised_variance.ts";

/** A measure from −1 (as one goes up the other goes down) to 1 (they go up together). */
export interface Association {
  readonly estimate: number;
  /** Standard error. */
  readonly se: number;
  /** Ends of the interval; null where the estimate is −1 or 1, which has no variance. */
  readonly low: number | null;
  readonly high: number | null;
}

export interface OrdinalAssociation {
  /** Goodman and Kruskal's gamma: pairs that agree less pairs that don't, of those that differ. */
  readonly gamma: Association | null;
  /** Kendall's tau-b: the same with ties held against it. */
  readonly tauB: Association | null;
  /** Spearman's rank correlation with mid-ranks. */
  readonly spearman: Association | null;
}

/**
 * Measures of how two ordinal answers go together, from their table.
 *
 * Each is a function f of the table's (weighted) shares p. Its variance is that of its linearised
 * values, (1 − m/M)·m/(m−1)·Σ_c w²_c (f′_c − Σ p f′)²/W², with f′ the derivative at the place c:
 * with strata, see `linearisedCovariance()`. Without weights this is Goodman and Kruskal's multinomial
 * variance, times n/(n−1). The interval is that of Fisher's atanh f, brought back.
 *
 * In R `cor(method = "kendall")` is tau-b and `cor(method = "spearman")` Spearman's.
 * Source: A. Agresti (2013), Categorical Data Analysis, 3rd ed., 2.4.4–2.4.5 and 16.1; L. A. Goodman
 * & W. H. Kruskal (1972), JASA 67, 415–421.
 *
 * @param table Rows and columns in the order of their scales, without "don't know".
 * @returns Each measure, null where it is not defined: one row or one column, or for gamma no pair
 *   that differs in both.
 * @throws {RangeError} Where the level is no share.
 */
export function ordinalAssociation(
  table: CrossTable,
  level = table.sample.confidence,
): OrdinalAssociation {
  const { total } = margins(table.w);
  const none = { gamma: null, tauB: null, spearman: null };
  if (table.rows.length < 2 || table.columns.length < 2) return none;
  const p = table.w.map((row) => row.map((w) => w / total));
  const as = (measure: Measure | null) => measure && interval(measure, table, p, total, level);
  return { gamma: as(gamma(p)), tauB: as(tauB(p)), spearman: as(spearman(p)) };
}

/** A function of shares: its value, and its derivative at each place. */
interface Measure {
  readonly value: number;
  readonly slopes: number[][];
}
type Shares = readonly (readonly number[])[];

/** By place, the share of people who are higher or lower in both, and of those crosswise. */
function pairs(p: Shares): { agree: number[][]; differ: number[][] } {
  const over = (fits: (sign: number) => boolean) =>
    p.map((row, i) =>
      row.map((_, j) =>
        sumOf(p.flatMap((other, k) => other.filter((_, l) => fits((k - i) * (l - j)))))
      )
    );
  return { agree: over((sign) => sign > 0), differ: over((sign) => sign < 0) };
}

function gamma(p: Shares): Measure | null {
  const { agree, differ } = pairs(p);
  const [c, d] = [weigh(p, agree), weigh(p, differ)];
  if (c + d === 0) return null;
  // c and d are quadratic in p: their derivatives are twice the sums.
  return {
    value: (c - d) / (c + d),
    slopes: agree.map((row, i) =>
      row.map((a, j) => 4 * (d * a - c * differ[i]![j]!) / (c + d) ** 2)
    ),
  };
}

function tauB(p: Shares): Measure | null {
  const { agree, differ } = pairs(p);
  const { rows, columns } = margins(p);
  const [x, y] = [rows, columns].map((shares) => 1 - sumOf(shares.map((share) => share ** 2))) as [
    number,
    number,
  ];
  const more = weigh(p, agree) - weigh(p, differ);
  const root = Math.sqrt(x * y);
  const value = more / root;
  return {
    value,
    slopes: p.map((row, i) =>
      row.map((_, j) =>
        2 * (agree[i]![j]! - differ[i]![j]!) / root + value * (rows[i]! / x + columns[j]! / y)
      )
    ),
  };
}

function spearman(p: Shares): Measure | null {
  const { rows, columns } = margins(p);
  const [x, y] = [ridits(rows), ridits(columns)];
  const product = weigh(p, p.map((_, i) => y.map((c) => x[i]! * c)));
  const [xx, yy] = [
    sumOf(rows.map((s, i) => s * x[i]! ** 2)),
    sumOf(columns.map((s, j) => s * y[j]! ** 2)),
  ];
  const value = product / Math.sqrt(xx * yy);
  // A person at i moves the ridits of every row above by 1, and of its own row by a half.
  const moved = (i: number, terms: number[]) => sumOf(terms.slice(i + 1)) + terms[i]! / 2;
  const byRow = p.map((row) => sumOf(row.map((s, j) => s * y[j]!)));
  const byColumn = columns.map((_, j) => sumOf(p.map((row, i) => row[j]! * x[i]!)));
  const dxx = rows.map((_, i) => x[i]! ** 2 + 2 * moved(i, rows.map((s, k) => s * x[k]!)));
  const dyy = columns.map((_, j) => y[j]! ** 2 + 2 * moved(j, columns.map((s, k) => s * y[k]!)));
  return {
    value,
    slopes: p.map((row, i) =>
      row.map((_, j) =>
        (x[i]! * y[j]! + moved(i, byRow) + moved(j, byColumn)) / Math.sqrt(xx * yy) -
        value / 2 * (dxx[i]! / xx + dyy[j]! / yy)
      )
    ),
  };
}

/** The mean rank of each category as a share of all, less a half. */
function ridits(shares: readonly number[]): number[] {
  return shares.map((share, i) => sumOf(shares.slice(0, i)) + share / 2 - 0.5);
}

function weigh(p: Shares, values: Shares): number {
  return sumOf(p.flatMap((row, i) => row.map((share, j) => share * values[i]![j]!)));
}

function interval(
  { value, slopes }: Measure,
  table: CrossTable,
  p: Shares,
  total: number,
  level: number,
): Association {
  if (!(level > 0 && level < 1)) {
    throw new RangeError(`A confidence level is between 0 and 1: ${level}`);
  }
  const mean = weigh(p, slopes);
  const off = slopes.map((row) => row.map((slope) => slope - mean));
  const squares = off.map((row) => row.map((value) => value ** 2));
  const variance = linearisedCovariance(table.sample, (stratum) => {
    const { w, w2 } = inStratum<Cells>(table, stratum);
    const sum = stratum === null ? 0 : weigh(w, off);
    return { products: weigh(w2, squares), first: sum, second: sum };
  });
  const estimate = Math.max(-1, Math.min(1, value));
  if (1 - Math.abs(estimate) < 1e-12) {
    return { estimate: Math.sign(estimate), se: 0, low: null, high: null };
  }
  const se = Math.sqrt(Math.max(0, variance)) / total;
  const half = normalUpperQuantile((1 - level) / 2) * se / (1 - estimate ** 2);
  return {
    estimate,
    se,
    low: Math.tanh(Math.atanh(estimate) - half),
    high: Math.tanh(Math.atanh(estimate) + half),
  };
}
