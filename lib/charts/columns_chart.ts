import type { Language } from "../responses/language.ts";
import type { Scale } from "../responses/codebook.ts";
import { isShown } from "../statistics/estimate.ts";
import { type Bar, isBarShown } from "./bars.ts";
import { cornerText, EMPTY, label, labelHeight, lines, tallest } from "./chart_parts.ts";
import { NARROW } from "./figure.ts";
import { missingInWords, shareInChart } from "../words/estimate_in_words.ts";
import { type Colours, coloursOf, palette } from "./palette.ts";
import * as Plot from "./plot.ts";
import { capitalised, TEXT } from "../words/figure_texts.ts";
import { wordsFit } from "./wrap_text.ts";

export interface ColumnsChart {
  readonly bar: Bar;
  readonly scale: Scale;
  readonly colours?: Colours | undefined;
  /** What the bracket is around. */
  readonly set: { readonly label: string; readonly categories: readonly string[] } | null;
  /** Whether each column carries its interval. */
  readonly intervals: boolean;
}

/** One answer's column or bar. */
export interface Column {
  readonly id: string;
  readonly label: string;
  readonly fill: string;
  /** Whether its share may not be shown. */
  readonly hidden: boolean;
  readonly apart: boolean;
  readonly share: number;
  /** Where the column and its interval end. */
  readonly reach: number;
  readonly low: number;
  readonly high: number;
  readonly value: string;
}

const HEIGHT = 210;
/** The same where there is nothing to show. */
const EMPTY_HEIGHT = 100;
const SIZE = 12;
const MOST_COLUMNS = 9;

/**
 * One question's answers as Plot draws them: columns, or bars that lie where it is narrow, or where the
 * answers are too long or too many to stand below columns. A bracket is around a set.
 */
export function columnsChart(
  chart: ColumnsChart,
  language: Language,
  width: number,
): Plot.PlotOptions {
  const columns = columnsOf(chart, language);
  // "Don't know" stands apart from the scale.
  const place = Math.min(150, width / (columns.length + 0.35));
  const fits = columns.every(({ label }) => wordsFit(label, place - 10, SIZE));
  return width < NARROW || columns.length > MOST_COLUMNS || !fits
    ? lying(chart, columns, language, width)
    : standing(chart, columns, Math.floor(place), language, width);
}

function standing(
  { bar, set }: ColumnsChart,
  columns: readonly Column[],
  place: number,
  language: Language,
  width: number,
): Plot.PlotOptions {
  const shown = isBarShown(bar);
  const bracket = bracketOf(bar, set, columns);
  const apart = columns.some((column) => column.apart) ? Math.round(0.35 * place) : 0;
  const marginLeft = (width - place * columns.length - apart) / 2;
  const inset = (place - Math.min(84, place * 0.72)) / 2;
  const names = columns.map(({ label }) => lines(label, place - 8, { size: SIZE, lines: 5 }));
  const most = topOf(columns);
  const height = shown ? HEIGHT : EMPTY_HEIGHT;
  const marginTop = (bracket === null ? 0 : 52) + 20;
  const at = { x: "id", insetLeft: inset, insetRight: inset } as const;
  const text = { x: "id", textAnchor: "middle" } as const;
  const marginBottom = Math.ceil(tallest(names, SIZE)) + 12;
  return {
    width,
    height: marginTop + height + marginBottom,
    marginTop,
    marginBottom,
    marginLeft,
    marginRight: marginLeft + apart,
    x: { type: "band", domain: columns.map(({ id }) => id), padding: 0, axis: null },
    y: { type: "linear", domain: [0, most], axis: null },
    marks: [
      ...[...new Set([0, apart])].flatMap((dx) => {
        const these = columns.filter((column) => column.apart === (dx > 0));
        const framed = these.filter(({ hidden }) => hidden);
        const solid = these.filter(({ hidden }) => !hidden);
        const tall = most * (shown ? 0.16 : 0.5);
        return [
          ...columnMarks(solid, { ...at, dx }),
          Plot.barY(framed, { ...at, dx, y1: 0, y2: tall, ...EMPTY }),
          label(shown ? framed : [], {
            ...text,
            dx,
            y: tall,
            dy: -10,
            text: "value",
            fontSize: SIZE,
            fill: palette.muted,
          }),
          label(solid, {
            ...text,
            dx,
            y: "reach",
            dy: -10,
            text: "value",
            fontSize: 14,
            fontWeight: "bold",
          }),
          label(these, {
            ...text,
            dx,
            y: 0,
            dy: 8,
            lineAnchor: "top",
            text: ({ id }) => names[columns.findIndex((column) => column.id === id)],
            fontSize: SIZE,
          }),
        ];
      }),
      Plot.frame({
        anchor: "bottom",
        stroke: palette.axis,
        insetLeft: -marginLeft,
        insetRight: -marginLeft - apart,
      }),
      ...shown ? [] : [
        cornerText(missingInWords(bar.n, language), {
          frameAnchor: "top",
          textAnchor: "middle",
          dx: apart / 2,
          dy: 14,
          fontSize: SIZE,
          fill: palette.muted,
        }),
      ],
      ...bracket === null ? [] : [
        ...bracketMarks("top", {
          from: place * bracket.first + inset,
          to: place * (columns.length - 1 - bracket.last) + inset,
          out: 28,
          end: height + 22,
        }),
        ...bracketTexts(bracket, language, place, marginLeft, width),
      ],
    ],
  };
}

