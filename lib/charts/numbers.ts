import type { Codebook } from "../responses/codebook.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import {
  isNumberShown,
  type NumberChange,
  type NumberEstimate,
  type Statistic,
} from "../statistics/number_estimates.ts";
import { texts } from "../words/catalogue.ts";
import { WAVES } from "../words/change_columns.ts";
import { fullStop, intervalTexts, missingInWords, TEXT } from "../words/figure_texts.ts";
import { formatDecimal, formatNumber, numberInterval } from "../words/format.ts";
import { ownText } from "../words/message.ts";
import { capitalise } from "../words/prose.ts";
import { asked, type CaptionOptions, questionOf, questionTexts, variableOf } from "./caption.ts";
import { type ChartRow, ticksAround } from "./chart.ts";
import { type Figure, figureName, type Looks, makeFigure, ordered } from "./figure.ts";
import { type Column, type FigureTable, namesOf, tableOf } from "./figure_table.ts";
import { palette } from "./palette.ts";

interface NumbersOptions extends Omit<CaptionOptions, "changeOf">, Looks {
  /** Questions of numbers or scores, which share an axis. */
  readonly questions: readonly string[];
  readonly variables?: readonly string[];
  readonly statistic?: Statistic;
  /** Where there is an earlier wave: how each mean has changed since. */
  readonly changeOf?: ((estimate: NumberEstimate) => NumberChange | null) | undefined;
}

const WORDS = texts("numbers");
const QUARTILES: readonly Statistic[] = ["lower_quartile", "median", "upper_quartile"];

/**
 * Means (or another statistic) with their intervals: of several questions, or of one by the groups of
 * variables. The table has the quartiles too.
 *
 * @param estimates All statistics of each question, overall and by every variable; see
 *   `numberEstimates()`.
 */
export function numbersFigure(
  estimates: readonly NumberEstimate[],
  codebook: Codebook,
  options: NumbersOptions,
): Figure {
  const { questions, variables = [], statistic = "mean", order } = options;
  const [first = "", ...more] = questions;
  const isOne = more.length === 0;
  const of = (question: string, variable: string | null) =>
    estimates.filter((each) =>
      each.question === question && each.variable === variable && each.statistic === statistic &&
      (variable === null || each.n !== 0)
    );
  const whole = questions.flatMap((question) => of(question, null));
  const idOf = ({ group, question }: NumberEstimate) => group ?? question;
  const sections: readonly { heading: Text | null; rows: readonly NumberEstimate[] }[] = [
    { heading: null, rows: isOne ? whole : ordered(whole, order, idOf, ({ value }) => value) },
    ...variables.map((id) => ({
      heading: variableOf(codebook, id).label,
      rows: ordered(of(first, id), order, idOf, ({ value }) => value),
    })),
  ];
  const shown = sections.flatMap(({ rows }) => rows);
  const { intervals, interval } = intervalTexts(codebook.study.confidence);
  const { unit, ...numbers } = questionOf(codebook, first).numbers!;
  const [least, most] = statistic === "net" ? [-100, 100] : [numbers.min, numbers.max];
  const digits = Math.max(0, ...shown.map((each) => each.digits));
  const labelOf = ({ question, variable, group }: NumberEstimate): Text =>
    variable !== null
      ? variableOf(codebook, variable).categories[group ?? ""]!
      : isOne
      ? TEXT.total
      : questionOf(codebook, question).label;
  const title = inEveryLanguage((language) => {
    const label = isOne ? questionOf(codebook, first).label[language] : WORDS.together[language];
    return `${label}: ${WORDS[statistic][language].toLowerCase()}`;
  });
  const weighted = shown.some((each) => each.weighted);
  const how = ownText(weighted ? "numbers.how_weighted" : "numbers.how", { interval });
  const caption = (language: Language) => ({
    title: (options.title ?? title)[language],
    questions: questionTexts(questions.map((id) => questionOf(codebook, id)), language),
    base: `${asked(whole, codebook, language)}.`,
    notes: [
      ...shown.some(({ low }) => low !== null) ? [intervals] : [],
      ...unit && statistic !== "net" ? [ownText("numbers.unit", { unit })] : [],
      ...options.notes ?? [],
    ].map((note) => note[language]),
    details: [how, ...options.details ?? []].map((note) => fullStop(note[language])),
  });
  const name = options.name ?? figureName(
    "comparison",
    questions,
    statistic === "mean" ? null : statistic.replaceAll("_", "-"),
    variables.length === 0 ? null : `by_${variables[0]}`,
  );
  const line = variables.length > 0 ? whole[0]?.value ?? null : null;
  const rowOf = (estimate: NumberEstimate, language: Language): ChartRow => {
    const { n, value, variable, low, high } = estimate;
    const isThere = isNumberShown(estimate);
    const range = numberInterval(estimate, language, "bare");
    return {
      ...{ label: capitalise(labelOf(estimate)[language]), n },
      ...{ number: value, low, high },
      colour: isOne && variable === null ? palette.quiet : palette.accent,
      value: isThere ? formatNumber(estimate, language, "bare") : "–",
      interval: range,
      missing: isThere ? undefined : missingInWords(n, language),
      said: isThere ? formatNumber(estimate, language) : missingInWords(n, language),
      aside: isThere ? ` (${range})` : "",
    };
  };
  return makeFigure({
    name,
    estimates: [],
    codebook,
    drawn: line === null ? [] : [TEXT.dashed],
    caption,
    table: (language) => ({
      ...numbersTable(estimates, shown, codebook, language, options, digits),
      base: [caption(language).base, ...caption(language).details].join(" "),
    }),
    chart: (language) => ({
      kind: "comparison",
      what: title[language],
      header: WORDS[statistic][language],
      interval: interval[language],
      ...{ digits, line },
      ticks: ticksAround(...endsOf(least, most, shown)),
      tick: (value) => formatDecimal(value, Number.isInteger(value) ? 0 : 1, language),
      sections: sections.map(({ heading, rows }) => ({
        heading: heading?.[language] ?? "",
        rows: rows.map((row) => rowOf(row, language)),
      })),
    }),
  }, { ...options, changeOf: undefined });
}

