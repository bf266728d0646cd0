import { formatCount, formatPercentShort } from "../words/format_number.ts";
import type { Language } from "../responses/language.ts";
import { type Estimate, isShown } from "../statistics/estimate.ts";
import type { Layout } from "./figure.ts";
import { baseSize, intervalInChart, missingInWords, shareInChart } from "./numbers.ts";
import { type Dot, type Label, label, labelHeight, type Line, type Scene } from "./scene.ts";
import { textWidth } from "./text_width.ts";
import { intervalTexts, TEXT } from "./texts.ts";
import { wrapText } from "./wrap_text.ts";

/** The names' width, where the track lies, and the right ends of the columns of numbers. */
const SIZES = {
  wide: { width: 760, names: 210, from: 232, to: 544, share: 612, interval: 704, n: 760 },
  narrow: { width: 360, names: 206, from: 8, to: 352, share: 274, interval: 360, n: null },
} as const;
const ROW = 30;

export interface ComparedGroup {
  readonly label: string;
  readonly estimate: Estimate;
  /** `quiet` for what the others of its section are compared with. */
  readonly kind?: Dot["kind"];
}

export interface ComparisonInput {
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

/**
 * The geometry of a comparison: a dot with its interval for each group, and the numbers in columns
 * on the right, where no mark can run into them.
 */
export function layComparison(input: ComparisonInput, language: Language, layout: Layout): Scene {
  const { sections, overall } = input;
  const size = SIZES[layout];
  const estimates = sections.flatMap(({ groups }) => groups.map(({ estimate }) => estimate));
  const axis = axisOf(overall === null ? estimates : [...estimates, overall]);
  const xOf = (share: number) => size.from + share / axis.most * (size.to - size.from);
  const reference = overall !== null && isShown(overall) ? xOf(overall.share) : null;
  const labels: Label[] = headerLabels(size, input.confidence, language);
  const grid: Line[] = [];
  const lines: Line[] = [];
  const dots: Dot[] = [];

  /** The lines behind a piece of the track, from y1 to y2. */
  const rule = (y1: number, y2: number) => {
    for (const share of axis.ticks) {
      const x = xOf(share);
      grid.push({ x1: x, x2: x, y1, y2, kind: share === 0 ? "axis" : "grid" });
    }
    if (reference !== null) {
      grid.push({ x1: reference, x2: reference, y1, y2, kind: "reference" });
    }
  };

  let y = 22;
  const addRow = (group: ComparedGroup, kind: Dot["kind"]) => {
    const { estimate } = group;
    const row = layRow(group, y, size, language);
    labels.push(...row.labels);
    if (isShown(estimate)) {
      rule(row.y1, row.y2);
      const [x1, x2] = [xOf(estimate.low), xOf(estimate.high)];
      lines.push({ x1, x2, y1: row.middle, y2: row.middle, kind: "whisker", weight: kind });
      dots.push({ x: xOf(estimate.share), y: row.middle, kind });
    } else {
      const text = missingInWords(estimate.n, language);
      labels.push(label(size.from, row.middle, text, { size: 12, tone: "muted" }));
    }
    y = row.bottom;
  };

  if (overall !== null) addRow({ label: TEXT.total[language], estimate: overall }, "quiet");
  for (const { heading, groups } of sections) {
    const looks = { size: 12, weight: "bold" } as const;
    const width = layout === "wide" ? size.names : size.width;
    const name = wrapText(heading, width, { ...looks, lines: 4 });
    const height = labelHeight(name.length, 12);
    labels.push(label(0, y + 8 + height / 2, name, looks));
    if (layout === "wide") rule(y, y + height + 12);
    y += height + 12;
    for (const group of groups) addRow(group, group.kind ?? "thick");
  }
  for (const share of axis.ticks) {
    const text = formatPercentShort(share, language);
    const half = textWidth(text, 11) / 2;
    const x = Math.min(Math.max(xOf(share), half), size.width - half);
    labels.push(label(x, y + 12, text, { size: 11, tone: "muted", anchor: "middle" }));
  }
  return { width: size.width, height: Math.ceil(y + 22), grid, boxes: [], lines, dots, labels };
}

type Size = (typeof SIZES)[Layout];
const SMALL = { size: 11, tone: "muted", anchor: "end" } as const;

function headerLabels(size: Size, confidence: number, language: Language): Label[] {
  return [
    label(size.share, 8, TEXT.share[language], SMALL),
    label(size.interval, 8, intervalTexts(confidence).interval[language], SMALL),
    ...(size.n === null ? [] : [label(size.n, 8, TEXT.n[language], SMALL)]),
  ];
}

interface Row {
  readonly labels: readonly Label[];
  /** The piece of the track that belongs to this row, and its middle. */
  readonly y1: number;
  readonly y2: number;
  readonly middle: number;
  readonly bottom: number;
}

/** A name and its numbers: in one line with the track, or above it where it is narrow. */
function layRow(
  { label: name, estimate }: ComparedGroup,
  y: number,
  size: Size,
  language: Language,
): Row {
  const beside = size.n !== null;
  const text = beside ? name : `${name} (${baseSize(estimate.n, language)})`;
  const lines = wrapText(text, size.names, { size: 13, lines: 4 });
  const names = labelHeight(lines.length, 13);
  const height = beside ? Math.max(ROW, names + 6) : names + 32;
  const middle = beside ? y + height / 2 : y + names + 13;
  const [nameAt, numbersAt] = beside ? [middle, middle] : [y + names / 2, y + 8];
  const labels = [
    label(0, nameAt, lines),
    label(size.share, numbersAt, shareInChart(estimate, language), {
      size: 14,
      weight: "bold",
      anchor: "end",
    }),
    label(size.interval, numbersAt, intervalInChart(estimate), { ...SMALL, size: 12 }),
  ];
  if (size.n !== null) {
    labels.push(
      label(size.n, numbersAt, formatCount(estimate.n, language), { ...SMALL, size: 12 }),
    );
  }
  const [y1, y2] = beside ? [y, y + height] : [middle - 9, middle + 9];
  return { labels, y1, y2, middle, bottom: y + height };
}

interface Axis {
  readonly most: number;
  readonly ticks: readonly number[];
}

/** An axis from nought to a round share above every interval, in at most five steps. */
function axisOf(estimates: readonly Estimate[]): Axis {
  const reach = Math.max(0, ...estimates.map(({ high }) => high ?? 0));
  const step = [5, 10, 20].find((step) => reach * 100 <= 5 * step) ?? 25;
  const steps = Math.max(2, Math.ceil(Number((reach * 100 / step).toPrecision(12))));
  const ticks = Array.from({ length: steps + 1 }, (_, index) => index * step / 100);
  return { most: steps * step / 100, ticks };
}
