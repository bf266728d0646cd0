import { wholePercent } from "../words/format_number.ts";
import type { Language } from "../responses/language.ts";
import type { Scale } from "../responses/codebook.ts";
import { isShown } from "../statistics/estimate.ts";
import { type Bar, hiddenShare, isBarShown } from "./bars.ts";
import type { Layout } from "./figure.ts";
import { layLegend } from "./legend.ts";
import { baseSize, missingInWords, shareInChart } from "./numbers.ts";
import { coloursOf, textOn } from "./palette.ts";
import { type Box, type Label, label, labelHeight, type Line, type Scene } from "./scene.ts";
import { textWidth } from "./text_width.ts";
import { capitalised, TEXT } from "./texts.ts";
import { wrapText } from "./wrap_text.ts";

const SIZES = {
  wide: { width: 760, names: 220, bars: 232, set: 92, bar: 30, between: 14 },
  narrow: { width: 360, names: 0, bars: 0, set: 72, bar: 28, between: 16 },
} as const;
/** Between the scale and "don't know". */
const APART = 10;
const GAP = 1.5;

export interface StackedInput {
  readonly bars: readonly Bar[];
  readonly scale: Scale;
  /** What the share beside the bars is of. */
  readonly set: { readonly label: string; readonly categories: readonly string[] } | null;
  /** What the groups are of; stands above the first one. */
  readonly heading: string | null;
}

/**
 * The geometry of stacked bars: names on the left (above the bars where it is narrow), the answers
 * in order with "don't know" apart at the right end, the set's share beside.
 */
export function layStackedBars(input: StackedInput, language: Language, layout: Layout): Scene {
  const size = SIZES[layout];
  const { bars, scale, set, heading } = input;
  const right = size.width - (set === null ? 0 : size.set);
  const track = { from: size.bars, to: right - (scale.dont_know === null ? 0 : APART), right };
  const colours = coloursOf(scale);
  const boxes: Box[] = [];
  const labels: Label[] = [];
  const lines: Line[] = [];

  const legend = layLegend([
    ...Object.entries(scale.categories).map(([id, category]) => ({
      text: category[language],
      colour: colours.get(id) ?? null,
    })),
    { text: TEXT.inPercent[language], colour: null },
  ], right);
  const above = set === null
    ? []
    : wrapText(capitalised(set.label), size.set - 4, { size: 11, lines: 5 });
  const top = Math.max(legend.height, labelHeight(above.length, 11));
  boxes.push(...legend.boxes);
  labels.push(...legend.labels);
  if (above.length > 0) {
    const y = top - labelHeight(above.length, 11) / 2;
    labels.push(label(size.width, y, above, { size: 11, tone: "muted", anchor: "end" }));
  }

  const differ = new Set(bars.map((bar) => bar.n)).size > 1;
  let y = top + 12;
  for (const [index, bar] of bars.entries()) {
    const firstGroup = bar.group !== null && (bars[index - 1]?.group ?? null) === null;
    if (heading !== null && firstGroup) {
      const names = wrapText(heading, size.width, { size: 12, weight: "bold", lines: 3 });
      const height = labelHeight(names.length, 12);
      labels.push(label(0, y + height / 2, names, { size: 12, weight: "bold" }));
      y += height + 8;
    }
    const n = differ ? baseSize(bar.n, language) : null;
    const row = layout === "wide"
      ? nameBeside(bar.label[language], n, y, size)
      : nameAbove(bar.label[language], n, y, size);
    labels.push(...row.labels);
    const at = { y1: row.bar, y2: row.bar + size.bar };
    const middle = (at.y1 + at.y2) / 2;
    if (isBarShown(bar)) {
      const segments = layAnswers(bar, scale, track);
      for (const { category, share, x1, x2 } of segments) {
        const fill = colours.get(category ?? "") ?? "";
        boxes.push(
          category === null
            ? { x1, x2, ...at, kind: "empty" }
            : { x1, x2, ...at, kind: "mark", fill },
        );
        const text = category === null ? TEXT.hidden[language] : String(wholePercent(share));
        if (textWidth(text, 12) + 2 <= x2 - x1) {
          const tone = category === null ? "muted" : textOn(fill);
          const looks = { size: 12, anchor: "middle", tone } as const;
          labels.push(label((x1 + x2) / 2, middle, text, looks));
        }
      }
      lines.push(...underline(segments, set?.categories ?? [], at.y2 + 4));
    } else {
      boxes.push({ x1: track.from, x2: track.right, ...at, kind: "empty" });
      const text = missingInWords(bar.n, language);
      labels.push(label(track.from + 12, middle, text, { size: 12, tone: "muted" }));
    }
    if (bar.set !== null) {
      const text = shareInChart(bar.set, language);
      const looks = { size: 15, weight: "bold", anchor: "end" } as const;
      labels.push(label(size.width, middle, text, looks));
    }
    y = row.bottom + size.between;
  }
  const height = Math.ceil(y - size.between + 6);
  return { width: size.width, height, grid: [], boxes, lines, dots: [], labels };
}