/** One row for each question or group: mean with interval, quartiles, n, and the change since. */
function numbersTable(
  all: readonly NumberEstimate[],
  shown: readonly NumberEstimate[],
  codebook: Codebook,
  language: Language,
  { statistic = "mean", changeOf }: NumbersOptions,
  digits: number,
): Pick<FigureTable, "columns" | "rows"> {
  const { low, high } = intervalTexts(codebook.study.confidence);
  const number = (
    label: Text,
    cell: (each: NumberEstimate) => number | null | undefined,
  ): Column<NumberEstimate> => ({
    ...{ label, kind: "number", digits },
    cell: (each) => {
      const value = cell(each);
      return value == null ? null : Number(value.toFixed(each.digits));
    },
  });
  const quartiles = (statistic === "mean" ? QUARTILES : []).map((other) =>
    number(
      WORDS[other],
      ({ question, variable, group }) =>
        all.find((each) =>
          each.statistic === other && each.question === question &&
          each.variable === variable && each.group === group
        )?.value,
    )
  );
  return tableOf<NumberEstimate>(
    [
      ...namesOf(shown, codebook, language),
      number(WORDS[statistic], ({ value }) => value),
      number(low, (each) => each.low),
      number(high, (each) => each.high),
      ...quartiles,
      { label: TEXT.n, kind: "count", cell: ({ n }) => n },
      ...changeOf
        ? [
          number(WAVES.before, (each) => changeOf(each)?.before.value),
          number(WORDS.change, (each) => changeOf(each)?.difference),
          number(WAVES.from, (each) => changeOf(each)?.low),
          number(WAVES.to, (each) => changeOf(each)?.high),
          {
            label: WAVES.p,
            kind: "p",
            cell: (each: NumberEstimate) => changeOf(each)?.pValue,
          } as const,
        ]
        : [],
    ],
    shown,
    language,
  );
}

/** What the axis spans: all intervals within what can be answered. */
function endsOf(least: number, most: number, rows: readonly NumberEstimate[]): [number, number] {
  const ends = rows.flatMap(({ value, low, high }) =>
    value === null ? [] : [low ?? value, high ?? value]
  );
  // A scale of few steps is shown whole, and so is one from −100.
  if (most - least <= 10 || least < 0 || ends.length === 0) return [least, most];
  return [Math.min(...ends, least === 0 ? 0 : Infinity), Math.max(...ends)];
}
