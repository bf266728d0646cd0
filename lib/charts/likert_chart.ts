import { wholePercent } from "../words/format_number.ts";
import type { Language } from "../responses/language.ts";
import type { Scale } from "../responses/codebook.ts";
import { isShown } from "../statistics/estimate.ts";
import { type Bar, hiddenShare, isBarShown } from "./bars.ts";
import { EMPTY, label, legendMarks, lines, tallest } from "./chart_parts.ts";
import { NARROW } from "./figure.ts";
import { baseSize, missingInWords, shareInChart } from "../words/estimate_in_words.ts";
import { coloursOf, palette, textOn } from "./palette.ts";
import type { Colours } from "./palette.ts";
import * as Plot from "./plot.ts";
import { textWidth } from "./text_width.ts";
import { capitalised, TEXT } from "../words/figure_texts.ts";

export interface LikertChart {
  readonly bars: readonly Bar[];
  readonly scale: Scale;
  readonly colours?: Colours | undefined;
  /** What the share beside the bars is of. */
  readonly set: { readonly label: string; readonly categories: readonly string[] } | null;
  /** What the groups are of; stands above the first one. */
  readonly heading: string | null;
}

const NAMES = 232;
const SET = { wide: 92, narrow: 72 };
const BAR = { wide: 30, narrow: 28 };
/** The line above a bar for the numbers of segments that are too thin for theirs. */
const LANE = 14;
/** Between the scale and "don't know" in px. */
const APART = 10;
const GAP = 1.5;
const SMALL = 11;

/**
 * Stacked bars as Plot draws them: names on the left (above the bars where it is narrow), the answers in
 * order with "don't know" apart at the right end, the set's share beside.
 */
export function likertChart(
  chart: LikertChart,
  language: Language,
  width: number,
): Plot.PlotOptions {
  const { bars, scale, set, heading } = chart;
  const narrow = width < NARROW;
  const differ = new Set(bars.map((bar) => bar.n)).size > 1;
  const sizes = bars.map((bar) => differ ? baseSize(bar.n, language) : "");
  const besideName = differ ? Math.max(...sizes.map((size) => textWidth(size, SMALL))) + 12 : 0;
  const marginLeft = narrow ? 0 : NAMES + (differ ? 28 : 0);
  const marginRight = set === null ? 0 : SET[narrow ? "narrow" : "wide"];
  const nameWidth = (narrow ? width : marginLeft - 12) - besideName;
  const frame = width - marginLeft - marginRight;
  const track = frame - (scale.dont_know === null ? 0 : APART);
  const segments = bars.flatMap((bar, index) =>
    segmentsOf(bar, chart, language, track).map((segment) => ({ ...segment, y: String(index) }))
  );

  const names = bars.map((bar) => lines(bar.label[language], nameWidth, { size: 13 }));
  const bar = BAR[narrow ? "narrow" : "wide"];
  const lane = segments.some(({ at }) => at !== null) ? LANE : 0;
  const headings = heading === null
    ? ""
    : lines(heading, width, { size: 12, weight: "bold", lines: 3 });
  const tall = tallest(names, 13);
  const content = narrow ? tall + 5 + lane + bar : lane + Math.max(bar, tall);
  const step = Math.ceil(Math.max(content + 16, tallest([headings], 12) + 14));
  const insetBottom = narrow ? 12 : (step - bar - lane) / 2;
  const insetTop = step - bar - insetBottom;
  const name = narrow
    ? { dy: insetTop - lane - 5 - step / 2, lineAnchor: "bottom" } as const
    : { dy: lane / 2 } as const;
  const middle = (insetTop - insetBottom) / 2;

  const firstGroup = bars.findIndex(({ group }) => group !== null);
  const rows = bars.map((_, index) => String(index));
  const domain = heading === null || firstGroup < 0
    ? rows
    : rows.toSpliced(firstGroup, 0, "groups");
  const entries = [
    ...Object.entries(scale.categories).flatMap(([id, category]) =>
      bars.some(({ parts }) => parts.some((part) => part.category === id))
        ? [{ text: category[language], colour: coloursOf(scale, chart.colours).get(id) ?? null }]
        : []
    ),
    { text: TEXT.inPercent[language], colour: null },
  ];
  const above = set === null
    ? ""
    : lines(capitalised(set.label), marginRight - 4, { size: SMALL, lines: 5 });
  const topOf = (legend: number) => Math.ceil(Math.max(legend, tallest([above], SMALL))) + 12;
  const legend = legendMarks(entries, width - marginRight, (height) => ({
    left: marginLeft,
    top: topOf(height),
  }));
  const marginTop = topOf(legend.height);
  const side = { frameAnchor: "right", textAnchor: "end", dx: marginRight } as const;
  return {
    width,
    height: marginTop + domain.length * step,
    marginTop,
    marginLeft,
    marginRight,
    marginBottom: 0,
    x: { type: "linear", domain: [0, frame / track], axis: null },
    y: { type: "band", domain, padding: 0, axis: null },
    marks: [
      ...legend.marks,
      label([above], {
        ...side,
        text: (text: string) => text,
        frameAnchor: "top-right",
        lineAnchor: "bottom",
        dy: -12,
        fontSize: SMALL,
        fill: palette.muted,
      }),
      ...likertMarks(segments, { insetTop, insetBottom, bar }),
      Plot.ruleY(bars.flatMap((bar, index) => underline(bar, set?.categories ?? [], index)), {
        y: "y",
        x1: "x1",
        x2: "x2",
        dy: middle + bar / 2 + 4,
        insetLeft: GAP / 2,
        insetRight: GAP / 2,
        stroke: palette.axis,
      }),
      label(names, {
        ...name,
        text: (name: string) => name,
        y: rows,
        frameAnchor: "left",
        dx: -marginLeft,
      }),
      label(sizes, {
        ...name,
        text: (size: string) => size,
        y: rows,
        frameAnchor: narrow ? "right" : "left",
        textAnchor: "end",
        dx: narrow ? marginRight : -12,
        fontSize: SMALL,
        fill: palette.muted,
      }),
      label(domain.filter((key) => key === "groups"), {
        y: (key: string) => key,
        text: [headings],
        frameAnchor: "left",
        dx: -marginLeft,
        lineAnchor: "bottom",
        dy: step / 2 - 4,
        fontSize: 12,
        fontWeight: "bold",
      }),
      label(bars.flatMap(({ set }, index) => set === null ? [] : [{ set, y: String(index) }]), {
        ...side,
        y: "y",
        text: ({ set }) => shareInChart(set, language),
        dy: middle,
        fontSize: 15,
        fontWeight: "bold",
      }),
    ],
  };
}

