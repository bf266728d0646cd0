import { ColumnTable } from "arquero";
import { baseOf, unique } from "../charts/caption.ts";
import { columnsFigure, type ColumnsOptions } from "../charts/columns.ts";
import { comparisonFigure } from "../charts/comparison.ts";
import type { Figure, Looks } from "../charts/figure.ts";
import { likertFigure } from "../charts/likert.ts";
import type { Markish } from "../charts/plot.ts";
import type { Codebook } from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import type { Language, Text } from "../responses/language.ts";
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
import { changeNotes } from "./change_since.ts";
import { checkOptions, type Named } from "./check_options.ts";
import { baseLine, namedNote } from "./labels.ts";
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
  /** Of the marks alone; by default the first one of this notebook. */
  readonly language?: Language;
}

export const FIGURE_OPTIONS = ["title", "notes", "name", "colours", "order", "width", "plot"];

interface LikertChoice extends FigureOptions {
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
  const asked = understood("likert", survey, rest, ["by", "set", "overall"]);
  const { drawn, book, variables: [variable] } = asked;
  return asked.inWave(likertFigure(drawn, book, {
    ...mainSetIn(asked),
    ...asked.options,
    ...variable !== undefined && { variable },
    questions: asked.questions,
  }));
}

interface ColumnsChoice extends FigureOptions {
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
  const asked = understood("columns", survey, rest, ["set", "intervals"]);
  const { drawn, book, questions: [question = ""] } = asked;
  const options = { ...mainSetIn(asked), ...asked.options, question };
  return asked.inWave(columnsFigure(drawn, book, options));
}

interface ComparisonChoice extends FigureOptions {
  readonly set?: SetId;
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
  const asked = understood("comparison", survey, rest, ["by", "set", "category", "overall"]);
  const { drawn, book, rows, questions: [question = ""], variables } = asked;
  const { set, category } = rows[0] ?? {};
  const isOne = rows.every((row) => row.set === set && row.category === category);
  const only = !isOne || asked.options.set || asked.options.category
    ? {}
    : { ...set && { set }, ...category && { category } };
  const options = { ...asked.options, ...only, question, variables };
  return asked.inWave(comparisonFigure(drawn, book, options));
}

/** The marks of a figure of estimates alone, to be put on scales and beside marks of one's own. */
const marksOf =
  <Choice>(draw: (rows: EstimateRows, options?: Choice & RowsOptions) => Figure) =>
  (rows: EstimateRows, options: Choice & RowsOptions = {} as never): Markish[] =>
    draw(rows, options).marks(options.language ?? readSettings().languages[0]!);

/** The segments with their numbers, by `y`: `Plot.plot({ marks: [likert.marks(rows), …] })`. */
likert.marks = marksOf<LikertChoice>((rows, options) => likert(rows, options));
/** The bars with their shares, by `y`. */
columns.marks = marksOf<ColumnsChoice>((rows, options) => columns(rows, options));
/** The dots with their intervals, by `y`. */
comparison.marks = marksOf<ComparisonChoice>((rows, options) => comparison(rows, options));

/** What a call means: answers with names of questions, or estimates; and its options, checked. */
function understood(
  call: string,
  survey: OpenedSurvey | EstimateRows,
  [first, second]: readonly unknown[],
  own: readonly string[],
) {
  const isRows = survey instanceof ColumnTable || Array.isArray(survey);
  const from = isRows ? null : survey as OpenedSurvey;
  const known = isRows ? [...own.filter((name) => name !== "by"), "codebook", "language"] : own;
  const given = isRows ? first : second;
  // deno-lint-ignore no-explicit-any
  const { by, ...options }: any = checkOptions(
    `${call}()`,
    (given === undefined ? {} : given) as object,
    known,
    FIGURE_OPTIONS,
  );
  const book: Codebook = from?.codebook ?? options.codebook ?? shippedCodebook();
  const rows = isRows ? estimatesOfRows(survey as EstimateRows, book) : [];
  const names = from ? [first].flat() as string[] : unique(rows.map(({ question }) => question));
  const there = names.filter((name) => !from?.left_out.includes(name));
  const questions = there.length > 0 ? there : names;
  const variables = (from ? [by].flat() : unique(rows.map(({ variable }) => variable)))
    .filter((name): name is string => typeof name === "string");
  const drawn = from ? estimatesOfFigure(from, questions, variables) : rows;
  // Of groups given as rows everyone is drawn where there is a row of everyone.
  const isOverall = variables.length === 0 || rows.some(({ variable }) => variable === null);
  return {
    ...{ rows, book, questions, variables, drawn },
    options: {
      ...isRows && { overall: isOverall },
      ...options,
      ...from && compared(from, names, drawn, options),
    },
    inWave: (figure: Figure) => from ? ofWave(from, names, figure) : figure,
  };
}

/** Of estimates that were given, the main set where its share is among them; null where it is not. */
function mainSetIn(
  { rows, book: { questions, scales } }: {
    readonly rows: readonly Estimate[];
    readonly book: Codebook;
  },
): { readonly set?: string | null } {
  if (rows.length === 0) return {};
  const main = scales[questions[rows[0]!.question]?.scale ?? ""]?.main_set;
  return { set: rows.some((row) => row.set === main) ? main ?? null : null };
}

/**
 * What stands below a figure, and what its table says of an earlier wave. @param based Whose bases are told.
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
  const missing = questions.filter((question) => survey.left_out.includes(question));
  const changeOf: ChangeOf = (estimate) => changed?.(asInWaves(survey, estimate)) ?? null;
  return {
    changeOf: drawn.some((estimate) => changeOf(estimate) !== null) ? changeOf : undefined,
    notes: [...notes, ...namedNote(survey.codebook, missing, "not_in_wave")],
    details: [
      ...isWhole ? changeNotes(survey, questions, of) : [],
      baseLine(survey, based),
    ],
  };
}

/** A figure, marked where none of its questions was part of the wave. */
export function ofWave(survey: OpenedSurvey, missing: readonly string[], figure: Figure): Figure {
  const isGone = missing.every((name) => survey.left_out.includes(name));
  return isGone ? Object.assign(figure, { missing }) : figure;
}

/** Estimates as `shares()` gives them, after any of Arquero's verbs, or an array of them. */
type EstimateRows = ColumnTable | readonly Partial<Estimate>[];

/**
 * Rows as estimates; columns that say nothing new may have been left out.
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
 * The estimates that a figure is drawn from: for everyone, and by each variable. Where the one variable was
 * asked of a part only, everyone is that part, so that groups are compared with the same people.
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

/** An estimate of a part of those asked as a group of the variable that tells who is in it. */
function asInWaves(survey: Survey, estimate: Estimate): Estimate {
  if (isOfQuestion(survey, estimate)) return estimate;
  const { bases, questions } = survey.codebook;
  const [condition, another] = Object.entries(bases[estimate.base]?.where ?? {});
  const [variable, [group, ...others]] = condition ?? [null, []];
  if (variable === null || group === undefined || another || others.length > 0) return estimate;
  const base = questions[estimate.question]?.base ?? estimate.base;
  return { ...estimate, base, variable, group };
}
