import { ColumnTable } from "arquero";
import { unique } from "../charts/caption.ts";
import { columnsFigure, type ColumnsOptions } from "../charts/columns.ts";
import { comparisonFigure, type ComparisonOptions } from "../charts/comparison.ts";
import type { Figure, Looks } from "../charts/figure.ts";
import { likertFigure, type LikertOptions } from "../charts/likert.ts";
import { baseOf } from "../charts/lookup.ts";
import type { Markish } from "../charts/plot.ts";
import type { Codebook } from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import {
  type BaseId,
  type CategoryId,
  codebook as shippedCodebook,
  type OwnOf,
  type QuestionId,
  type SetId,
  type VariableId,
} from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import type { Estimate } from "../statistics/estimate.ts";
import { estimates } from "../statistics/estimates.ts";
import type { ChangeOf } from "../words/change_columns.ts";
import { words } from "../words/message.ts";
import { quotedLabels } from "../words/quoted.ts";
import { changeNotes } from "./change_since.ts";
import { checkOptions, type Named } from "./check_options.ts";
import { baseLine } from "./labels.ts";
import type { OpenedSurvey } from "./open_survey.ts";
import { readSettings } from "./settings.ts";

/** What every figure takes: its words, and its looks. */
export interface FigureOptions extends Looks, Named {
  /** Remarks below the figure. */
  readonly notes?: readonly (Text | string)[];
}

/** What a figure of estimates of one's own takes beside that. */
interface RowsOptions {
  /** Of what the rows are estimates; `survey.codebook` where it has variables of one's own. */
  readonly codebook?: Codebook;
}

/** Of marks alone. */
interface MarksOptions {
  /** By default the first one of this notebook. */
  readonly language?: Language;
}

export const FIGURE_OPTIONS = ["title", "notes", "name", "colours", "order", "width", "plot"];

interface LikertChoice extends FigureOptions {
  /** Whose share stands beside the bars; null for none. */
  readonly set?: SetId | null;
  /** Whether groups have a bar for everyone above them. */
  readonly overall?: boolean;
}

/**
 * Stacked bars: several questions on one scale, or one question by the groups of a variable.
 *
 * ```ts
 * likert(survey, ["pressure_change", "pressure_omit"]);
 * likert(shares(survey, "wellbeing", { by: "role" }).filter((d) => d.n > 100), { order: "descending" });
 * ```
 *
 * @param survey The answers; or estimates, as `shares()` gives them, after any of Arquero's verbs.
 * @param questions The questions, in the order of the bars; not with estimates.
 * @param options `by`: a variable (with one question). `set`: whose share stands beside the bars;
 *   null for none. `title`, `notes`, `name`; `colours`, `order`, `width` and `plot`, see {@link Looks}.
 * @throws {InputError} For an option, a name or a text that is none, with the nearest right one.
 */
export function likert<S extends OpenedSurvey | EstimateRows>(
  survey: S,
  ...rest: S extends OpenedSurvey ? [
      questions: QuestionId | OwnOf<S> | readonly (QuestionId | OwnOf<S>)[],
      options?: LikertChoice & { readonly by?: VariableId | OwnOf<S> },
    ]
    : [options?: LikertChoice & RowsOptions]
): Figure {
  const { from, rows, book, names, options } = understood("likert", survey, rest, [
    "by",
    "set",
    "overall",
  ]);
  const { by, ...looks } = options;
  const there = from ? names.filter((name) => !from.left_out.includes(name)) : [];
  const questions = from
    ? there.length > 0 ? there : names
    : unique(rows.map(({ question }) => question));
  const variables = from ? [by].flat().filter(isName) : variablesOf(rows);
  const drawn = from ? estimatesOfFigure(from, questions, variables) : rows;
  return ofWave(
    from,
    names,
    likertFigure(drawn, book, {
      ...looks as Partial<LikertOptions>,
      ...variables[0] ? { variable: variables[0] } : {},
      ...from ? {} : givenParts(rows, book, options, variables.length > 0),
      questions,
      ...from ? compared(from, names, drawn, options) : {},
    }),
  );
}

