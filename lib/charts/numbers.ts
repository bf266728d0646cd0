import type { Codebook } from "../responses/codebook.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import {
  isNumberShown,
  type NumberChange,
  type NumberEstimate,
  type Statistic,
} from "../statistics/number_estimates.ts";
import { texts } from "../words/catalogue.ts";
import {
  capitalised,
  fullStop,
  intervalTexts,
  missingInWords,
  TEXT,
} from "../words/figure_texts.ts";
import { formatDecimal } from "../words/format_number.ts";
import { formatNumber, numberInterval } from "../words/number_texts.ts";
import { ownText } from "../words/message.ts";
import { WAVES } from "../words/change_columns.ts";
import { asked, type CaptionOptions, questionTexts } from "./caption.ts";
import { type Compared, type Comparison, comparisonParts, type Measure } from "./comparison.ts";
import { type Figure, figureName, type Looks, makeFigure, ordered } from "./figure.ts";
import type { FigureColumn, FigureTable } from "./figure_table.ts";
import { questionOf, variableOf } from "./lookup.ts";

export interface NumbersOptions extends Omit<CaptionOptions, "changeOf">, Looks {
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
  const { questions, variables = [], statistic = "mean", changeOf, order } = options;
  const of = (question: string, variable: string | null) =>
    estimates.filter((each) =>
      each.question === question && each.variable === variable && each.statistic === statistic
    );
  const isOne = questions.length === 1;
  const [first = ""] = questions;
  const overall = isOne ? of(first, null)[0]! : null;
  const sections = isOne
    ? variables.map((id) => ({ heading: variableOf(codebook, id).label, rows: of(first, id) }))
    : [{
      heading: inEveryLanguage(() => ""),
      rows: questions.flatMap((question) => of(question, null)),
    }];
  const labelOf = ({ question, variable, group }: NumberEstimate): Text =>
    variable === null
      ? isOne ? TEXT.total : questionOf(codebook, question).label
      : variableOf(codebook, variable).categories[group ?? ""]!;
  const shown = [
    ...overall ? [overall] : [],
    ...sections.flatMap(({ rows }) => rows.filter(({ n }) => n !== 0)),
  ];
  const { confidence } = codebook.study;
  const { intervals, interval } = intervalTexts(confidence);
  const numbers = questionOf(codebook, first).numbers!;
  const bounds = statistic === "net" ? [-100, 100] as const : [numbers.min, numbers.max] as const;
  const name = WORDS[statistic];
  const measure: Measure = {
    name,
    value: (estimate, language) =>
      estimate.suppressed ? "–" : formatNumber(estimate as never, language, "bare"),
    interval: (estimate, language) => numberInterval(estimate as never, language, "bare"),
    ticks: (rows) => ticksOf(bounds, rows),
    digits: Math.max(0, ...shown.map(({ digits }) => digits)),
    tick: (value, language) => formatDecimal(value, Number.isInteger(value) ? 0 : 1, language),
  };
  const compared = (estimate: NumberEstimate, language: Language) => ({
    label: capitalised(labelOf(estimate)[language]),
    estimate: { ...estimate, share: estimate.value },
  });
  const idOf = ({ group, question }: NumberEstimate) => group ?? question;
  const comparison = (language: Language): Comparison => ({
    confidence,
    measure,
    overall: overall && compared(overall, language).estimate,
    sections: sections.map(({ heading, rows }) => ({
      heading: heading[language],
      groups: ordered(rows.filter(({ n }) => n !== 0), order, idOf, ({ value }) => value)
        .map((row) => compared(row, language)),
    })),
  });
  const title = inEveryLanguage((language) => {
    const label = isOne ? questionOf(codebook, first).label[language] : WORDS.together[language];
    return `${label}: ${name[language].toLowerCase()}`;
  });
  const caption = (language: Language) => {
    const weighted = shown.some((each) => each.weighted);
    const how = ownText(weighted ? "numbers.how_weighted" : "numbers.how", { interval });
    const { unit } = numbers;
    return {
      title: (options.title ?? title)[language],
      questions: questionTexts(questions.map((id) => questionOf(codebook, id)), language),
      base: `${asked(isOne ? [overall!] : shown, codebook, language)}.`,
      notes: [
        ...shown.some(({ low }) => low !== null) ? [intervals] : [],
        ...unit && statistic !== "net" ? [ownText("numbers.unit", { unit })] : [],
        ...options.notes ?? [],
      ].map((note) => note[language]),
      details: [how, ...options.details ?? []].map((note) => fullStop(note[language])),
    };
  };
  const figure = options.name ?? figureName(
    "comparison",
    questions,
    statistic === "mean" ? null : statistic.replaceAll("_", "-"),
    variables.length === 0 ? null : `by_${variables[0]}`,
  );
  return makeFigure({
    kind: "comparison",
    name: figure,
    estimates: [],
    codebook,
    notes: [],
    drawn: isOne && variables.length > 0 && overall?.value != null ? [TEXT.dashed] : [],
    caption,
    table: (language) =>
      tableOf(estimates, shown, codebook, language, {
        ...caption(language),
        ...{ name: figure, questions, variables, statistic, changeOf },
      }),
    alt: (language) => {
      const said = shown.map((each) => {
        const value = isNumberShown(each)
          ? `${formatNumber(each, language)} (${numberInterval(each, language)})`
          : missingInWords(each.n, language);
        return `${labelOf(each)[language]}: ${value}`;
      });
      return [title[language], said.join("; ")].map(fullStop).join(" ");
    },
    ...comparisonParts(comparison),
  }, { ...options, changeOf: undefined });
}

