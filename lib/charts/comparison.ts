import type { Codebook } from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import { type Estimate, isShown } from "../statistics/estimate.ts";
import {
  baseSize,
  capitalised,
  fullStop,
  intervalInChart,
  intervalInWords,
  intervalTexts,
  missingInWords,
  shareInChart,
  shareInWords,
  spreadInWords,
  TEXT,
} from "../words/figure_texts.ts";
import { formatCount, formatPercentShort } from "../words/format_number.ts";
import { present } from "./bars.ts";
import type { CaptionOptions } from "./caption.ts";
import { bold, cornerText, given, label, lines, small, tallest } from "./chart_parts.ts";
import {
  type Figure,
  figureName,
  type FigureParts,
  type Looks,
  makeFigure,
  NARROW,
  ordered,
} from "./figure.ts";
import {
  answerLabel,
  AS_MARK,
  findEstimate,
  markOf,
  questionOf,
  scaleOf,
  variableOf,
  type Wanted,
} from "./lookup.ts";
import type { NativeData } from "./native_chart.ts";
import { palette } from "./palette.ts";
import * as Plot from "./plot.ts";
import { textWidth } from "./text_width.ts";

export interface ComparisonOptions extends CaptionOptions, Looks {
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
  const answer: Wanted["answer"] = options.category === undefined
    ? { set: options.set ?? scaleOf(codebook, question).main_set }
    : { category: options.category };
  answerLabel(codebook, question, answer); // Refuses what is not on the scale.
  const overall = options.overall === false
    ? null
    : findEstimate(estimates, { question, answer, variable: null, group: null });
  const sections = variables.map((id) => {
    const variable = variableOf(codebook, id);
    const found = estimates.map((each) => each.variable === id ? each.group : null);
    const rows = present(Object.keys(variable.categories), found).map((group) => ({
      group,
      label: variable.categories[group]!,
      estimate: findEstimate(estimates, { question, answer, variable: id, group }),
    }));
    const shareOf = ({ estimate }: { readonly estimate: Estimate }) => estimate.share;
    return { variable, rows: ordered(rows, options.order, ({ group }) => group, shareOf) };
  });
  const shown = [
    ...(overall === null ? [] : [overall]),
    ...sections.flatMap(({ rows }) => rows.map(({ estimate }) => estimate)),
  ];
  const [first = "", ...more] = variables;
  const by = more.length === 0 ? `by_${first}` : `by_${first}_and_${more.length}_more`;
  const name = options.name ??
    figureName("comparison", [question], Object.values(answer)[0], by);
  const { confidence } = codebook.study;
  const texts = intervalTexts(confidence);
  const title = inEveryLanguage((language) =>
    `${questionOf(codebook, question).label[language]}: ` +
    answerLabel(codebook, question, answer)[language]
  );
  const colourOf = (group: string) =>
    Array.isArray(colours) ? colours[0] : (colours as Readonly<Record<string, string>>)[group];
  const comparison = (language: Language): Comparison => ({
    overall,
    confidence,
    sections: sections.map(({ variable, rows }) => ({
      heading: variable.label[language],
      groups: rows.map(({ group, label, estimate }) => ({
        label: capitalised(label[language]),
        estimate,
        colour: colourOf(group),
      })),
    })),
  });
  return makeFigure({
    kind: "comparison",
    name,
    estimates: shown,
    codebook,
    notes: [texts.intervals],
    drawn: overall === null ? [] : [TEXT.dashed],
    alt: (language) => {
      const parts = sections.map(({ variable, rows }) =>
        `${variable.label[language]} – ` +
        rows.map(({ label, estimate }) => `${label[language]}: ${numbers(estimate, language)}`)
          .join("; ") +
        spreadInWords(rows, language)
      );
      const all = overall && `${TEXT.total[language]}: ${numbers(overall, language)}`;
      return [`${texts.dots[language]}: ${title[language]}`, ...all ? [all] : [], ...parts]
        .map(fullStop).join(" ");
    },
    ...comparisonParts(comparison),
  }, { title, ...options });
}

function numbers(estimate: Estimate, language: Language): string {
  const share = shareInWords(estimate, language);
  return estimate.share === null ? share : `${share} (${intervalInWords(estimate, language)})`;
}

/** As much of an estimate as is drawn: a share, or in its place another number. */
export type Compared = Pick<Estimate, "n" | "share" | "low" | "high" | "suppressed">;

/** What is compared: how it is called and written, and where its axis has marks. */
export interface Measure {
  readonly name: Text;
  readonly value: (estimate: Compared, language: Language) => string;
  readonly interval: (estimate: Compared, language: Language) => string;
  readonly ticks: (estimates: readonly Compared[]) => readonly number[];
  readonly tick: (value: number, language: Language) => string;
  /** Decimals of a number that is no share. */
  readonly digits?: number;
}

/** Shares, from nought on. */
const SHARES: Measure = {
  name: TEXT.share,
  value: shareInChart,
  interval: intervalInChart,
  ticks: ticksOf,
  tick: formatPercentShort,
};