/** One piece of a stacked bar, in shares of the whole bar from its left end. */
export interface Segment {
  readonly y: string;
  /** Null: those whose answers are hidden, all of them in one. */
  readonly category: string | null;
  readonly x1: number;
  readonly x2: number;
  readonly fill: string;
  /** The number in it, or above it. */
  readonly text: string;
  /** Where the middle of the number is that has no room inside; null where it stands inside. */
  readonly at: number | null;
  /** Whether it is hardly wider than the gap between two. */
  readonly sliver: boolean;
  /** Whether nothing of the bar may be shown. */
  readonly missing: boolean;
}

/** Where a bar lies in its place on the scale, and its height; without one as high as its place. */
export interface BarPlace {
  readonly insetTop: number;
  readonly insetBottom: number;
  readonly bar: number | null;
}

/**
 * The bars' segments with their numbers as marks. The numbers of thin segments stand above the bar, where
 * its height is known.
 */
export function likertMarks(
  segments: readonly Segment[],
  { insetTop, insetBottom, bar }: BarPlace,
): Plot.Markish[] {
  const dy = (insetTop - insetBottom) / 2;
  const place = { y: "y", x1: "x1", x2: "x2", insetTop, insetBottom } as const;
  const gap = { insetLeft: GAP / 2, insetRight: GAP / 2 };
  const text = { y: "y", text: "text", dy, fontSize: 12, textAnchor: "middle" } as const;
  const fill = { value: "fill", scale: null };
  const answers = segments.filter(({ category }) => category !== null);
  const inside = segments.filter(({ at }) => at === null);
  const tones = Map.groupBy(
    inside.filter(({ category }) => category !== null),
    (segment) => textOn(segment.fill).className,
  );
  const x = ({ x1, x2 }: Segment) => (x1 + x2) / 2;
  return [
    // The gap comes out of the segment, but a sliver stays to be seen.
    Plot.barX(answers.filter(({ sliver }) => !sliver), { ...place, ...gap, fill }),
    Plot.barX(answers.filter(({ sliver }) => sliver), { ...place, fill }),
    Plot.barX(segments.filter(({ category }) => category === null), { ...place, ...gap, ...EMPTY }),
    ...[...tones.values()].map((alike) => label(alike, { ...text, ...textOn(alike[0]!.fill), x })),
    label(inside.filter(({ category, missing }) => category === null && !missing), {
      ...text,
      x,
      fill: palette.muted,
    }),
    label(inside.filter(({ missing }) => missing), {
      ...text,
      x: "x1",
      dx: 12,
      textAnchor: "start",
      fill: palette.muted,
    }),
    ...bar === null ? [] : [
      label(segments.filter(({ at }) => at !== null), {
        ...text,
        x: "at",
        dy: dy - bar / 2 - LANE / 2,
        fontSize: SMALL,
      }),
    ],
  ];
}