type Size = (typeof SIZES)[Layout];

interface Row {
  readonly labels: readonly Label[];
  /** Top of the bar. */
  readonly bar: number;
  readonly bottom: number;
}

function nameBeside(name: string, n: string | null, y: number, size: Size): Row {
  const lines = wrapText(name, size.names, { size: 13 });
  const [names, small] = [labelHeight(lines.length, 13), n === null ? 0 : labelHeight(1, 11) + 1];
  const height = Math.max(size.bar, names + small);
  const start = y + (height - names - small) / 2;
  const labels = [label(0, start + names / 2, lines)];
  if (n !== null) {
    labels.push(label(0, start + names + small / 2, n, { size: 11, tone: "muted" }));
  }
  return { labels, bar: y + (height - size.bar) / 2, bottom: y + height };
}

function nameAbove(name: string, n: string | null, y: number, size: Size): Row {
  const beside = n === null ? 0 : textWidth(n, 11) + 12;
  const lines = wrapText(name, size.width - beside, { size: 13 });
  const names = labelHeight(lines.length, 13);
  const labels = [label(0, y + names / 2, lines)];
  if (n !== null) {
    const looks = { size: 11, tone: "muted", anchor: "end" } as const;
    labels.push(label(size.width, y + labelHeight(1, 13) / 2, n, looks));
  }
  return { labels, bar: y + names + 5, bottom: y + names + 5 + size.bar };
}

interface Segment {
  /** Null: those whose answers are hidden, all of them in one. */
  readonly category: string | null;
  readonly share: number;
  readonly x1: number;
  readonly x2: number;
}

/**
 * Where each answer that somebody gave lies on the bar. Hidden answers are one segment, in the place of
 * the first of them: how they share it is what is hidden.
 */
function layAnswers(
  bar: Bar,
  scale: Scale,
  track: { from: number; to: number; right: number },
): Segment[] {
  const wide = track.to - track.from;
  const first = bar.parts.findIndex((part) => !isShown(part));
  let x = track.from;
  return bar.parts.flatMap(({ category, share }, index) => {
    const hidden = index === first;
    const size = hidden ? hiddenShare(bar) : share ?? 0;
    // Less than a pixel of what is hidden is a rounding error.
    if (hidden ? size * wide < 1 : size === 0) return [];
    const apart = category === scale.dont_know;
    const from = apart ? track.right - size * wide : x;
    const to = apart ? track.right : x + size * wide;
    if (!apart) x = to;
    // The gap comes out of the segment, but a sliver stays to be seen.
    const gap = Math.min(GAP, Math.max(0, to - from - 0.5)) / 2;
    return [{ category: hidden ? null : category, share: size, x1: from + gap, x2: to - gap }];
  });
}

/** A line below the answers that the share beside the bar is of. */
function underline(
  segments: readonly Segment[],
  categories: readonly string[],
  y: number,
): Line[] {
  // Where one of them may be among those hidden, the line would say too much or too little.
  if (segments.some(({ category }) => category === null)) return [];
  const inSet = segments.map(({ category }) => categories.includes(category ?? ""));
  const [first, last] = [inSet.indexOf(true), inSet.lastIndexOf(true)];
  const [from, to] = [segments[first], segments[last]];
  // Answers that are not next to each other have no one line.
  if (!from || !to || inSet.slice(first, last).includes(false)) return [];
  return [{ x1: from.x1, x2: to.x2, y1: y, y2: y, kind: "axis" }];
}