/** A share among others, with its name. */
export interface ComparedGroup {
  readonly label: string;
  readonly estimate: Compared;
  /** Of its dot and interval; by default that of a single share. */
  readonly colour?: string | undefined;
}

export interface Comparison {
  /** Each with the variable whose groups these are; a heading that is empty is none. */
  readonly sections: readonly {
    readonly heading: string;
    readonly groups: readonly ComparedGroup[];
  }[];
  /** Everyone's share: the first row, and a dashed line through the others. */
  readonly overall: Compared | null;
  /** By default shares. */
  readonly measure?: Measure;
  /** Of the intervals, 0.5 to 1. */
  readonly confidence: number;
}

/** What a figure draws of a comparison. */
export function comparisonParts(
  comparison: (language: Language) => Comparison,
): Pick<FigureParts, "marks" | "chart" | "native"> {
  return {
    marks: (language) =>
      comparisonMarks(
        comparison(language).sections.flatMap(({ groups }) =>
          groups.map((group) => ({ ...group, y: group.label }))
        ),
      ),
    chart: (language, width) => comparisonChart(comparison(language), language, width),
    native: (language) => comparisonData(comparison(language), language),
  };
}

/** Everyone and the groups as bars with their intervals; a heading is a name without a bar. */
export function comparisonData(
  { sections, overall, confidence, measure = SHARES }: Comparison,
  language: Language,
): NativeData {
  const { name, digits } = measure;
  const everyone = { label: TEXT.total[language], estimate: overall, colour: palette.quiet };
  const rows: { label: string; estimate: Compared | null; colour?: string | undefined }[] = [
    ...overall === null ? [] : [everyone],
    ...sections.flatMap(({ heading, groups }) => [
      ...heading === "" ? [] : [{ label: heading, estimate: null }],
      ...groups,
    ]),
  ];
  const endOf = (end: "share" | "low" | "high") =>
    rows.map(({ estimate }) => estimate && isShown(estimate) ? estimate[end] : null);
  const { interval } = intervalTexts(confidence);
  return {
    remark: `${name[language]} (${interval[language]})`,
    ...digits === undefined ? {} : { digits },
    categories: rows.map(({ label, estimate }) =>
      estimate === null
        ? label
        : label + (Number.isNaN(estimate.n) ? "" : ` (${baseSize(estimate.n, language)})`) +
          (isShown(estimate) ? "" : `: ${missingInWords(estimate.n, language)}`)
    ),
    series: [{
      name: name[language],
      colour: rows.map(({ colour = palette.accent }) => colour),
      values: endOf("share"),
      low: endOf("low"),
      high: endOf("high"),
      labels: rows.map(({ estimate }) =>
        estimate === null || !isShown(estimate)
          ? ""
          : `${measure.value(estimate, language)}\u00a0(${measure.interval(estimate, language)})`
      ),
    }],
  };
}

/**
 * In px: the names' width, the room beside the track, the right ends of the columns of numbers from the
 * right end of the drawing, and the least height of the track's piece in a row.
 */
const SIZES = {
  wide: { names: 210, left: 232, right: 216, share: 148, interval: 56, n: 0, piece: 30 },
  narrow: { names: 154, left: 16, right: 24, share: 86, interval: 0, n: null, piece: 18 },
} as const;

/**
 * A dot with its interval for each group as Plot draws them, and the numbers in columns on the right,
 * where no mark can run into them.
 */
