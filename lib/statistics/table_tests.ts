import { InputError } from "../responses/input_error.ts";
import type { Survey } from "../responses/survey.ts";
import { benjaminiHochberg } from "./benjamini_hochberg.ts";
import { columnOf } from "./column.ts";
import { countAnswers } from "./count_answers.ts";
import {
  baseOf,
  categoriesCounted,
  groupsCounted,
  isLinearised,
  occupiedStrata,
} from "./counts.ts";
import { type Cells, type CrossTable, crossTable, margins, transposed } from "./cross_table.ts";
import { isSumShown, shownOf } from "./disclosure/suppress.ts";
import { chiSquareUpperTail, fUpperTail, normalUpperTail } from "./distributions.ts";
import type { Domain } from "./domain.ts";
import {
  endless,
  inPart,
  linearisedCovariances,
  linearisedVariance,
} from "./linearised_variance.ts";
import { type Matrix, multiply, solve, trace, transpose } from "./matrix.ts";
import { isBackground } from "./needed_counts.ts";

/** A test of whether the answers have to do with the group. */
export interface TableTest {
  readonly statistic: number;
  readonly df: number;
  readonly pValue: number;
}

/** Of the independence of rows and columns. */
export interface IndependenceTest extends TableTest {
  /** Pearson's chi-square test; weighted or by strata Rao and Scott's F test. */
  readonly kind: "pearson" | "rao_scott";
  /** Of Rao and Scott's test; null of Pearson's. */
  readonly df2: number | null;
  /** The least number of people expected in a place, of Pearson's test: below 5 it is rough. */
  readonly leastExpected: number | null;
  /** Cramér's V, of the weighted shares where people have weights: 0 (nothing) to 1. */
  readonly cramersV: number;
}

/** Pearson's test of a table, or Rao and Scott's where its variances are linearised; null without one. */
export function testOf(table: CrossTable): IndependenceTest | null {
  return isLinearised(table.sample) ? raoScottTest(table) : pearsonChiSquare(table);
}

/**
 * Pearson's chi-square test of a table, everyone counting the same, without continuity correction; null
 * where fewer than two rows or columns have people. In R: `chisq.test(table, correct = FALSE)`.
 */
export function pearsonChiSquare(table: CrossTable): IndependenceTest | null {
  const found = chiSquareOf(table.n);
  if (found === null) return null;
  const { statistic, df, leastExpected, cramersV } = found;
  const pValue = chiSquareUpperTail(statistic, df);
  return { kind: "pearson", statistic, df, df2: null, pValue, leastExpected, cramersV };
}

/** The statistic alone, of people or of weights. */
function chiSquareOf(cells: CrossTable["n"]) {
  const { rows, columns, total } = margins(cells);
  if (rows.length < 2 || columns.length < 2) return null;
  // In a replicate people may weigh nothing.
  if ([...rows, ...columns].some((sum) => !(sum > 0))) return null;
  let statistic = 0;
  let leastExpected = Infinity;
  cells.forEach((row, i) =>
    row.forEach((value, j) => {
      const expected = rows[i]! * columns[j]! / total;
      statistic += (value - expected) ** 2 / expected;
      leastExpected = Math.min(leastExpected, expected);
    })
  );
  const least = Math.min(rows.length, columns.length) - 1;
  return {
    ...{ statistic, df: (rows.length - 1) * (columns.length - 1), leastExpected },
    cramersV: Math.min(1, Math.sqrt(statistic / total / least)),
  };
}

/**
 * Rao and Scott's test of a weighted table, second order, in Thomas and Rao's F form.
 *
 * Pearson's X² of the weighted shares times the number of people n, over the sum of the generalised
 * design effects δ, against F with d₀ = (Σδ)²/Σδ² and d₀(n−H) degrees of freedom, H the strata (1
 * without). The design effects are the eigenvalues of (Cᵀ D⁻¹ C/n)⁻¹ (Cᵀ D⁻¹ V D⁻¹ C), of which the
 * traces are enough, V the linearised covariance of the table's shares. Where so many places are empty
 * that there are none (a perfect association), Kish's of the weights stands in.
 *
 * In R `survey`: `svychisq(~row + column, design, statistic = "F")`.
 * Source: J. N. K. Rao & A. J. Scott (1984), Annals of Statistics 12, 46–60; D. R. Thomas & J. N. K.
 * Rao (1987), JASA 82, 630–636.
 *
 * @returns null where fewer than two rows or columns have people, or strata leave no degrees of freedom.
 */
