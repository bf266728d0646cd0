import { columnsFigure, type ColumnsOptions } from "../charts/columns.ts";
import { comparisonFigure, type ComparisonOptions } from "../charts/comparison.ts";
import type { ChangeOf } from "../words/change_columns.ts";
import type { Figure } from "../charts/figure.ts";
import { likertFigure, type LikertOptions } from "../charts/likert.ts";
import { formatList } from "../words/format_list.ts";
import { inEveryLanguage, type Text } from "../responses/language.ts";
import { quoted } from "../words/quoted.ts";
import type { Estimate } from "../statistics/estimate.ts";
import type { CategoryId, QuestionOf, SetId, VariableOf } from "../responses/study.ts";
import { changeNotes } from "./change_since.ts";
import type { OpenedSurvey } from "./open_survey.ts";
import { baseLine } from "./base_line.ts";
import { asInWaves, estimatesOfFigure, isOfQuestion } from "./estimates_of_figure.ts";

type Common<Options> = Pick<
  Options,
  Extract<keyof Options, "title" | "notes" | "name" | "overall">
>;

/**
 * Stacked bars: several questions on one scale, or one question by the groups of a variable.
 *
 * @param questions The questions, in the order of the bars.
 * @param options `by`: a variable (with one question). `set`: whose share stands beside the bars;
 *   null for none. `title`: a headline, best chosen by a claim.
 */
export function likert<S extends OpenedSurvey>(
  survey: S,
  questions: QuestionOf<S> | readonly QuestionOf<S>[],
  { by, ...options }: Common<LikertOptions> & {
    readonly by?: VariableOf<S>;
    readonly set?: SetId | null;
  } = {},
): Figure {
  const names = [questions].flat() as string[];
  const estimates = estimatesOfFigure(survey, names, by ? [by] : []);
  return likertFigure(estimates, survey.codebook, {
    ...options,
    ...by ? { variable: by } : {},
    questions: names,
    ...compared(survey, names, estimates, options),
  });
}

/** One question's answers as columns. */
export function columns<S extends OpenedSurvey>(
  survey: S,
  question: QuestionOf<S>,
  options: Common<ColumnsOptions> & {
    readonly set?: SetId | null;
    readonly intervals?: boolean;
  } = {},
): Figure {
  const estimates = estimatesOfFigure(survey, [question], []);
  return columnsFigure(estimates, survey.codebook, {
    ...options,
    question,
    ...compared(survey, [question], estimates, options),
  });
}

/** The share of one set or category by the groups of one or more variables, with intervals. */
export function comparison<S extends OpenedSurvey>(
  survey: S,
  question: QuestionOf<S>,
  { by, ...options }: Common<ComparisonOptions> & {
    readonly by: VariableOf<S> | readonly VariableOf<S>[];
    readonly set?: SetId;
    readonly category?: CategoryId;
  },
): Figure {
  const variables = [by].flat() as string[];
  const estimates = estimatesOfFigure(survey, [question], variables);
  return comparisonFigure(estimates, survey.codebook, {
    ...options,
    question,
    variables,
    ...compared(survey, [question], estimates, options),
  });
}

/** What stands below a figure, and what its table says of an earlier wave. */
function compared(
  survey: OpenedSurvey,
  questions: readonly string[],
  estimates: readonly Estimate[],
  { notes = [], set, category }: {
    readonly notes?: readonly Text[];
    readonly set?: SetId | null;
    readonly category?: CategoryId;
  },
): Pick<ColumnsOptions, "notes" | "changeOf"> {
  const changed = survey.baseline?.changeOf;
  const of = category ? { category } : set ? { set } : undefined;
  const isWhole = estimates.every((estimate) => isOfQuestion(survey, estimate));
  const changeOf: ChangeOf = (estimate) => changed?.(asInWaves(survey, estimate)) ?? null;
  return {
    changeOf: estimates.some((estimate) => changeOf(estimate) !== null) ? changeOf : undefined,
    notes: [
      ...isWhole ? changeNotes(survey, questions, of) : [],
      ...notes,
      ...notAskedNote(survey, questions),
      baseLine(survey, questions),
    ],
  };
}

/** Says of questions that the file has no column for that they were not asked. */
function notAskedNote({ codebook, left_out }: OpenedSurvey, questions: readonly string[]): Text[] {
  const missing = questions.filter((question) => left_out.includes(question));
  if (missing.length === 0) return [];
  return [inEveryLanguage((language) => {
    const names = formatList(
      missing.map((name) => quoted(codebook.questions[name]?.label[language] ?? name, language)),
      language,
    );
    return language === "da"
      ? `${names} indgik ikke i denne runde.`
      : `${names} ${missing.length === 1 ? "was" : "were"} not part of this wave.`;
  })];
}