interface ColumnsChoice extends FigureOptions {
  /** What is added up below the answers; null for nothing. */
  readonly set?: SetId | null;
  /** Whether each bar carries its interval. */
  readonly intervals?: boolean;
}

/**
 * One question's answers as bars, one each, and below them those that are read together.
 *
 * @param survey The answers; or estimates of one question, as `shares()` gives them.
 * @param options `set`: what is added up below; `intervals`; and as in {@link likert}.
 * @throws {InputError} For an option, a name or a text that is none, with the nearest right one.
 */
export function columns<S extends OpenedSurvey | EstimateRows>(
  survey: S,
  ...rest: S extends OpenedSurvey ? [question: QuestionId | OwnOf<S>, options?: ColumnsChoice]
    : [options?: ColumnsChoice & RowsOptions]
): Figure {
  const { from, rows, book, names, options } = understood("columns", survey, rest, [
    "set",
    "intervals",
  ]);
  const question = (from ? names[0] : rows[0]?.question) ?? "";
  const drawn = from ? estimatesOfFigure(from, [question], []) : rows;
  return ofWave(
    from,
    [question],
    columnsFigure(drawn, book, {
      ...options as Partial<ColumnsOptions>,
      ...from ? {} : givenParts(rows, book, options, false),
      question,
      ...from ? compared(from, [question], drawn, options) : {},
    }),
  );
}

interface ComparisonChoice extends FigureOptions {
  /** The set whose share is compared. */
  readonly set?: SetId;
  /** A single category instead. */
  readonly category?: CategoryId;
  /** Whether everyone's share is there to compare with. */
  readonly overall?: boolean;
}

/**
 * The share of one set or category by the groups of one or more variables, with intervals.
 *
 * @param survey The answers; or estimates of one question by groups, as `shares()` gives them.
 * @param options `by`: the variables; `set` or `category`: whose share; and as in {@link likert}.
 * @throws {InputError} For an option, a name or a text that is none, with the nearest right one.
 */
export function comparison<S extends OpenedSurvey | EstimateRows>(
  survey: S,
  ...rest: S extends OpenedSurvey ? [
      question: QuestionId | OwnOf<S>,
      options: ComparisonChoice & {
        readonly by: VariableId | OwnOf<S> | readonly (VariableId | OwnOf<S>)[];
      },
    ]
    : [options?: ComparisonChoice & RowsOptions]
): Figure {
  const { from, rows, book, names, options } = understood("comparison", survey, rest, [
    "by",
    "set",
    "category",
    "overall",
  ]);
  const { by, ...looks } = options;
  const question = (from ? names[0] : rows[0]?.question) ?? "";
  const variables = from ? [by].flat().filter(isName) : variablesOf(rows);
  const drawn = from ? estimatesOfFigure(from, [question], variables) : rows;
  const { set, category } = rows[0] ?? {};
  const answers = unique(rows.map((row) => `${row.set} ${row.category}`));
  const only = answers.length !== 1 || options.set || options.category
    ? {}
    : { ...set ? { set } : {}, ...category ? { category } : {} };
  return ofWave(
    from,
    [question],
    comparisonFigure(drawn, book, {
      ...looks as Partial<ComparisonOptions>,
      ...from ? {} : { overall: rows.some(({ variable }) => variable === null), ...only },
      question,
      variables,
      ...from ? compared(from, [question], drawn, options) : {},
    }),
  );
}

/** The marks of a figure of estimates alone, to be put on scales and beside marks of one's own. */
const marksOf = <Choice>(
  draw: (rows: EstimateRows, options?: Choice & RowsOptions) => Figure,
) =>
(rows: EstimateRows, options: Choice & RowsOptions & MarksOptions = {} as never): Markish[] => {
  const { language = readSettings().languages[0]! } = options;
  return draw(rows, options).marks(language);
};

/** The segments with their numbers, by `y`: `Plot.plot({ marks: [likert.marks(rows), …] })`. */
likert.marks = marksOf<LikertChoice>((rows, options) => likert(rows, options));
/** The bars with their shares, by `y`. */
columns.marks = marksOf<ColumnsChoice>((rows, options) => columns(rows, options));
/** The dots with their intervals, by `y`. */
comparison.marks = marksOf<ComparisonChoice>((rows, options) => comparison(rows, options));