/** One row for each question or group: mean with interval, quartiles, n, and the change since. */
function tableOf(
  all: readonly NumberEstimate[],
  shown: readonly NumberEstimate[],
  codebook: Codebook,
  language: Language,
  { name, title, base, details, questions, variables = [], statistic = "mean", changeOf }:
    & Pick<NumbersOptions, "questions" | "variables" | "statistic" | "changeOf">
    & { readonly details: readonly string[] }
    & Pick<FigureTable, "name" | "title" | "base">,
): FigureTable {
  const { low, high } = intervalTexts(codebook.study.confidence);
  const others = statistic === "mean" ? QUARTILES : [];
  const rounded = ({ digits }: NumberEstimate, value: number | null | undefined) =>
    value == null ? null : Number(value.toFixed(digits));
  const rows = shown.map((estimate) => {
    const { question, variable, group } = estimate;
    const change = changeOf?.(estimate);
    return [
      ...questions.length > 1 ? [questionOf(codebook, question).label[language]] : [],
      ...variables.length > 0
        ? [
          variable === null ? TEXT.total[language] : variableOf(codebook, variable).label[language],
          variable === null
            ? TEXT.total[language]
            : variableOf(codebook, variable).categories[group ?? ""]?.[language] ?? "",
        ]
        : [],
      ...[estimate.value, estimate.low, estimate.high].map((value) => rounded(estimate, value)),
      ...others.map((other) =>
        rounded(
          estimate,
          all.find((each) =>
            each.statistic === other && each.question === question &&
            each.variable === variable && each.group === group
          )?.value,
        )
      ),
      estimate.n,
      ...changeOf
        ? [
          rounded(estimate, change?.before.value),
          ...[change?.difference, change?.low, change?.high].map((v) => rounded(estimate, v)),
          change?.pValue ?? null,
        ]
        : [],
    ];
  });
  const column = (label: Text, kind: FigureColumn["kind"] = "number") => ({
    label: label[language],
    kind,
    ...kind === "number" && { digits: Math.max(0, ...shown.map(({ digits }) => digits)) },
  });
  return {
    name,
    title,
    base: [base, ...details].join(" "),
    columns: [
      ...questions.length > 1 ? [column(TEXT.question, "text")] : [],
      ...variables.length > 0 ? [column(TEXT.variable, "text"), column(TEXT.group, "text")] : [],
      ...[WORDS[statistic], low, high, ...others.map((other) => WORDS[other])]
        .map((label) => column(label)),
      column(TEXT.n, "count"),
      ...changeOf
        ? [
          ...[WAVES.before, WORDS.change, WAVES.from, WAVES.to].map((label) => column(label)),
          column(WAVES.p, "p"),
        ]
        : [],
    ],
    rows,
  };
}

/** Round numbers around every interval, in at most five steps and within what can be answered. */
function ticksOf([least, most]: readonly [number, number], rows: readonly Compared[]): number[] {
  const ends = rows.flatMap(({ share, low, high }) =>
    share === null ? [] : [low ?? share, high ?? share]
  );
  // A scale of few steps is shown whole, and so is one from −100.
  const isShort = most - least <= 10 || least < 0;
  const [from, to] = isShort || ends.length === 0
    ? [least, most]
    : [Math.min(...ends, least === 0 ? 0 : Infinity), Math.max(...ends)];
  const size = 10 ** Math.floor(Math.log10(Math.max(to - from, 1e-6) / 5));
  const step = [1, 2, 2.5, 5, 10, 20].map((each) => each * size).find((each) =>
    (to - from) / each <= 5
  )!;
  const [start, end] = [Math.floor(from / step + 1e-9), Math.ceil(to / step - 1e-9)];
  return Array.from(
    { length: Math.max(1, end - start) + 1 },
    (_, i) => Number(((start + i) * step).toPrecision(12)),
  );
}
