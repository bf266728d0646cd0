import { severalFigure } from "../charts/comparison.ts";
import type { Figure } from "../charts/figure.ts";
import { numbersFigure } from "../charts/numbers.ts";
import type { Codebook } from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import { questionsOf } from "../responses/kinds.ts";
import type { Text } from "../responses/language.ts";
import type { OwnOf, VariableId } from "../responses/study.ts";
import { countAnswers } from "../statistics/count_answers.ts";
import { baseOf, countOf, NO_ANSWER_ID } from "../statistics/counts.ts";
import { cronbachAlpha } from "../statistics/cronbach_alpha.ts";
import type { Estimate } from "../statistics/estimate.ts";
import { estimates } from "../statistics/estimates.ts";
import type { Group } from "../statistics/look_up.ts";
import {
  changeOfMean,
  isNumberShown,
  type NumberEstimate,
  numberEstimates,
  type Statistic,
} from "../statistics/number_estimates.ts";
import { NOTHING, tell } from "../words/claims.ts";
import { quotedLabels } from "../words/format.ts";
import { ownText } from "../words/message.ts";
import { earlierOf } from "./change_since.ts";
import { checkOptions, requireKnown } from "./check_options.ts";
import {
  compared,
  estimatesOfFigure,
  FIGURE_OPTIONS,
  type FigureOptions,
  ofWave,
} from "./figures.ts";
import { baseLine, labelOf } from "./labels.ts";
import type { OpenedSurvey } from "./open_survey.ts";

/**
 * A question of several answers: how many chose each, most first, with intervals.
 *
 * @param question A question of the kind "several".
 * @param options `by`: each answer by the groups of a variable; and as in `likert()`.
 * @throws {InputError} For an option or name that is none, or a question of another kind.
 */
export function several<S extends OpenedSurvey>(
  survey: S,
  question: string,
  options: FigureOptions & { readonly by?: VariableId | OwnOf<S> } = {},
): Figure {
  const { by, ...given } = checkOptions("several()", options, ["by"], FIGURE_OPTIONS);
  const { codebook } = survey;
  const items = itemsOf(codebook, question);
  const variable = by as string | undefined;
  const rows = estimatesOfFigure(survey, items, variable === undefined ? [] : [variable]);
  return ofWave(
    survey,
    items,
    severalFigure(rows, codebook, {
      ...given,
      ...{ question, variable },
      ...compared(survey, items, rows, given, items.slice(0, 1)),
    }),
  );
}

/**
 * The means of questions of numbers or scores, with intervals: several side by side, or one by the groups
 * of variables. The table has the quartiles and, with an earlier wave, the changes.
 *
 * @param questions One question or score, or several whose numbers have the same ends.
 * @param options `by`: variables, with one question; `statistic`: "mean" by default, "median", "net" …;
 *   and as in `likert()`.
 * @throws {InputError} For an option or name that is none, or a question of another kind.
 */
export function numbers<S extends OpenedSurvey>(
  survey: S,
  questions: string | readonly string[],
  options: FigureOptions & {
    readonly by?: VariableId | OwnOf<S> | readonly (VariableId | OwnOf<S>)[];
    readonly statistic?: Statistic;
  } = {},
): Figure {
  const { by, statistic, ...given } = checkOptions(
    "numbers()",
    options,
    ["by", "statistic"],
    FIGURE_OPTIONS,
  );
  const { codebook, baseline } = survey;
  const asked = [questions].flat().map((id) => numberQuestionOf(codebook, id));
  const variables = [by].flat().filter((each) => each !== undefined) as string[];
  const ends = new Set(asked.map((id) => {
    const { min, max } = codebook.questions[id]!.numbers!;
    return `${min} to ${max}`;
  }));
  if (ends.size > 1 || (asked.length > 1 && variables.length > 0)) {
    throw new InputError(
      ends.size > 1
        ? `Numbers from ${[...ends].join(" and from ")} share no axis. Make a figure of each.`
        : "Several questions are shown without groups. Give one question, or leave out by.",
    );
  }
  const rows = asked.flatMap((question) => [
    ...numberEstimates(survey, question),
    ...variables.flatMap((variable) => numberEstimates(survey, question, { by: variable })),
  ]);
  const earlier = baseline?.survey;
  return ofWave(
    survey,
    asked,
    numbersFigure(rows, codebook, {
      ...given,
      ...{ questions: asked, variables, ...statistic && { statistic } },
      details: [baseLine(survey, asked)],
      changeOf: earlier ? (estimate) => changeOfMean(survey, earlier, estimate) : undefined,
    }),
  );
}