// deno-lint-ignore no-explicit-any
type Options = any;

/** What a call means: answers with names of questions, or estimates; and its options, checked. */
function understood(
  call: string,
  survey: OpenedSurvey | EstimateRows,
  [first, second]: readonly unknown[],
  own: readonly string[],
) {
  const isRows = survey instanceof ColumnTable || Array.isArray(survey);
  const known = isRows ? [...own.filter((name) => name !== "by"), "codebook", "language"] : own;
  const given = isRows ? first : second;
  const options: Options = checkOptions(
    `${call}()`,
    (given === undefined ? {} : given) as object,
    known,
    FIGURE_OPTIONS,
  );
  const from = isRows ? null : survey as OpenedSurvey;
  const book: Codebook = from?.codebook ?? options.codebook ?? shippedCodebook();
  const rows = isRows ? estimatesOfRows(survey as EstimateRows, book) : [];
  return { from, rows, book, names: isRows ? [] : [first].flat() as string[], options };
}

/** Which of a figure's parts the rows have: everyone beside groups, and the share of a set. */
function givenParts(
  rows: readonly Estimate[],
  { questions, scales }: Codebook,
  options: Options,
  byGroups: boolean,
) {
  const main = scales[questions[rows[0]?.question ?? ""]?.scale ?? ""]?.main_set;
  const set = rows.some((row) => row.set === main) ? main ?? null : null;
  return {
    ...options.set === undefined ? { set } : {},
    ...byGroups ? { overall: rows.some(({ variable }) => variable === null) } : {},
  };
}

function variablesOf(rows: readonly Estimate[]): string[] {
  return unique(rows.map(({ variable }) => variable).filter(isName));
}

function isName(value: unknown): value is string {
  return typeof value === "string";
}

/**
 * What stands below a figure, and what its table says of an earlier wave.
 *
 * @param based The questions whose bases are told.
 */
export function compared(
  survey: OpenedSurvey,
  questions: readonly string[],
  drawn: readonly Estimate[],
  { notes = [], set, category }: {
    readonly notes?: readonly Text[];
    readonly set?: SetId | null;
    readonly category?: CategoryId;
  },
  based: readonly string[] = questions,
): Pick<ColumnsOptions, "notes" | "details" | "changeOf"> {
  const changed = survey.baseline?.changeOf;
  const of = category ? { category } : set ? { set } : undefined;
  const isWhole = drawn.every((estimate) => isOfQuestion(survey, estimate));
  const changeOf: ChangeOf = (estimate) => changed?.(asInWaves(survey, estimate)) ?? null;
  return {
    changeOf: drawn.some((estimate) => changeOf(estimate) !== null) ? changeOf : undefined,
    notes: [...notes, ...notAskedNote(survey, questions)],
    details: [
      ...isWhole ? changeNotes(survey, questions, of) : [],
      baseLine(survey, based),
    ],
  };
}

/** A figure, marked where none of its questions was part of the wave. */
export function ofWave(
  survey: OpenedSurvey | null,
  missing: readonly string[],
  figure: Figure,
): Figure {
  const isGone = survey !== null && missing.every((name) => survey.left_out.includes(name));
  return isGone ? Object.assign(figure, { missing }) : figure;
}

/** Says of questions that the file has no column for that they were not asked. */
function notAskedNote({ codebook, left_out }: OpenedSurvey, questions: readonly string[]): Text[] {
  const missing = questions.filter((question) => left_out.includes(question));
  if (missing.length === 0) return [];
  return [inEveryLanguage((language) =>
    words("not_in_wave", language, {
      names: quotedLabels(codebook, missing, language),
      count: missing.length,
    })
  )];
}

/** Estimates as `shares()` gives them, after any of Arquero's verbs, or an array of them. */
export type EstimateRows = ColumnTable | readonly Partial<Estimate>[];