export function raoScottTest(table: CrossTable): IndependenceTest | null {
  const n = margins(table.n).total;
  const weighted = margins(table.w);
  const shares = table.w.map((row) => row.map((w) => w / weighted.total));
  const pearson = chiSquareOf(shares);
  const sample = endless(table.sample);
  if (pearson === null || sample.respondents < 2) return null;

  const contrasts = interactions(table.rows.length, table.columns.length);
  const p = shares.flat();
  // D⁻¹C, a place without people (a structural zero of the estimate) having no part in it.
  const scaled = contrasts.map((row, c) => row.map((value) => p[c]! > 0 ? value / p[c]! : 0));
  const plain = multiply(transpose(contrasts), scaled).map((row) => row.map((value) => value / n));
  // With zᵢ = wᵢ(e_c − p)/W, Cᵀ D⁻¹ zᵢ = wᵢ(s_c − Σ p s)/W, s_c being the row of D⁻¹C.
  const mean = scaled[0]!.map((_, k) =>
    p.reduce((sum, share, c) => sum + share * scaled[c]![k]!, 0)
  );
  const centred = scaled.map((row) => row.map((value, k) => value - mean[k]!));
  const observed = linearisedCovariances(sample, (part) => {
    const { w, w2 } = inPart<Cells>(table, part);
    const [sums, squares] = [w.flat(), w2.flat()];
    const weighted = centred.map((row, c) => row.map((value) => value * squares[c]!));
    const over = (values: readonly number[]) =>
      mean.map((_, k) => values.reduce((sum, value, c) => sum + value * centred[c]![k]!, 0));
    return {
      sums: over(sums),
      squares: over(squares),
      products: multiply(transpose(centred), weighted),
    };
  }).map((row) => row.map((value) => value / weighted.total ** 2));
  const delta = solve(plain, observed);
  const found = delta === null ? 0 : trace(delta);
  const isFound = found > 1e-12 * pearson.df;
  const kish = n * margins(table.w2).total / weighted.total ** 2;
  const sum = isFound ? found : kish * pearson.df;
  const sumOfSquares = isFound ? trace(multiply(delta!, delta!)) : kish ** 2 * pearson.df;

  const df = sum ** 2 / sumOfSquares;
  const df2 = df * (n - occupiedStrata(sample, table.parts?.map((own) => margins(own.n).total)));
  if (!(df2 > 0)) return null;
  const statistic = pearson.statistic * n / sum;
  const pValue = fUpperTail(statistic, df, df2);
  const { cramersV } = pearson;
  return { kind: "rao_scott", statistic, df, df2, pValue, leastExpected: null, cramersV };
}

/**
 * How far the people of each place are from as many as there would be, had row and column nothing to do
 * with each other, in standard errors: about standard normal then. Null where one does not vary.
 *
 * Everyone counting the same, (n − e)/√(e(1 − pᵢ)(1 − pⱼ)), in R `chisq.test()$stdres`. Weighted or by
 * strata, pᵢⱼ − pᵢpⱼ over its linearised standard error, in R `survey` `svycontrast()` of the table's shares.
 * Source: S. J. Haberman (1973), Biometrics 29, 205–220; A. Agresti (2013), Categorical Data Analysis,
 * 3rd ed., 3.3.1.
 */
export function standardisedResiduals(table: CrossTable): (number | null)[][] {
  const sample = endless(table.sample);
  const isLinear = isLinearised(sample);
  const cells = isLinear ? table.w : table.n;
  const { rows, columns, total } = margins(cells);
  return cells.map((row, i) =>
    row.map((value, j) => {
      const [p, q] = [rows[i]! / total, columns[j]! / total];
      const off = value / total - p * q;
      const variance = isLinear
        ? sample.respondents < 2 ? 0 : linearisedVariance(sample, (part) => {
          const { w, w2 } = inPart<Cells>(table, part);
          let [products, sum, squares] = [0, 0, 0];
          w2.forEach((own, r) =>
            own.forEach((square, c) => {
              const [inRow, inColumn] = [+(r === i), +(c === j)];
              const z = inRow * inColumn - value / total - q * (inRow - p) - p * (inColumn - q);
              products += square * z * z;
              squares += square * z;
              sum += w[r]![c]! * z;
            })
          );
          return { sum, squares, products };
        }) / total ** 2
        : p * (1 - p) * q * (1 - q) / total;
      // Rounding may leave a little of a variance that is 0.
      return variance > 1e-24 ? off / Math.sqrt(variance) : null;
    })
  );
}

