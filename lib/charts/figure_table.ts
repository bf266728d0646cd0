import type { Language } from "../responses/language.ts";
import { type Estimate, isMovedByWeights, unweightedShare } from "../statistics/estimate.ts";
import type { Codebook } from "../responses/codebook.ts";
import { baseLine, unique } from "./caption.ts";
import { changeColumns, type ChangeOf, changeValues } from "../words/change_columns.ts";
import { answerLabel, answerOf, markOf, questionOf, setOf, variableOf } from "./lookup.ts";
import { capitalised, intervalTexts, TEXT } from "../words/figure_texts.ts";

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

/**
 * The estimates of a figure as a table, one row each: question, group, answer, share (unweighted
 * too where weights move one), interval, count and base. Columns that would say the same in every row are left out.
 *
 * @param changeOf Where there is an earlier wave: how each share has changed since.
 * @throws {InputError} For a name that is not in the codebook.
 */
export function figureTable(
  name: string,
  title: string,
  estimates: readonly Estimate[],
  codebook: Codebook,
  language: Language,
  changeOf?: ChangeOf,
): FigureTable {
  const { low, high } = intervalTexts(codebook.study.confidence);
  const questions = unique(estimates.map(({ question }) => question));
  const variables = unique(estimates.map(({ variable }) => variable ?? "")).filter(Boolean);
  const groupOf = ({ variable, group }: Estimate) =>
    variable === null || group === null
      ? TEXT.total[language]
      : variableOf(codebook, variable).categories[group]?.[language] ?? group;
  const columns: [FigureColumn, (estimate: Estimate) => Value, boolean][] = [
    [
      { label: TEXT.question[language], kind: "text" },
      ({ question }) => questionOf(codebook, question).label[language],
      // Of several answers the question says which, and so does the answer.
      questions.some((id) => questions.length > 1 && !codebook.questions[id]?.item),
    ],
    [
      { label: TEXT.variable[language], kind: "text" },
      ({ variable }) =>
        variable === null ? TEXT.total[language] : variableOf(codebook, variable).label[language],
      variables.length > 1,
    ],
    [
      {
        label: variables.length === 1
          ? variableOf(codebook, variables[0] ?? "").label[language]
          : TEXT.group[language],
        kind: "text",
      },
      groupOf,
      variables.length > 0,
    ],
    [
      { label: TEXT.answer[language], kind: "text" },
      (estimate) =>
        capitalised(answerLabel(codebook, estimate.question, answerOf(estimate))[language]),
      true,
    ],
    [{ label: TEXT.share[language], kind: "share" }, ({ share }) => share, true],
    [
      { label: TEXT.unweighted[language], kind: "share" },
      unweightedShare,
      estimates.some(isMovedByWeights),
    ],
    [{ label: low[language], kind: "share" }, (estimate) => estimate.low, true],
    [{ label: high[language], kind: "share" }, (estimate) => estimate.high, true],
    [{ label: TEXT.count[language], kind: "count" }, ({ count }) => count, true],
    [{ label: TEXT.n[language], kind: "count" }, ({ n }) => n, true],
  ];
  const kept = columns.filter(([, , needed]) => needed);
  return {
    name,
    title,
    base: baseLine(estimates, codebook, language),
    columns: [...kept.map(([column]) => column), ...changeOf ? changeColumns(language) : []],
    rows: estimates.map((estimate) => [
      ...kept.map(([, valueOf]) => valueOf(estimate)),
      ...changeOf ? changeValues(changeOf(estimate), language) : [],
    ]),
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

type Value = string | number | null;
