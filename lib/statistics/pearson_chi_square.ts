import { type CrossTable, margins } from "./cross_table.ts";
import { chiSquareUpperTail } from "./distributions/chi_square.ts";

/** A test of whether the answers have to do with the group. */
export interface TableTest {
  readonly statistic: number;
  readonly df: number;
  readonly pValue: number;
}

export interface PearsonTest extends TableTest {
  /** Cramér's V, 0 (nothing to do with each other) to 1. */
  readonly cramersV: number;
  /** The least number of people that is expected in a place; below 5 the test is rough. */
  readonly leastExpected: number;
}

/**
 * Pearson's chi-square test of a table, everyone counting the same.
 *
 * X² = Σ (n − e)²/e with e = row · column / total, of (r−1)(c−1) degrees of freedom, without
 * continuity correction. In R: `chisq.test(table, correct = FALSE)`. Assumes independent people;
 * for weights use `raoScottTest()`.
 *
 * @returns The test, or null where the table has fewer than two rows or columns with people.
 */
export function pearsonChiSquare(table: CrossTable): PearsonTest | null {
  const pearson = chiSquareOf(table.n);
  if (pearson === null) return null;
  const { statistic, df, leastExpected, total } = pearson;
  const least = Math.min(table.rows.length, table.columns.length) - 1;
  return {
    statistic,
    df,
    pValue: chiSquareUpperTail(statistic, df),
    cramersV: Math.min(1, Math.sqrt(statistic / total / least)),
    leastExpected,
  };
}

/** The statistic alone, of people or of weights. */
export function chiSquareOf(
  cells: CrossTable["n"],
): { statistic: number; df: number; leastExpected: number; total: number } | null {
  const { rows, columns, total } = margins(cells);
  if (rows.length < 2 || columns.length < 2) return null;
  let statistic = 0;
  let leastExpected = Infinity;
  cells.forEach((row, i) =>
    row.forEach((value, j) => {
      const expected = rows[i]! * columns[j]! / total;
      statistic += (value - expected) ** 2 / expected;
      leastExpected = Math.min(leastExpected, expected);
    })
  );
  return { statistic, df: (rows.length - 1) * (columns.length - 1), leastExpected, total };
}