function comparisonChart(
  { sections, overall, confidence, measure = SHARES }: Comparison,
  language: Language,
  width: number,
): Plot.PlotOptions {
  const narrow = width < NARROW;
  const size = SIZES[narrow ? "narrow" : "wide"];
  const everyone = overall === null
    ? []
    : [{ y: "all", label: TEXT.total[language], estimate: overall, colour: palette.quiet }];
  const headings = sections.flatMap(({ heading }, section) =>
    heading === "" ? [] : [{
      y: `${section}`,
      text: lines(heading, width - (narrow ? 0 : size.right), {
        size: 12,
        weight: "bold",
        lines: 4,
      }),
    }]
  );
  const slots = sections.map(({ groups }, section) =>
    groups.map((group, index) => ({ ...group, y: `${section}.${index}` }))
  );
  const rows = [...everyone, ...slots.flat()].map((row) => {
    const n = narrow ? ` (${baseSize(row.estimate.n, language)})` : "";
    const room = narrow ? width - size.names : size.names;
    return { ...row, text: lines(row.label + n, room, { size: 13, lines: 4 }) };
  });
  const shown = rows.filter(({ estimate }) => isShown(estimate));
  const nameHeight = tallest(rows.map(({ text }) => text), 13);
  const piece = narrow ? size.piece : Math.ceil(Math.max(size.piece, nameHeight + 6));
  const above = narrow ? Math.ceil(nameHeight) + 4 : 0;
  const below = narrow ? 10 : 0;
  const headingHeight = tallest(headings.map(({ text }) => text), 12) + 10;
  const step = Math.ceil(Math.max(above + piece + below, headingHeight));
  const domain = [
    ...everyone.map(({ y }) => y),
    ...slots.flatMap((groups, section) => [
      ...headings.some(({ y }) => y === `${section}`) ? [`${section}`] : [],
      ...groups.map(({ y }) => y),
    ]),
  ];
  const ticks = measure.ticks(rows.map(({ estimate }) => estimate));
  const place = { x: "x", y1: "y", y2: "y" };
  const ruled = shown.flatMap(({ y }) => ticks.map((x) => ({ x, y })));
  const compared = shown.flatMap(({ y }) => overall?.share ? [{ y, x: overall.share }] : []);
  const [first = 0] = ticks;
  const beside = narrow ? { dy: -piece / 2 - 12 } : {};
  const column = (end: number, textOf: (estimate: Compared) => string, looks: Plot.TextOptions) =>
    label(rows.map(({ y, estimate }) => ({ y, text: textOf(estimate) })), {
      y: "y",
      frameAnchor: "right",
      textAnchor: "end",
      dx: size.right - end,
      ...beside,
      ...looks,
    });
  const header = (end: number, text: string) =>
    cornerText(text, {
      ...small(12),
      frameAnchor: "top-right",
      textAnchor: "end",
      dx: size.right - end,
      dy: -14 - above,
    });
  // The first mark of the axis may be a long number.
  const marginLeft = Math.max(size.left, textWidth(measure.tick(first, language), 12) / 2 + 2);
  const left = { y: "y", frameAnchor: "left", dx: -marginLeft } as const;
  const marginTop = 22 + above;
  return {
    width,
    height: marginTop + step * (domain.length - 1) + piece + 24,
    marginTop,
    marginLeft,
    marginRight: size.right,
    marginBottom: 24,
    x: { type: "linear", domain: [first, ticks.at(-1)!], axis: null },
    y: {
      type: "band",
      domain,
      paddingInner: 1 - piece / step,
      paddingOuter: 0,
      axis: null,
      round: false,
    },
    marks: [
      Plot.ruleX(ruled.filter(({ x }) => x !== 0), { ...place, stroke: palette.grid }),
      Plot.ruleX(ruled.filter(({ x }) => x === 0), { ...place, stroke: palette.axis }),
      Plot.ruleX(compared, {
        ...place,
        stroke: palette.axis,
        strokeDasharray: "4 3",
        strokeWidth: 1.5,
      }),
      ...comparisonMarks(rows),
      label(rows.filter(({ estimate }) => !isShown(estimate)), {
        y: "y",
        x: () => first,
        text: ({ estimate }) => missingInWords(estimate.n, language),
        ...small(12),
      }),
      header(size.share, measure.name[language]),
      header(size.interval, intervalTexts(confidence).interval[language]),
      label(rows, { ...left, ...narrow ? { lineAnchor: "bottom", dy: -piece / 2 - 4 } : {} }),
      label(headings, {
        ...left,
        lineAnchor: "bottom",
        dy: narrow ? step - piece / 2 - above - 4 : piece / 2 - 4,
        ...bold(12),
      }),
      column(size.share, (estimate) => measure.value(estimate, language), bold(14)),
      column(size.interval, (estimate) => measure.interval(estimate, language), small(12)),
      ...size.n === null ? [] : [
        header(size.n, TEXT.n[language]),
        column(size.n, ({ n }) => formatCount(n, language), small(12)),
      ],
      Plot.axisX(ticks, {
        anchor: "bottom",
        tickFormat: (value: number) => measure.tick(value, language),
        tickSize: 0,
        label: null,
        fontSize: 12,
        color: palette.muted,
      }),
    ],
  };
}

/** Each group's dot with its interval as marks. */
function comparisonMarks(
  rows: readonly (Omit<ComparedGroup, "label"> & { readonly y: string })[],
): Plot.Markish[] {
  const shown = rows.flatMap(({ y, estimate, colour = palette.accent }) =>
    isShown(estimate) ? [{ y, colour, ...estimate, of: markOf(estimate) }] : []
  );
  const line = { stroke: given("colour"), strokeWidth: 2.5, strokeLinecap: "round" } as const;
  return [
    Plot.ruleY(shown, { y: "y", x1: "low", x2: "high", ...line }),
    Plot.dot(shown, { y: "y", x: "share", r: 5, fill: given("colour"), ...AS_MARK }),
  ];
}

/** From nought to a round share above every interval, in at most five steps. */
function ticksOf(estimates: readonly Compared[]): number[] {
  const reach = Math.max(0, ...estimates.map(({ high }) => high ?? 0));
  const step = [5, 10, 20].find((step) => reach * 100 <= 5 * step) ?? 25;
  const steps = Math.max(2, Math.ceil(Number((reach * 100 / step).toPrecision(12))));
  return Array.from({ length: steps + 1 }, (_, index) => index * step / 100);
}
