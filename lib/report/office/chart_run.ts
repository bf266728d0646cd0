import type { ChartPointLabel, ChartRunOptions, ChartSeries } from "docx/charts";
import type { NativeChart, NativeSeries } from "../../charts/native_chart.ts";
import { palette, textOn } from "../../charts/palette.ts";
import type { Language } from "../../responses/language.ts";
import { word } from "../../words/catalogue.ts";
import { formatDecimal, formatPercentShort } from "../../words/format.ts";
import { words } from "../../words/message.ts";

/**
 * Colours that stand for what `docx` has no option for; `finishCharts()` writes what is meant. Those of four
 * digits end in a number: of thousandths of the width, or in two steps of 256 where the plot begins and ends.
 */
export const MARKED = { nothing: "FEFEF1", frame: "FEFEF2", above: "1E29", plot: "FE" } as const;

/** The part of a chart's width that its names take, and where the plot ends. */
export const NAMES = 0.36;
export const END = 0.97;

/** Of the whole bar, what lies between the scale and "don't know". */
const APART = 0.03;

/** In px: a bar of each kind with the room around it, and what stands above and below the bars. */
const HEIGHTS = {
  likert: { row: 46, above: 72, below: 6 },
  comparison: { row: 34, above: 32, below: 6 },
} as const;

/** The width of a digit in px at 8 points, and the share below which a segment has no room for its number. */
const [DIGIT, THIN] = [6, 0.045];

/** In px: by default as wide as a page's text and as high as the bars need. */
export interface ChartSize {
  readonly width: number;
  readonly height?: number;
  /** How much larger than on a page its letters are. */
  readonly scale?: number;
}

/** A chart as Word's or PowerPoint's own, with its data inside. */
export function chartOptions(
  chart: NativeChart,
  language: Language,
  { width, height = heightOf(chart), scale = 1 }: ChartSize,
): ChartRunOptions {
  const { kind, categories, series, remark, digits } = chart;
  const points = (size: number) => Math.round(size * scale);
  const small = points(9);
  const numberFormat = digits === undefined
    ? `0${word("number.percent_sign", language).replace(/^\s/, "\\ ")}`
    : (0).toFixed(digits);
  const font = { color: bare(palette.ink) };
  const common = {
    categories,
    font,
    title: remark === "" ? "" : { text: remark, font: { size: small, color: bare(palette.muted) } },
    chartArea: { fill: "none", border: "none" },
    plotArea: { fill: plotColour(chart, height / scale) },
    transformation: { width, height },
    altText: { name: chart.name, title: chart.caption.title, description: chart.alt },
  } as const;
  const hidden = { visible: false, gridlines: false } as const;
  if (kind === "likert") {
    const spread = thinLabels(series, categories.length, width / scale * (END - NAMES));
    const shiftsOf = (at: number) =>
      (spread[at] ?? []).map((shift) => shift === null ? null : shift * scale / width);
    return {
      ...common,
      type: "bar",
      stacking: "percent",
      gapWidth: 60,
      series: series.flatMap((one, at) => [
        ...one.apart && at > 0 ? [space(categories.length)] : [],
        answers(one, shiftsOf(at), language, numberFormat, points),
      ]),
      categoryAxis: { reverseOrder: true, font: { ...font, size: small } },
      valueAxis: hidden,
      legend: { position: "top", font: { ...font, size: small } },
    };
  }
  const least = Math.min(0, ...series.flatMap(({ values, low = values }) => low.map(Number)));
  const most = Math.max(0.05, ...series.flatMap(({ values, high = values }) => high.map(Number)));
  return {
    ...common,
    type: "bar",
    gapWidth: 90,
    overlap: 100,
    series: series.flatMap((one) => estimates(one, language, numberFormat, digits, small)),
    categoryAxis: { reverseOrder: true, font: { ...font, size: small } },
    // Room for the numbers behind the longest interval.
    valueAxis: { ...hidden, minimum: least * 1.1, maximum: most * 1.35, numberFormat },
    legend: false,
  };
}

/** In px, at the width of a page. */
export function heightOf({ kind, categories }: NativeChart): number {
  const { row, above, below } = HEIGHTS[kind];
  const long = kind === "likert" && categories.some((name) => name.length > 75) ? 14 : 0;
  return above + below + categories.length * (row + long);
}

/** Where the plot begins and ends from above, as a colour. */
function plotColour({ kind }: NativeChart, height: number): string {
  const { above, below } = HEIGHTS[kind];
  return MARKED.plot + [above, height - below]
    .map((y) => Math.round(y / height * 255).toString(16).padStart(2, "0")).join("").toUpperCase();
}

/** A colour as Office writes it. */
function bare(colour: string): string {
  return colour.replace("#", "").toUpperCase();
}