/** Contrasts of the places of a table, row by row, that sum to 0 over each row and column. */
function interactions(rows: number, columns: number): Matrix {
  const contrasts = (i: number, size: number) =>
    Array.from({ length: size - 1 }, (_, k) => (i === k ? 1 : 0) - (i === size - 1 ? 1 : 0));
  return Array.from(
    { length: rows * columns },
    (_, c) =>
      contrasts(Math.floor(c / columns), rows).flatMap((own) =>
        contrasts(c % columns, columns).map((value) => own * value)
      ),
  );
}

/** Any two questions or variables against each other, as far as it may be shown. */
export interface TwoWayTable {
  /** Of the rows and of the columns, the categories that each stands for. */
  readonly rows: readonly (readonly string[])[];
  readonly columns: readonly (readonly string[])[];
  /** Categories that neither a row nor a column stands for: too few people, not even together. */
  readonly leftOut: readonly string[];
  /** People in the table, unweighted; NaN where their number is an answer that is hidden. */
  readonly n: number;
  readonly weighted: boolean;
  /** People by row; NaN as n. */
  readonly people: readonly number[];
  /** Of the row's people, the share in each column. */
  readonly shares: readonly (readonly number[])[];
  /** See `standardisedResiduals()`. */
  readonly residuals: readonly (readonly (number | null)[])[];
  /** Their two-sided p-values, those of the whole table adjusted as one family (false discovery rate). */
  readonly pAdjusted: readonly (readonly (number | null)[])[];
  readonly test: IndependenceTest | null;
}

/**
 * Counts two questions or variables against each other, of those who answered both; "don't know" is an answer.
 *
 * What may be shown is what counts by groups show, whichever of the two makes the rows: answers that are
 * shown added up only are one column, and groups that are too small one row together, or left out. Tests
 * and residuals are of what is shown, so that nothing else follows from them.
 *
 * @returns null where nothing may be shown.
 * @throws {InputError} Where a name is not there, or both are the same.
 */
export function twoWayTable(
  survey: Survey,
  rows: string,
  columns: string,
  within: Domain = {},
): TwoWayTable | null {
  if (rows === columns) {
    throw new InputError(`A table of "${rows}" against itself says nothing. Name two questions.`);
  }
  [rows, columns].forEach((name) => columnOf(survey, name));
  // Backgrounds make the groups; of two questions the one that comes last in the codebook does.
  const { codebook } = survey;
  const order = [...Object.keys(codebook.questions), ...Object.keys(codebook.variables)];
  const placeOf = (name: string) =>
    order.indexOf(name) + (isBackground(codebook, name) ? order.length : 0);
  const isTurned = placeOf(rows) < placeOf(columns);
  const [question, by] = isTurned ? [rows, columns] : [columns, rows];

  const counts = countAnswers(survey, question, { by, within });
  const { groups: shown, together, hidesPeople } = shownOf(counts);
  const all = groupsCounted(counts) as string[];
  const hidden = all.filter((group) => !shown.has(group) && baseOf(counts, group).n > 0);
  const isSum = hidden.length > 1 && shown.size > 0 && isSumShown(counts, hidden);
  const groups = [
    ...all.filter((group) => shown.has(group)).map((group) => [group]),
    ...isSum ? [hidden] : [],
  ];
  const categories = categoriesCounted(counts);
  const answers = categories.map((answer) => {
    const block = together.find((block) => block.has(answer));
    return categories.filter((each) => each === answer || block?.has(each));
  }).filter((block, i) => block[0] === categories[i]);
  const made = crossTable(counts, { groups, answers });
  const table = isTurned ? transposed(made) : made;
  const { total, rows: people } = margins(table.n);
  if (total < Math.max(1, codebook.disclosure.least_base)) return null;
  const isTold = !hidesPeople;
  const parts = (ids: readonly string[], of: readonly string[][]) =>
    ids.map((id) => of.find((each) => each.join("+") === id)!);
  const residuals = standardisedResiduals(table);
  const pValues = residuals.flat().map((z) => z === null ? null : 2 * normalUpperTail(Math.abs(z)));
  const adjusted = benjaminiHochberg(pValues);
  const [own, other] = isTurned ? [answers, groups] : [groups, answers];
  return {
    rows: parts(table.rows, own),
    columns: parts(table.columns, other),
    leftOut: isSum ? [] : hidden,
    n: isTold ? total : NaN,
    weighted: table.sample.weighted,
    people: people.map((n) => isTold ? n : NaN),
    shares: table.w.map((row) => {
      const sum = row.reduce((a, b) => a + b, 0);
      return row.map((w) => w / sum);
    }),
    residuals,
    pAdjusted: residuals.map((row, i) => row.map((_, j) => adjusted[i * row.length + j]!)),
    test: testOf(table),
  };
}
