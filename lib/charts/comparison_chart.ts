import { formatCount, formatPercentShort } from "../words/format_number.ts";
import type { Language } from "../responses/language.ts";
import { type Estimate, isShown } from "../statistics/estimate.ts";
import { cornerText, label, lines, tallest } from "./chart_parts.ts";
import { NARROW } from "./figure.ts";
import {
  baseSize,
  intervalInChart,
  missingInWords,
  shareInChart,
} from "../words/estimate_in_words.ts";
import { palette } from "./palette.ts";
import * as Plot from "./plot.ts";
import { intervalTexts, TEXT } from "../words/figure_texts.ts";

export interface ComparedGroup {
  readonly label: string;
  readonly estimate: Estimate;
  /** Of its dot and interval; by default that of a single share. */
  readonly colour?: string | undefined;
}

export interface ComparisonChart {
  /** Each with the variable whose groups these are. */
  readonly sections: readonly {
    readonly heading: string;
    readonly groups: readonly ComparedGroup[];
  }[];
  /** Everyone's share: the first row, and a dashed line through the others. */
  readonly overall: Estimate | null;
  /** Of the intervals, 0.5 to 1. */
  readonly confidence: number;
}

/** The names' width, the room beside the track, and the right ends of the columns of numbers from there. */
const SIZES = {
  wide: { names: 210, left: 232, right: 216, share: 148, interval: 56, n: 0 },
  narrow: { names: 154, left: 16, right: 24, share: 86, interval: 0, n: null },
} as const;
/** The height of a piece of the track where it is narrow, at the bottom of its row. */
const PIECE = 22;
const SMALL = { fontSize: 11, fill: palette.muted, textAnchor: "end" } as const;

interface Row extends ComparedGroup {
  readonly y: string;
}

/**
 * A dot with its interval for each group as Plot draws them, and the numbers in columns on the right,
 * where no mark can run into them.
 */
