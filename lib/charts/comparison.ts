import type { Codebook } from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import { inEveryLanguage } from "../responses/language.ts";
import { type Estimate, isShown } from "../statistics/estimate.ts";
import { intervalTexts, TEXT } from "../words/figure_texts.ts";
import { ownText } from "../words/message.ts";
import { capitalise } from "../words/prose.ts";
import {
  answerLabel,
  type CaptionOptions,
  findEstimate,
  questionOf,
  scaleOf,
  variableOf,
} from "./caption.ts";
import { shareRow } from "./chart.ts";
import { type Figure, figureName, type Looks, makeFigure, ordered } from "./figure.ts";
import { present } from "./likert.ts";
import { palette } from "./palette.ts";

interface ComparisonOptions extends CaptionOptions, Looks {
  readonly question: string;
  /** Variables whose groups are compared, in this order. */
  readonly variables: readonly string[];
  /** The set whose share is compared; by default the scale's main one. */
  readonly set?: string;
  /** A single category instead of a set. */
  readonly category?: string;
  /** Whether everyone's share is there to compare with; true by default. */
  readonly overall?: boolean;
}

/**
 * The share of one set or category by groups: a dot with its interval for each.
 *
 * @param estimates At least those of the set or category for the groups, and overall.
 * @throws {InputError} If a name is not in the codebook, or an estimate is missing.
 */
export function comparisonFigure(
  estimates: readonly Estimate[],
  codebook: Codebook,
  options: ComparisonOptions,
): Figure {
  const { question, variables, colours = {} } = options;
  if (variables.length === 0) throw new InputError("A comparison needs at least one variable.");
  if (options.set !== undefined && options.category !== undefined) {
    throw new InputError(
      `A comparison is of one share: give the set "${options.set}" or the category ` +
        `"${options.category}", not both.`,
    );
  }
  const { set = scaleOf(codebook, question).main_set, category } = options;
  const answer = category === undefined ? { set } : { category };
  const ofAnswer = answerLabel(codebook, question, answer);
  const overall = options.overall === false
    ? null
    : findEstimate(estimates, { question, ...answer, variable: null, group: null });
  const line = overall?.share ?? null;
  const sections = variables.map((id) => {
    const { label, categories } = variableOf(codebook, id);
    const found = estimates.map((each) => each.variable === id ? each.group : null);
    const rows = present(Object.keys(categories), found).map((group) => ({
      group,
      label: categories[group]!,
      estimate: findEstimate(estimates, { question, ...answer, variable: id, group }),
    }));
    const shareOf = ({ estimate }: typeof rows[number]) => estimate.share;
    return { label, rows: ordered(rows, options.order, ({ group }) => group, shareOf) };
  });
  const [first = "", ...more] = variables;
  const by = more.length === 0 ? `by_${first}` : `by_${first}_and_${more.length}_more`;
  const title = inEveryLanguage((language) =>
    `${questionOf(codebook, question).label[language]}: ${ofAnswer[language]}`
  );
  const colourOf = (group: string) =>
    Array.isArray(colours) ? colours[0] : (colours as Readonly<Record<string, string>>)[group];
  const texts = intervalTexts(codebook.study.confidence);
  return makeFigure({
    name: options.name ?? figureName("comparison", [question], Object.values(answer)[0], by),
    estimates: [
      ...overall === null ? [] : [overall],
      ...sections.flatMap(({ rows }) => rows.map(({ estimate }) => estimate)),
    ],
    codebook,
    notes: [texts.intervals],
    drawn: line === null ? [] : [TEXT.dashed],
    chart: (language) => {
      const all = overall &&
        shareRow(TEXT.total[language], overall, language, palette.quiet);
      const shares = sections.map(({ label, rows }) => ({
        heading: label[language],
        rows: rows.map(({ group, label, estimate }) =>
          shareRow(capitalise(label[language]), estimate, language, colourOf(group))
        ),
      }));
      return {
        kind: "comparison",
        what: `${texts.dots[language]}: ${title[language]}`,
        header: TEXT.share[language],
        interval: texts.interval[language],
        sections: [...all ? [{ heading: "", rows: [all] }] : [], ...shares],
        line,
      };
    },
  }, { title, ...options });
}

interface SeveralOptions extends CaptionOptions, Looks {
  /** The question of several answers. */
  readonly question: string;
  /** Whose groups are compared, answer by answer. */
  readonly variable?: string | undefined;
}

/**
 * A question of several answers: how many chose each, with intervals, most first; or each by groups.
 *
 * @param estimates Those who chose each answer, overall or by the variable; see `Several`.
 */
export function severalFigure(
  estimates: readonly Estimate[],
  codebook: Codebook,
  options: SeveralOptions,
): Figure {
  const { question, variable, order = variable ? undefined : "descending" } = options;
  const { label, items } = codebook.several![question]!;
  const by = variable ? variableOf(codebook, variable) : null;
  const chosen = estimates.filter(({ set }) => set !== null);
  const whole = chosen.filter((each) => each.variable === null);
  const all = Object.entries(items).map(([id, item]) => ({
    id,
    label: questionOf(codebook, item).label,
    own: chosen.filter((each) => each.question === item && each.variable === (variable ?? null)),
  }));
  const answers = ordered(all, order, ({ id }) => id, ({ own }) => own[0]?.share ?? null);
  const sum = whole.reduce((sum, { share }) => sum + (share ?? 0), 0);
  const isMore = whole.every(isShown) && sum > 1;
  const texts = intervalTexts(codebook.study.confidence);
  return makeFigure({
    name: options.name ??
      figureName("comparison", [question], ...variable ? [`by_${variable}`] : []),
    estimates: answers.flatMap(({ own }) => own),
    codebook,
    notes: [texts.intervals, ownText(isMore ? "several.more" : "several.choice")],
    chart: (language) => {
      const sections = answers.map(({ label, own }) => ({
        heading: by ? label[language] : "",
        rows: own.map((estimate) => {
          const name = by ? by.categories[estimate.group!]! : label;
          return shareRow(capitalise(name[language]), estimate, language);
        }),
      }));
      return {
        kind: "comparison",
        what: `${texts.dots[language]}: ${label[language]}`,
        header: TEXT.share[language],
        interval: texts.interval[language],
        sections: by ? sections : [{ heading: "", rows: sections.flatMap(({ rows }) => rows) }],
      };
    },
  }, {
    title: by
      ? inEveryLanguage((language) =>
        `${label[language]} ${TEXT.by[language]} ${by.label[language].toLowerCase()}`
      )
      : label,
    ...options,
  });
}
