import type { Codebook } from "../responses/codebook.ts";
import type { Language, Text } from "../responses/language.ts";
import { type Estimate, isMovedByWeights, unweightedShare } from "../statistics/estimate.ts";
import type { Movement } from "../statistics/moved_most.ts";
import {
  changeColumns,
  type ChangeOf,
  changeValues,
  type PairWords,
} from "../words/change_columns.ts";
import { intervalTexts, TEXT } from "../words/figure_texts.ts";
import { capitalise } from "../words/prose.ts";
import { answerLabel, baseLine, markOf, questionOf, setOf, unique, variableOf } from "./caption.ts";

export interface FigureColumn {
  readonly label: string;
  /** `share` is 0 to 1, `count` a whole number, `number` has decimals, `p` is a p-value. */
  readonly kind: "text" | "share" | "count" | "number" | "p";
  /** Decimals of a number; two if not given. */
  readonly digits?: number;
}

/** The numbers of a chart as a table of raw values. */
export interface FigureTable {
  /** Fit for a file name, unique in the notebook, the same in every language. */
  readonly name: string;
  readonly title: string;
  /** Who was asked, in words; stands in every row of the workbook. */
  readonly base: string;
  readonly columns: readonly FigureColumn[];
  /** One array per row, one value per column; null where there is nothing to show. */
  readonly rows: readonly (readonly (string | number | null)[])[];
  /** What it shows of the answers, where it shows nothing else. */
  readonly estimates?: readonly Estimate[];
  /** For each row, what the marks are called that show it, with spaces between; see `markOf()`. */
  readonly marks?: readonly string[];
}

/** A column and what it has of each row. */
export interface Column<Row> extends Omit<FigureColumn, "label"> {
  readonly label: Text;
  readonly cell: (row: Row) => string | number | null | undefined;
}

/**
 * A table in one language from its columns; false in the place of one leaves it out.
 *
 * @param changeOf Where the last columns say how the share of a row has changed, and in which words.
 */
export function tableOf<Row>(
  columns: readonly (Column<Row> | false)[],
  rows: readonly Row[],
  language: Language,
  changeOf?: (row: Row) => Movement | null,
  words?: PairWords,
): Pick<FigureTable, "columns" | "rows"> {
  const kept = columns.filter((column) => column !== false);
  return {
    columns: [
      ...kept.map(({ label, cell: _, ...column }) => ({ label: label[language], ...column })),
      ...changeOf ? changeColumns(language, words) : [],
    ],
    rows: rows.map((row) => [
      ...kept.map(({ cell }) => cell(row) ?? null),
      ...changeOf ? changeValues(changeOf(row), language, words) : [],
    ]),
  };
}

/** A column of words. */
const text = <Row>(label: Text, cell: (row: Row) => string | undefined): Column<Row> => (
  { label, kind: "text", cell }
);

/** Which question and group a row is of; what all rows share is left out. */
export function namesOf<Row extends Pick<Estimate, "question" | "variable" | "group">>(
  all: readonly Row[],
  codebook: Codebook,
  language: Language,
): (Column<Row> | false)[] {
  const questions = unique(all.map(({ question }) => question));
  const variables = unique(all.flatMap(({ variable }) => variable ?? []));
  const of = (id: string) => variableOf(codebook, id);
  const isOne = variables.length === 1;
  return [
    // Of several answers the question says which, and so does the answer.
    questions.length > 1 && questions.some((id) => !codebook.questions[id]?.item) &&
    text(TEXT.question, ({ question }) => questionOf(codebook, question).label[language]),
    variables.length > 1 &&
    text(TEXT.variable, (row) => (row.variable ? of(row.variable).label : TEXT.total)[language]),
    variables.length > 0 &&
    text(
      isOne ? of(variables[0]!).label : TEXT.group,
      ({ variable, group }) =>
        (variable ? of(variable).categories[group!] : TEXT.total)?.[language],
    ),
  ];
}

/**
 * The estimates of a figure as a table, one row each: question, group, answer, share (unweighted
 * too where weights move one), interval, count and base.
 *
 * @param changeOf Where there is an earlier wave: how each share has changed since.
 * @throws {InputError} For a name that is not in the codebook.
 */
export function figureTable(
  estimates: readonly Estimate[],
  codebook: Codebook,
  language: Language,
  changeOf?: ChangeOf,
): Omit<FigureTable, "name" | "title"> {
  const { low, high } = intervalTexts(codebook.study.confidence);
  const answer = (each: Estimate) => answerLabel(codebook, each.question, each)[language];
  const columns: (Column<Estimate> | false)[] = [
    ...namesOf(estimates, codebook, language),
    text(TEXT.answer, (each) => capitalise(answer(each))),
    { label: TEXT.share, kind: "share", cell: ({ share }) => share },
    estimates.some(isMovedByWeights) &&
    { label: TEXT.unweighted, kind: "share", cell: unweightedShare },
    { label: low, kind: "share", cell: (each) => each.low },
    { label: high, kind: "share", cell: (each) => each.high },
    { label: TEXT.count, kind: "count", cell: ({ count }) => count },
    { label: TEXT.n, kind: "count", cell: ({ n }) => n },
  ];
  return {
    base: baseLine(estimates, codebook, language),
    ...tableOf(columns, estimates, language, changeOf),
    estimates,
    marks: estimates.map((estimate) => marksOf(estimate, codebook)),
  };
}

/** The mark of an estimate, and of a set also those of its categories, whichever are drawn. */
function marksOf(estimate: Estimate, codebook: Codebook): string {
  const { set, question } = estimate;
  const parts = set === null ? [] : setOf(codebook, question, set).categories;
  return [estimate, ...parts.map((category) => ({ ...estimate, set: null, category }))]
    .flatMap((each) => markOf(each) ?? []).join(" ");
}