export function comparisonChart(
  { sections, overall, confidence }: ComparisonChart,
  language: Language,
  width: number,
): Plot.PlotOptions {
  const narrow = width < NARROW;
  const size = SIZES[narrow ? "narrow" : "wide"];
  const names = narrow ? width - 206 + 52 : size.names;
  const everyone = overall === null
    ? []
    : [{ y: "all", label: TEXT.total[language], estimate: overall, colour: palette.quiet }];
  const headings = sections.map(({ heading }, index) => ({
    y: `${index}`,
    text: lines(heading, width - (narrow ? 0 : size.right), { size: 12, weight: "bold", lines: 4 }),
  }));
  const rows: Row[] = [
    ...everyone,
    ...sections.flatMap(({ groups }, section) =>
      groups.map((group, index) => ({ ...group, y: `${section}.${index}` }))
    ),
  ];
  const named = rows.map(({ y, label, estimate }) => ({
    y,
    text: lines(narrow ? `${label} (${baseSize(estimate.n, language)})` : label, names, {
      size: 13,
      lines: 4,
    }),
  }));
  const domain = [
    ...everyone.map(({ y }) => y),
    ...sections.flatMap(({ groups }, section) => [
      `${section}`,
      ...groups.map((_, index) => `${section}.${index}`),
    ]),
  ];
  const tall = tallest(named.map(({ text }) => text), 13);
  const step = Math.ceil(Math.max(
    narrow ? tall + PIECE + 10 : Math.max(30, tall + 6),
    tallest(headings.map(({ text }) => text), 12) + 10,
  ));
  const shown = rows.filter(({ estimate }) => isShown(estimate));
  const ticks = ticksOf(rows.map(({ estimate }) => estimate));
  const track = narrow
    ? { insetTop: step - PIECE, insetBottom: 4 }
    : { insetTop: 0, insetBottom: 0 };
  const middle = (track.insetTop - track.insetBottom) / 2;
  const beside = narrow
    ? { dy: 8 - step / 2 + 2, lineAnchor: "middle" } as const
    : { lineAnchor: "middle" } as const;
  const column = (end: number) =>
    ({ y: "y", frameAnchor: "right", textAnchor: "end", dx: size.right - end, ...beside }) as const;
  const header = (end: number, text: string) =>
    cornerText(text, { ...SMALL, frameAnchor: "top-right", dx: size.right - end, dy: -18 });
  const left = { frameAnchor: "left", dx: -size.left } as const;
  return {
    width,
    height: 22 + domain.length * step + 24,
    marginTop: 22,
    marginLeft: size.left,
    marginRight: size.right,
    marginBottom: 24,
    x: { type: "linear", domain: [0, ticks.at(-1)!], axis: null },
    y: { type: "band", domain, padding: 0, axis: null },
    marks: [
      Plot.ruleX(shown.flatMap(({ y }) => ticks.map((x) => ({ x, y }))), {
        x: "x",
        y1: "y",
        y2: "y",
        stroke: ({ x }) => x === 0 ? palette.axis : palette.grid,
        ...track,
      }),
      Plot.ruleX(overall !== null && isShown(overall) ? shown : [], {
        x: overall?.share ?? 0,
        y1: "y",
        y2: "y",
        stroke: palette.axis,
        strokeDasharray: "4 3",
        strokeWidth: 1.5,
        ...track,
      }),
      ...comparisonMarks(rows, middle),
      label(rows.filter(({ estimate }) => !isShown(estimate)), {
        y: "y",
        x: 0,
        dy: middle,
        text: ({ estimate }) => missingInWords(estimate.n, language),
        fontSize: 12,
        fill: palette.muted,
      }),
      header(size.share, TEXT.share[language]),
      header(size.interval, intervalTexts(confidence).interval[language]),
      ...size.n === null ? [] : [header(size.n, TEXT.n[language])],
      label(named, {
        ...left,
        y: "y",
        text: "text",
        ...narrow ? { lineAnchor: "top", dy: 3 - step / 2 } : {},
      }),
      label(headings, {
        ...left,
        y: "y",
        text: "text",
        lineAnchor: "bottom",
        dy: step / 2 - (narrow ? 8 : 4),
        fontSize: 12,
        fontWeight: "bold",
      }),
      label(rows, {
        ...column(size.share),
        text: ({ estimate }) => shareInChart(estimate, language),
        fontSize: 14,
        fontWeight: "bold",
      }),
      label(rows, {
        ...SMALL,
        ...column(size.interval),
        text: ({ estimate }) => intervalInChart(estimate),
        fontSize: 12,
      }),
      ...size.n === null ? [] : [
        label(rows, {
          ...SMALL,
          ...column(size.n),
          text: ({ estimate }) => formatCount(estimate.n, language),
          fontSize: 12,
        }),
      ],
      Plot.axisX(ticks, {
        anchor: "bottom",
        tickFormat: (share: number) => formatPercentShort(share, language),
        tickSize: 0,
        label: null,
        fontSize: 11,
        color: palette.muted,
      }),
    ],
  };
}

/** Each group's dot with its interval as marks. */
export function comparisonMarks(
  rows: readonly {
    readonly y: string;
    readonly estimate: Estimate;
    readonly colour?: string | undefined;
  }[],
  dy = 0,
): Plot.Markish[] {
  const shown = rows.flatMap(({ y, estimate, colour = palette.accent }) =>
    isShown(estimate) ? [{ y, colour, ...estimate }] : []
  );
  const colour = { value: "colour", scale: null };
  return [
    Plot.ruleY(shown, {
      y: "y",
      x1: "low",
      x2: "high",
      dy,
      stroke: colour,
      strokeWidth: 2.5,
      strokeLinecap: "round",
    }),
    Plot.dot(shown, { y: "y", x: "share", dy, r: 5, fill: colour }),
  ];
}

/** From nought to a round share above every interval, in at most five steps. */
function ticksOf(estimates: readonly Estimate[]): number[] {
  const reach = Math.max(0, ...estimates.map(({ high }) => high ?? 0));
  const step = [5, 10, 20].find((step) => reach * 100 <= 5 * step) ?? 25;
  const steps = Math.max(2, Math.ceil(Number((reach * 100 / step).toPrecision(12))));
  return Array.from({ length: steps + 1 }, (_, index) => index * step / 100);
}