/**
 * Where each answer that somebody gave lies on the bar. Hidden answers are one segment, in the place of
 * the first of them: how they share it is what is hidden.
 *
 * @param track px of the whole bar.
 */
export function segmentsOf(
  bar: Bar,
  { scale, colours }: Pick<LikertChart, "scale" | "colours">,
  language: Language,
  track: number,
): Omit<Segment, "y">[] {
  const end = 1 + (scale.dont_know === null ? 0 : APART / track);
  const frame = { category: null, fill: "none", at: null, sliver: false };
  if (!isBarShown(bar)) {
    return [{ ...frame, x1: 0, x2: end, text: missingInWords(bar.n, language), missing: true }];
  }
  const fills = coloursOf(scale, colours);
  const first = bar.parts.findIndex((part) => !isShown(part));
  let x = 0;
  const segments = bar.parts.flatMap(({ category, share }, index): Omit<Segment, "y">[] => {
    const hidden = index === first;
    const size = hidden ? hiddenShare(bar) : share ?? 0;
    // Less than a pixel of what is hidden is a rounding error.
    if (hidden ? size * track < 1 : size === 0) return [];
    const apart = category === scale.dont_know;
    const [x1, x2] = apart ? [end - size, end] : [x, x + size];
    if (!apart) x = x2;
    const whole = wholePercent(size);
    const text = hidden ? TEXT.hidden[language] : whole === 0 ? "<1" : String(whole);
    const isThin = textWidth(text, 12) + 2 + GAP > size * track;
    return [{
      ...frame,
      ...hidden ? {} : { category, fill: fills.get(category ?? "") ?? "" },
      x1,
      x2,
      text,
      at: isThin ? (x1 + x2) / 2 : null,
      sliver: size * track < 3,
      missing: false,
    }];
  });
  return besideEachOther(segments, end, track);
}

/** Moves the numbers above a bar as far as they would stand in each other. */
function besideEachOther<S extends Omit<Segment, "y">>(
  segments: S[],
  end: number,
  track: number,
): S[] {
  const half = ({ text }: S) => (textWidth(text, SMALL) / 2 + 2) / track;
  const place = (row: S[], limit: number, sign: 1 | -1) => {
    let edge = limit;
    return row.map((segment) => {
      if (segment.at === null) return segment;
      const at = sign * Math.max(sign * segment.at, sign * edge + half(segment));
      edge = at + sign * half(segment);
      return { ...segment, at };
    });
  };
  // From the left so that none stands in the one before, then back from the right end.
  return place(place(segments, 0, 1).toReversed(), end, -1).toReversed();
}

/** A line below the answers that the share beside the bar is of. */
function underline(bar: Bar, categories: readonly string[], index: number) {
  // Where one of them may be among those hidden, the line would say too much or too little.
  if (bar.set === null || !isBarShown(bar) || !bar.parts.every(isShown)) return [];
  let x = 0;
  const ends = bar.parts.flatMap(({ category, share }) => {
    const x1 = x;
    x += share ?? 0;
    return share === 0 ? [] : [{ x1, x2: x, inSet: categories.includes(category ?? "") }];
  });
  const [first, last] = [
    ends.findIndex(({ inSet }) => inSet),
    ends.findLastIndex(({ inSet }) => inSet),
  ];
  // Answers that are not next to each other have no one line.
  if (first < 0 || ends.slice(first, last).some(({ inSet }) => !inSet)) return [];
  return [{ y: String(index), x1: ends[first]!.x1, x2: ends[last]!.x2 }];
}