/**
 * Rows of a table as estimates. Columns that say nothing new may have been left out: who was asked,
 * the set beside a category, the variable of rows that are of everyone.
 *
 * @throws {InputError} Where there is no row, or one lacks what it is a share of.
 */
function estimatesOfRows(rows: EstimateRows, { questions }: Codebook): Estimate[] {
  const all = rows instanceof ColumnTable
    ? rows.objects() as readonly Partial<Estimate>[]
    : [...rows];
  if (all.length === 0) throw new InputError("There is no estimate to draw: the table has no row.");
  return all.map((row, index): Estimate => {
    const { question, set = null, category = null, variable = null, group = null } = row;
    const lacks = typeof question !== "string"
      ? "question"
      : set === null && category === null
      ? "set or category"
      : group !== null && variable === null
      ? "variable"
      : typeof row.share !== "number" && row.share !== null
      ? "share"
      : null;
    if (lacks !== null) {
      throw new InputError(
        `Row ${index + 1} of ${all.length} is no estimate: it has no ${lacks}. It has: ${
          Object.keys(row).join(", ")
        }. Keep the columns that shares() gives.`,
      );
    }
    const share = numberOf(row.share);
    return {
      question: question!,
      set,
      category: set === null ? category : null,
      base: row.base ?? questions[question!]?.base ?? "",
      variable,
      group,
      n: row.n ?? NaN,
      count: numberOf(row.count),
      share,
      low: numberOf(row.low),
      high: numberOf(row.high),
      weighted: row.weighted ?? false,
      suppressed: row.suppressed ?? share === null,
    };
  });
}

/** A number that may not be shown is NaN in a table. */
function numberOf(value: number | null | undefined): number | null {
  return Number.isNaN(value) ? null : value ?? null;
}

/**
 * The estimates that a figure is drawn from: for everyone, and by each variable.
 *
 * Where the one variable was asked of a part only, everyone is that part: the groups are all of it,
 * and what they are compared with has to be the same people.
 *
 * @throws {InputError} Where a name is not in the codebook, or the file has no such column.
 */
export function estimatesOfFigure(
  survey: Survey,
  questions: readonly string[],
  variables: readonly string[],
): Estimate[] {
  return questions.flatMap((question) => {
    const part = partOf(survey, question, variables);
    const groups = variables.flatMap((by) => estimates(survey, question, { by }));
    if (part === null) return [...estimates(survey, question), ...groups];
    const within = baseOf(survey.codebook, part).where;
    return [...estimates(survey, question, { within }), ...groups]
      .map((estimate) => ({ ...estimate, base: part }));
  });
}

/** The base of the one variable, where the question was asked of everyone and the variable was not. */
function partOf(
  { codebook }: Survey,
  question: string,
  variables: readonly string[],
): BaseId | null {
  const [variable, ...others] = variables;
  const base = codebook.variables[variable ?? ""]?.base;
  const asked = codebook.questions[question]?.base;
  if (base === undefined || asked === undefined || others.length > 0) return null;
  const isPart = Object.keys(codebook.bases[base]?.where ?? {}).length > 0;
  const isAll = Object.keys(codebook.bases[asked]?.where ?? {}).length === 0;
  return isPart && isAll ? base as BaseId : null;
}

/** Whether an estimate is of all whom its question was asked, or of a group: a wave has those too. */
function isOfQuestion(
  { codebook }: Survey,
  { question, variable, base }: Estimate,
): boolean {
  return variable !== null || base === codebook.questions[question]?.base;
}

/**
 * The estimate by the name under which an earlier wave has it: a part of those asked is a group of the
 * variable that tells who is in it.
 */
function asInWaves(survey: Survey, estimate: Estimate): Estimate {
  if (isOfQuestion(survey, estimate)) return estimate;
  const { bases, questions } = survey.codebook;
  const [condition, another] = Object.entries(bases[estimate.base]?.where ?? {});
  const [variable, [group, ...others]] = condition ?? [null, []];
  if (variable === null || group === undefined || another || others.length > 0) return estimate;
  const base = questions[estimate.question]?.base ?? estimate.base;
  return { ...estimate, base, variable, group };
}
