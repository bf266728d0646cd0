import type { Language } from "../responses/language.ts";
import type { Scale } from "../responses/codebook.ts";
import { isShown } from "../statistics/estimate.ts";
import { type Bar, isBarShown } from "./bars.ts";
import type { Layout } from "./figure.ts";
import { layLevelBars } from "./level_bars_layout.ts";
import { missingInWords, shareInChart } from "./numbers.ts";
import { coloursOf } from "./palette.ts";
import { type Box, type Label, label, labelHeight, type Line, type Scene } from "./scene.ts";
import { capitalised, TEXT } from "./texts.ts";
import { wordsFit, wrapText } from "./wrap_text.ts";

const WIDTH = 760;
const PLOT = 210;
/** The same where there is nothing to show. */
const EMPTY = 100;
const SIZE = 12;
const VALUE = 20;
/** Between the scale and "don't know", as a part of a column's place. */
const APART = 0.35;
const MOST_COLUMNS = 9;

export interface ColumnsInput {
  readonly bar: Bar;
  readonly scale: Scale;
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
  /** Whether its share is hidden, while others of the question are shown. */
  readonly hidden: boolean;
  readonly apart: boolean;
  readonly share: number;
  /** Where the column and its interval end. */
  readonly reach: number;
  readonly low: number;
  readonly high: number;
  readonly value: string;
}

/**
 * The geometry of one question's columns; bars that lie where it is narrow, or where the answers
 * are too long or too many to stand below columns.
 */
export function layColumns(input: ColumnsInput, language: Language, layout: Layout): Scene {
  const columns = columnsOf(input, language);
  const apart = columns.some((column) => column.apart) ? APART : 0;
  const place = Math.min(150, WIDTH / (columns.length + apart));
  const fits = columns.every(({ label }) => wordsFit(label, place - 10, SIZE));
  if (layout === "narrow" || columns.length > MOST_COLUMNS || !fits) {
    return layLevelBars(input, columns, language, layout);
  }
  const { bar, set, intervals } = input;
  const left = (WIDTH - place * (columns.length + apart)) / 2;
  const centreOf = (index: number) =>
    left + place * (index + 0.5 + (columns[index]?.apart ? apart : 0));
  const half = Math.min(84, place * 0.72) / 2;
  const most = topOf(columns);

  const bracketed = bar.set && isShown(bar.set) ? inSet(columns, set?.categories ?? []) : [];
  const above = set === null || bracketed.length === 0 ? 0 : 52;
  const tall = isBarShown(bar) ? PLOT : EMPTY;
  const base = above + VALUE + tall;
  const heightOf = (share: number) => share / most * tall;
  const boxes: Box[] = [];
  const labels: Label[] = [];
  const lines: Line[] = [{ x1: 0, x2: WIDTH, y1: base, y2: base, kind: "axis" }];

  for (const [index, column] of columns.entries()) {
    const x = centreOf(index);
    if (column.hidden && isBarShown(bar)) {
      const y1 = base - EMPTY / 3;
      boxes.push({ x1: x - half, x2: x + half, y1, y2: base, kind: "empty" });
      const looks = { size: SIZE, anchor: "middle", tone: "muted" } as const;
      labels.push(label(x, y1 - VALUE / 2, column.value, looks));
    } else if (isBarShown(bar)) {
      const y1 = base - heightOf(column.share);
      if (column.share > 0) {
        boxes.push({ x1: x - half, x2: x + half, y1, y2: base, kind: "mark", fill: column.fill });
      }
      if (intervals) {
        lines.push(...whisker(x, base - heightOf(column.low), base - heightOf(column.high)));
      }
      const y = base - heightOf(column.reach) - VALUE / 2;
      labels.push(label(x, y, column.value, { size: 14, weight: "bold", anchor: "middle" }));
    } else {
      const [y1, y2] = [base - EMPTY / 2, base];
      boxes.push({ x1: x - half, x2: x + half, y1, y2, kind: "empty" });
    }
  }
  if (!isBarShown(bar)) {
    const text = missingInWords(bar.n, language);
    labels.push(label(WIDTH / 2, base - EMPTY * 0.75, text, { anchor: "middle", tone: "muted" }));
  }
  if (set !== null && bar.set !== null && bracketed.length > 0) {
    const [first = 0, last = 0] = [bracketed[0], bracketed.at(-1)];
    const [x1, x2] = [centreOf(first) - half, centreOf(last) + half];
    const y = above - 8;
    lines.push(
      { x1, x2, y1: y, y2: y, kind: "axis" },
      { x1, x2: x1, y1: y, y2: y + 6, kind: "axis" },
      { x1: x2, x2, y1: y, y2: y + 6, kind: "axis" },
    );
    const middle = (x1 + x2) / 2;
    const text = wrapText(capitalised(set.label), 2 * Math.min(middle, WIDTH - middle), {
      size: SIZE,
      lines: 1,
    });
    labels.push(
      label(middle, 10, shareInChart(bar.set, language), {
        size: 17,
        weight: "bold",
        anchor: "middle",
      }),
      label(middle, 29, text, { size: SIZE, tone: "muted", anchor: "middle" }),
    );
  }
  const names = columns.map(({ label }) => wrapText(label, place - 8, { size: SIZE, lines: 5 }));
  for (const [index, name] of names.entries()) {
    const y = base + 8 + labelHeight(name.length, SIZE) / 2;
    labels.push(label(centreOf(index), y, name, { size: SIZE, anchor: "middle" }));
  }
  const below = Math.max(...names.map((name) => labelHeight(name.length, SIZE)), 0);
  const height = Math.ceil(base + 8 + below + 4);
  return { width: WIDTH, height, grid: [], boxes, lines, dots: [], labels };
}

/** The share at the top of the drawing: small shares are drawn small. */
export function topOf(columns: readonly Column[]): number {
  const reach = Math.max(0, ...columns.map((column) => column.reach));
  return Math.min(1, Math.max(0.4, Math.ceil(reach * 20) / 20));
}

/** The places of a set's columns, if they stand next to each other. */
export function inSet(columns: readonly Column[], categories: readonly string[]): number[] {
  const places = columns.flatMap(({ id }, index) => categories.includes(id) ? [index] : []);
  const [first, last] = [places[0], places.at(-1)];
  const together = first !== undefined && last !== undefined &&
    last - first + 1 === places.length;
  return together && places.length > 1 ? places : [];
}

function columnsOf({ bar, scale, intervals }: ColumnsInput, language: Language): Column[] {
  const colours = coloursOf(scale);
  return bar.parts.map((part) => {
    const id = part.category ?? "";
    const share = part.share ?? 0;
    const [low, high] = [part.low ?? share, part.high ?? share];
    return {
      id,
      label: scale.categories[id]?.[language] ?? id,
      fill: colours.get(id) ?? "",
      hidden: !isShown(part),
      apart: id === scale.dont_know,
      share,
      reach: intervals ? Math.max(share, high) : share,
      low,
      high,
      value: isShown(part) ? shareInChart(part, language) : TEXT.hidden[language],
    };
  });
}

function whisker(x: number, y1: number, y2: number): Line[] {
  return [{ x1: x, x2: x, y1, y2, kind: "whisker", weight: "thin" }];
}