/**
 * One statistic of the numbers of a question or score, overall or in a group: in sentences `{$mean :value}`
 * and `{$mean :interval}`.
 *
 * @throws {InputError} Where there is none.
 */
export function numberOf<S extends OpenedSurvey>(
  survey: S,
  question: string,
  statistic: Statistic = "mean",
  among: Group<S> = {},
): NumberEstimate {
  numberQuestionOf(survey.codebook, question);
  const conditions = Object.entries(among as Record<string, string>);
  const [by, group] = conditions.pop() ?? [null, null];
  const within = Object.fromEntries(conditions.map(([name, category]) => [name, [category]]));
  const found = numberEstimates(survey, question, { by, within })
    .find((each) => each.statistic === statistic && each.group === group);
  if (found) return found;
  throw new InputError(
    `There is no "${statistic}" of "${question}"${group === null ? "" : ` for ${by} = ${group}`}.`,
  );
}

/** How the numbers lie, in a sentence: where half of them are. Empty where too few answered. */
export function numbersTold(survey: OpenedSurvey, question: string): Text {
  const of = (statistic: Statistic) => numberOf(survey, question, statistic);
  const half = { low: of("lower_quartile"), median: of("median"), high: of("upper_quartile") };
  return tell(
    Object.values(half).every(isNumberShown) ? ownText("numbers.half", half) : NOTHING,
    numbersSince(survey, question),
  );
}

/** How a mean has changed since the earlier wave; empty without one, or where it cannot be told. */
function numbersSince(survey: OpenedSurvey, question: string): Text {
  const { baseline } = survey;
  if (!baseline?.survey) return NOTHING;
  const now = numberOf(survey, question);
  const change = changeOfMean(survey, baseline.survey, now);
  if (change === null) return NOTHING;
  const p = change.pValue ?? 1;
  const isMoved = p < 1 - survey.codebook.study.confidence;
  return tell(
    ownText("numbers.since", { earlier: earlierOf(baseline), before: change.before }),
    ownText(isMoved ? "numbers.moved" : "numbers.chance", { p }),
  );
}

/** The answer that most chose of several, and their share. */
export function mostChosen(
  survey: OpenedSurvey,
  question: string,
): { readonly answer: Text; readonly share: Estimate } {
  const { codebook } = survey;
  const [first] = itemsOf(codebook, question).flatMap((item) => estimates(survey, item))
    .filter(({ set }) => set !== null)
    .sort((a, b) => (b.share ?? -1) - (a.share ?? -1));
  return { answer: labelOf(survey, first!.question), share: first! };
}

/** What a score is made of, and how far its questions measure one thing, in a sentence or two. */
export function scoreTold(survey: OpenedSurvey, score: string): Text {
  const { codebook } = survey;
  const { items, least } = codebook.questions[numberQuestionOf(codebook, score)]?.score ?? {};
  if (!items) throw new InputError(`"${score}" is asked as a number: it is made of no questions.`);
  const names = Object.keys(items);
  const alpha = names.every((name) => survey.codes.has(name))
    ? cronbachAlpha(survey, names, { ends: items })
    : null;
  return tell(
    ownText("score.made", { items: quotedLabels(codebook, names), least: least! }),
    alpha === null ? NOTHING : ownText("score.alpha", { alpha: alpha.alpha }),
  );
}

/**
 * How many wrote something in answer to an open question. What they wrote is never shown; what it is about
 * is a question of several answers beside it, whose column holds codes.
 */
export function openText(survey: OpenedSurvey, question: string): Text {
  const { codebook } = survey;
  const open = Object.fromEntries(
    Object.entries(codebook.questions).filter(([, { kind }]) => kind === "open"),
  );
  const counts = countAnswers(survey, named(open, question, "of open text"));
  const n = baseOf(counts).n;
  const asked = n + countOf(counts, null, [NO_ANSWER_ID]).n;
  const { leastBase } = counts.sample;
  return n < leastBase || asked - n < leastBase && asked > n
    ? ownText("open.few")
    : ownText("open.wrote", { n, share: n / asked });
}

function itemsOf(codebook: Codebook, question: string): string[] {
  return questionsOf(codebook, named(codebook.several ?? {}, question, "of several answers"));
}

function numberQuestionOf({ questions }: Codebook, name: string): string {
  const all = Object.entries(questions).filter(([, { numbers }]) => numbers);
  return named(Object.fromEntries(all), name, "of numbers, and no score,");
}

function named(all: Readonly<Record<string, unknown>>, name: string, what: string): string {
  return requireKnown(name, Object.keys(all), `The codebook has no question ${what} named`);
}