function bracketTexts(
  { first, last, label: name, share }: Bracket,
  language: Language,
  place: number,
  marginLeft: number,
  width: number,
): Plot.Markish[] {
  const dx = place * (first + last + 1) / 2;
  const room = 2 * Math.min(marginLeft + dx, width - marginLeft - dx);
  return [
    cornerText(share === null ? "" : shareInChart(share, language), {
      textAnchor: "middle",
      lineAnchor: "middle",
      dx,
      dy: -62,
      fontSize: 17,
      fontWeight: "bold",
    }),
    cornerText(lines(capitalised(name), room, { size: SIZE, lines: 1 }), {
      textAnchor: "middle",
      lineAnchor: "middle",
      dx,
      dy: -43,
      fontSize: SIZE,
      fill: palette.muted,
    }),
  ];
}

const LYING = {
  wide: { names: 220, value: 64, bracket: 130 },
  narrow: { names: 116, value: 60, bracket: 82 },
} as const;
const BAR = 24;
const APART = 10;

function lying(
  { bar, set }: ColumnsChart,
  columns: readonly Column[],
  language: Language,
  width: number,
): Plot.PlotOptions {
  const size = LYING[width < NARROW ? "narrow" : "wide"];
  const shown = isBarShown(bar);
  const bracket = bracketOf(bar, set, columns);
  const names = columns.map(({ label }) => lines(label, size.names, { size: SIZE, lines: 4 }));
  const step = Math.ceil(Math.max(BAR, tallest(names, SIZE)) + 9);
  const inset = (step - BAR) / 2;
  const apart = columns.some((column) => column.apart) ? APART : 0;
  const marginLeft = size.names + 10;
  const marginRight = size.value + (bracket === null ? 0 : size.bracket);
  const most = topOf(columns);
  const tall = most * (shown ? 1 / 6 : 1 / 3);
  const words = bracket === null
    ? ""
    : lines(capitalised(bracket.label), size.bracket - 12, { size: 11, lines: 6 });
  const wordsTall = labelHeight(words.split("\n").length, 11);
  // The number and the words beside the bracket, within the drawing.
  const middle = bracket === null
    ? 0
    : Math.max(step * (bracket.first + bracket.last + 1) / 2, (20 + wordsTall) / 2);
  const height = Math.max(step * columns.length, middle + (20 + wordsTall) / 2 - apart);
  const at = { y: "id", insetTop: inset, insetBottom: inset } as const;
  const rest = height - step * columns.length;
  return {
    width,
    height: height + apart + 4,
    marginTop: 2,
    marginBottom: apart + rest + 2,
    marginLeft,
    marginRight,
    x: { type: "linear", domain: [0, most], axis: null },
    y: { type: "band", domain: columns.map(({ id }) => id), padding: 0, axis: null },
    marks: [
      ...[...new Set([0, apart])].flatMap((dy) => {
        const these = columns.filter((column) => column.apart === (dy > 0));
        const framed = these.filter(({ hidden }) => hidden);
        const solid = these.filter(({ hidden }) => !hidden);
        return [
          ...columnMarks(solid, { ...at, dy }),
          Plot.barX(framed, { ...at, dy, x1: 0, x2: tall, ...EMPTY }),
          label(shown ? framed : [], {
            y: "id",
            dy,
            x: tall,
            dx: 6,
            text: "value",
            fontSize: SIZE,
            fill: palette.muted,
          }),
          label(solid, {
            y: "id",
            dy,
            x: "reach",
            dx: 6,
            text: "value",
            fontSize: 14,
            fontWeight: "bold",
          }),
          label(these, {
            y: "id",
            dy,
            text: ({ id }) => names[columns.findIndex((column) => column.id === id)],
            frameAnchor: "left",
            textAnchor: "end",
            dx: -10,
            fontSize: SIZE,
          }),
        ];
      }),
      Plot.frame({ anchor: "left", stroke: palette.axis, insetBottom: -apart }),
      ...shown ? [] : [
        cornerText(missingInWords(bar.n, language), {
          frameAnchor: "left",
          dx: (width - marginLeft - marginRight) / 3 + 12,
          dy: apart / 2,
          fontSize: SIZE,
          fill: palette.muted,
        }),
      ],
      ...bracket === null ? [] : [
        ...bracketMarks("right", {
          from: step * bracket.first + inset,
          to: step * (columns.length - 1 - bracket.last) + inset,
          out: marginRight - size.bracket + 4,
          end: width - marginLeft - marginRight + marginRight - size.bracket - 2,
        }),
        cornerText(bracket.share === null ? "" : shareInChart(bracket.share, language), {
          frameAnchor: "top-right",
          lineAnchor: "middle",
          dx: marginRight - size.bracket + 12,
          dy: middle - wordsTall / 2,
          fontSize: 17,
          fontWeight: "bold",
        }),
        cornerText(words, {
          frameAnchor: "top-right",
          lineAnchor: "middle",
          dx: marginRight - size.bracket + 12,
          dy: middle + 10,
          fontSize: 11,
          fill: palette.muted,
        }),
      ],
    ],
  };
}

