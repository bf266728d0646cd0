import { InputError } from "../responses/input_error.ts";
import type { Survey } from "../responses/survey.ts";
import { benjaminiHochberg } from "./benjamini_hochberg.ts";
import { columnOf } from "./column.ts";
import { countAnswers } from "./count_answers.ts";
import { baseOf, categoriesCounted, groupsCounted } from "./counts.ts";
import { crossTable, margins, transposed } from "./cross_table.ts";
import { isSumShown, shownOf } from "./disclosure/suppress.ts";
import { normalUpperTail } from "./distributions/normal.ts";
import type { Domain } from "./domain.ts";
import { type IndependenceTest, standardisedResiduals, testOf } from "./table_tests.ts";
import { isBackground } from "./variable_sources.ts";

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