/** The nothing before "don't know". Without it the two would be read as neighbours on the scale. */
function space(length: number): ChartSeries {
  return {
    // The legend has no name for it.
    name: " ",
    values: Array.from({ length }, () => APART),
    color: MARKED.nothing,
    dataLabels: false,
  };
}

/** One answer's segments. Numbers that have no room in theirs stand above it. */
function answers(
  { name, values, colour, labels }: NativeSeries,
  shifts: readonly (number | null)[],
  language: Language,
  numberFormat: string,
  points: (size: number) => number,
): ChartSeries {
  const isFrame = colour === "none";
  const fill = isFrame ? palette.paper : String(colour);
  const font = { size: points(9), color: bare(isFrame ? palette.muted : textOn(fill).fill) };
  return {
    name,
    values: [...values],
    color: isFrame ? MARKED.frame : bare(fill),
    dataLabels: { value: true, numberFormat, position: "center", font },
    pointLabels: values.map((value, at): false | ChartPointLabel | undefined => {
      if (value === null || value === 0) return false;
      const text = labels?.[at] ?? unlikePlain(value, language);
      const above = typeof shifts[at] === "number" ? aboveBar(shifts[at], points(8)) : null;
      if (text !== undefined) return { text, font, position: "center", ...above };
      return above ? { value: true, numberFormat, ...above } : undefined;
    }),
  };
}

/** Ink whose last two digits say how far to the right of its place a number stands above its bar. */
function aboveBar(shift: number, size: number) {
  const right = Math.min(255, Math.round(shift * 1000)).toString(16).padStart(2, "0").toUpperCase();
  return { font: { size, color: MARKED.above + right }, position: "center" as const };
}

/** "<1 %": what a number format cannot say; undefined where it can. */
function unlikePlain(share: number, language: Language): string | undefined {
  const text = formatPercentShort(share, language);
  return /^[<>]/.test(text) ? text : undefined;
}

/** Shares with their intervals, and beside the upper end the numbers, where no line runs into them. */
function estimates(
  { name, values, colour, low, high, labels }: NativeSeries,
  language: Language,
  numberFormat: string,
  digits: number | undefined,
  size: number,
): ChartSeries[] {
  const colours = Array.isArray(colour)
    ? colour.map((one) => one === "" ? undefined : bare(one))
    : [];
  const font = { size, bold: true, color: bare(palette.ink) };
  const pointLabels = (shown: readonly (number | null)[]) =>
    shown.map((value, at) => {
      if (value === null) return false;
      const text = labels?.[at] ?? "";
      const plain = digits === undefined
        ? unlikePlain(value, language) === undefined && text === formatPercentShort(value, language)
        : text === formatDecimal(value, digits, language);
      return plain || text === "" ? undefined : { text, font, position: "outsideEnd" as const };
    });
  const dataLabels = { value: true, numberFormat, position: "outsideEnd", font } as const;
  const bars: ChartSeries = {
    name,
    values: [...values],
    color: colours.find((one) => one !== undefined) ?? bare(String(colour)),
    colors: colours,
  };
  if (low === undefined || high === undefined) {
    return [{ ...bars, dataLabels, pointLabels: pointLabels(values) }];
  }
  const away = (ends: readonly (number | null)[]) =>
    values.map((value, at) => value === null ? null : Math.abs((ends[at] ?? value) - value));
  return [
    {
      ...bars,
      dataLabels: false,
      errorBars: {
        type: "custom",
        plus: away(high),
        minus: away(low),
        endCaps: true,
        line: { color: bare(palette.ink), width: 1.25 },
      },
    },
    {
      name: words("native.to", language, { name }),
      values: [...high],
      color: MARKED.nothing,
      dataLabels,
      pointLabels: pointLabels(high),
    },
  ];
}

/**
 * How far to the right each number has to stand that has no room in its segment, in px, so that no two
 * run into each other; null where a number stands inside.
 *
 * @param track px of a whole bar.
 */
function thinLabels(
  series: readonly NativeSeries[],
  rows: number,
  track: number,
): (number | null)[][] {
  const shifts = series.map(() => Array.from({ length: rows }, (): number | null => null));
  for (let row = 0; row < rows; row++) {
    let [x, edge] = [0, 0];
    for (const [at, { values, apart }] of series.entries()) {
      const share = values[row] ?? 0;
      if (apart) x = track - share * track;
      if (share > 0 && share < THIN) {
        const middle = x + share * track / 2;
        const half = DIGIT * (share < 0.095 ? 1.6 : 2.1);
        const placed = Math.max(middle, edge + half);
        edge = placed + half;
        shifts[at]![row] = placed - middle;
      }
      x += share * track;
    }
  }
  return shifts;
}