/** Columns or bars with their intervals as marks. */
export function columnMarks(
  columns: readonly Column[],
  place: { readonly x: "id"; readonly dx?: number } | { readonly y: "id"; readonly dy?: number },
): Plot.Markish[] {
  const fill = { value: "fill", scale: null };
  const interval = { stroke: palette.muted, strokeWidth: 1.5 };
  const ranged = columns.filter(({ low, high }) => low < high);
  const { x: _x, y: _y, ...rest } = place as { x?: "id"; y?: "id"; dx?: number; dy?: number };
  return "x" in place
    ? [
      Plot.barY(columns, { ...place, y: "share", fill }),
      Plot.ruleX(ranged, { x: "id", dx: rest.dx ?? 0, y1: "low", y2: "high", ...interval }),
    ]
    : [
      Plot.barX(columns, { ...place, x: "share", fill }),
      Plot.ruleY(ranged, { y: "id", dy: rest.dy ?? 0, x1: "low", x2: "high", ...interval }),
    ];
}

/** What the bracket is around: places of columns that stand next to each other. */
interface Bracket {
  readonly first: number;
  readonly last: number;
  readonly label: string;
  readonly share: Bar["set"];
}

function bracketOf(
  bar: Bar,
  set: ColumnsChart["set"],
  columns: readonly Column[],
): Bracket | null {
  if (set === null || bar.set === null || !isShown(bar.set)) return null;
  const places = columns.flatMap(({ id }, index) => set.categories.includes(id) ? [index] : []);
  const [first, last] = [places[0], places.at(-1)];
  if (first === undefined || last === undefined || last - first + 1 !== places.length) return null;
  return places.length > 1 ? { first, last, label: set.label, share: bar.set } : null;
}

/** The bracket's three lines, along a side of the frame and outside of it. */
function bracketMarks(
  side: "top" | "right",
  { from, to, out, end }: { from: number; to: number; out: number; end: number },
): Plot.Markish[] {
  const stroke = palette.axis;
  return side === "top"
    ? [
      Plot.frame({ anchor: "top", stroke, insetTop: -out, insetLeft: from, insetRight: to }),
      Plot.frame({ anchor: "left", stroke, insetTop: -out, insetBottom: end, insetLeft: from }),
      Plot.frame({ anchor: "right", stroke, insetTop: -out, insetBottom: end, insetRight: to }),
    ]
    : [
      Plot.frame({ anchor: "right", stroke, insetRight: -out, insetTop: from, insetBottom: to }),
      Plot.frame({ anchor: "top", stroke, insetRight: -out, insetLeft: end, insetTop: from }),
      Plot.frame({ anchor: "bottom", stroke, insetRight: -out, insetLeft: end, insetBottom: to }),
    ];
}

/** The share at the top of the drawing: small shares are drawn small. */
function topOf(columns: readonly Column[]): number {
  const reach = Math.max(0, ...columns.map((column) => column.reach));
  return Math.min(1, Math.max(0.4, Math.ceil(reach * 20) / 20));
}

/** The columns of one bar's answers, in its order. */
export function columnsOf(
  { bar, scale, intervals, colours }: Omit<ColumnsChart, "set">,
  language: Language,
): Column[] {
  const fills = coloursOf(scale, colours);
  return bar.parts.map((part) => {
    const id = part.category ?? "";
    const share = part.share ?? 0;
    const [low, high] = intervals ? [part.low ?? share, part.high ?? share] : [share, share];
    return {
      id,
      label: scale.categories[id]?.[language] ?? id,
      fill: fills.get(id) ?? "",
      hidden: !isShown(part),
      apart: id === scale.dont_know,
      share,
      reach: Math.max(share, high),
      low,
      high,
      value: isShown(part) ? shareInChart(part, language) : TEXT.hidden[language],
    };
  });
}
