import type { Language } from "../responses/language.ts";
import { type Estimate, isShown } from "../statistics/estimate.ts";
import {
  baseSize,
  intervalInChart,
  intervalInWords,
  missingInWords,
  shareInChart,
  shareInWords,
  TEXT,
} from "../words/figure_texts.ts";
import { formatCount, formatPercentShort } from "../words/format.ts";
import { markOf } from "./caption.ts";
import { textWidth, wrapText } from "./draw_chart.ts";
import { contrast, palette, textOn } from "./palette.ts";
import * as Plot from "./plot.ts";

/** What a figure draws in one language: rows in sections, each with a name, a mark and its numbers. */
export interface Chart {
  readonly kind: "likert" | "columns" | "comparison";
  /** What it is, as its text alternative begins. */
  readonly what: string;
  readonly sections: readonly Section[];
  /** Above the numbers beside the marks; above their intervals, where the drawing has those in numbers. */
  readonly header: string;
  readonly interval?: string;
  /** Of stacked bars: what their parts are, from the left. */
  readonly answers?: readonly Answer[];
  /** Where the axis of a comparison has marks; those of shares by default. */
  readonly ticks?: readonly number[];
  /** By default as a share. */
  readonly tick?: (value: number) => string;
  /** Everyone's number: a dashed line through the rows. */
  readonly line?: number | null;
  /** Decimals of numbers that are no shares. */
  readonly digits?: number;
}

/** Rows under the name of what they are groups of; an empty heading is none. */
export interface Section {
  readonly heading: string;
  readonly rows: readonly ChartRow[];
}

export interface ChartRow {
  readonly label: string;
  readonly n: number;
  /** The share or other number that its mark or the text beside it shows, with its interval. */
  readonly number: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
  readonly colour?: string | undefined;
  readonly parts?: readonly Part[];
  /** In the drawing: the number, its interval, and in the place of a mark why there is none. */
  readonly value: string;
  readonly interval: string;
  readonly missing?: string | undefined;
  /** In the text alternative: the number, and what follows it. */
  readonly said: string;
  readonly aside: string;
  readonly of?: string | undefined;
}

export interface Answer {
  readonly id: string;
  readonly name: string;
  readonly colour: string;
  /** Whether it stands apart from those before it: "don't know". */
  readonly apart?: boolean;
}

/** One piece of a stacked bar. The room before "don't know" has no colour, hidden answers "none". */
export interface Part {
  readonly id: string;
  /** Null where it is hidden. */
  readonly share: number | null;
  readonly colour: string | null;
  readonly text: string;
  /** Whether the number beside the bar counts it. */
  readonly counted: boolean;
  readonly of?: string | undefined;
}

/** The row of a share. */
export function shareRow(
  label: string,
  estimate: Pick<Estimate, "n" | "share" | "low" | "high" | "suppressed">,
  language: Language,
  colour?: string,
): ChartRow {
  const shown = isShown(estimate);
  return {
    ...{ label, n: estimate.n, colour, of: markOf(estimate) },
    ...{ number: estimate.share, low: estimate.low, high: estimate.high },
    value: shareInChart(estimate, language),
    interval: intervalInChart(estimate),
    missing: shown ? undefined : missingInWords(estimate.n, language),
    said: shareInWords(estimate, language),
    aside: shown ? ` (${intervalInWords(estimate, language)})` : "",
  };
}

/** Below this width in px names stand above their marks and not beside them. */
const NARROW = 500;

/** In px: the marks of each kind, the room for names, and type. */
const BAR = { likert: 30, columns: 24, comparison: 16 };
const NAMES = 232;
const GAP = 14;
const [NAME, SMALL, NUMBER] = [13, 12, 14];
const LINE_HEIGHT = 1.2;

/** A row with its place on the scale of rows. */
type Placed = ChartRow & { readonly y: string };

/**
 * A chart as Plot draws it: one band for each row and heading, names on the left (above the marks where
 * it is narrow), numbers in columns on the right, where no mark can run into them.
 */
export function chartOptions(chart: Chart, language: Language, width: number): Plot.PlotOptions {
  const { kind, sections, answers, tick = (share) => formatPercentShort(share, language) } = chart;
  const [narrow, bar] = [width < NARROW, BAR[kind]];
  const rows = sections.flatMap(({ rows }, at) =>
    rows.map((row, index): Placed => ({ ...row, y: `${at}.${index}` }))
  );
  const ticks = kind === "comparison"
    ? chart.ticks ?? ticksAround(0, Math.max(0.1, ...rows.map(({ high }) => high ?? 0)))
    : undefined;
  const differ = new Set(rows.map(({ n }) => n)).size > 1;
  const columns = columnsOf(chart, rows, differ, narrow, language);
  const beside = columns.reduce((sum, { width }) => sum + width, 0);
  // The number of a bar stands at its end.
  const marginRight = kind === "columns" ? 64 : beside;
  // The first mark of the axis may be a long number.
  const half = textWidth(tick(ticks?.[0] ?? 0), SMALL) / 2 + 2;
  const marginLeft = narrow ? ticks ? Math.max(16, half) : 0 : Math.max(NAMES, half);

  const room = narrow ? width : NAMES - 14;
  const names = rows.map(({ y, label, n }) => ({
    y,
    text: lines(narrow && differ ? `${label} (${baseSize(n, language)})` : label, room, NAME, 5),
  }));
  const headings = sections.flatMap(({ heading }, y) =>
    heading === "" ? [] : [{ y: `${y}`, text: lines(heading, room, SMALL, 4, "bold") }]
  );
  const nameHeight = tallest(names, NAME);
  const over = Math.max(0, (nameHeight - bar) / 2);
  const [above, below] = narrow ? [nameHeight + 6, 0] : [over, over];
  const step = Math.ceil(GAP + Math.max(above + bar + below, tallest(headings, SMALL)));
  const domain = sections.flatMap(({ heading, rows }, at) => [
    ...heading === "" ? [] : [`${at}`],
    ...rows.map((_, index) => `${at}.${index}`),
  ]);
  const marginTop = Math.ceil(tallest(columns.map(({ header }) => ({ text: header })), SMALL)) +
    (answers ? SMALL + 6 : 8) + Math.ceil(above);
  const marginBottom = Math.ceil(below) + (ticks ? 24 : 10);
  const track = width - marginLeft - marginRight;

  const drawn = rows.filter(({ missing }) => missing === undefined);
  const reach = Math.max(0.4, ...drawn.map(({ high }) => high ?? 0));
  const x = ticks ? [ticks[0]!, ticks.at(-1)!] : [0, kind === "columns" ? reach : widthOf(rows)];
  const left = { y: "y", frameAnchor: "left" } as const;
  const name = narrow ? { lineAnchor: "bottom", dy: -bar / 2 - 6 } as const : {};
  const top = { lineAnchor: "bottom", dy: -above - 6, ...small } as const;
  return {
    width,
    height: marginTop + step * (domain.length - 1) + bar + marginBottom,
    ...{ marginTop, marginLeft, marginRight, marginBottom },
    x: { type: "linear", domain: x, axis: null },
    y: {
      type: "band",
      domain,
      padding: 0,
      paddingInner: domain.length > 1 ? 1 - bar / step : 0,
      round: false,
      axis: null,
    },
    ...answers && {
      color: {
        type: "categorical",
        domain: answers.map(({ id }) => id),
        range: answers.map(({ colour }) => colour),
        tickFormat: (id: string) => answers.find((answer) => answer.id === id)?.name ?? id,
        legend: true,
      },
    },
    marks: [
      ...rules(drawn, ticks ?? [], { stroke: palette.grid }),
      ...rules(drawn, [chart.line ?? []].flat(), {
        ...{ stroke: palette.axis, strokeDasharray: "4 3", strokeWidth: 1.5 },
      }),
      ...chartMarks(kind, rows, track),
      label(rows.filter(({ missing }) => missing !== undefined), {
        ...{ ...left, text: "missing", dx: 6, ...small },
      }),
      label(names, { ...left, dx: -marginLeft, ...name }),
      label(headings, {
        ...{ ...left, dx: -marginLeft, lineAnchor: "bottom", dy: step - bar / 2 - above - 8 },
        ...{ fontSize: SMALL, fontWeight: "bold" },
      }),
      label(answers ? [{ text: TEXT.inPercent[language] }] : [], {
        ...{ frameAnchor: "top-left", dx: -(narrow ? marginLeft : 0), ...top },
      }),
      ...columns.flatMap(({ header, texts, looks, end }) => {
        const at = { textAnchor: "end", dx: end } as const;
        return [
          label([{ text: header }], { frameAnchor: "top-right", ...at, ...top }),
          label(texts, { y: "y", frameAnchor: "right", ...at, ...looks }),
        ];
      }),
      ...ticks
        ? [Plot.axisX(ticks, {
          ...{ anchor: "bottom", tickFormat: tick, tickSize: 0, label: null },
          ...{ fontSize: SMALL, color: palette.muted },
        })]
        : [],
    ],
  };
}

/** The numbers on the right: each as wide as it needs, and where it ends from the frame in px. */
function columnsOf(
  { kind, header, interval }: Chart,
  rows: readonly Placed[],
  differ: boolean,
  narrow: boolean,
  language: Language,
) {
  if (kind === "columns") return [];
  const plain = { fontSize: SMALL, fill: palette.muted };
  const all = [
    {
      header,
      textOf: ({ value }: ChartRow) => value,
      looks: { fontSize: NUMBER, fontWeight: "bold" },
    },
    ...narrow || interval === undefined
      ? []
      : [{ header: interval, textOf: (row: ChartRow) => row.interval, looks: plain }],
    ...narrow || !differ ? [] : [{
      header: TEXT.n[language],
      textOf: ({ n }: ChartRow) => formatCount(n, language),
      looks: plain,
    }],
  ];
  let end = 0;
  return all.filter((column) => column.header !== "").map(({ header, textOf, looks }) => {
    const texts = rows.map((row) => ({ y: row.y, text: textOf(row) }));
    const weight = "fontWeight" in looks ? "bold" : "regular";
    const content = Math.max(
      0,
      ...texts.map(({ text }) => textWidth(text, looks.fontSize, weight)),
    );
    const wide = Math.max(content, Math.min(textWidth(header, SMALL), 84));
    const width = Math.ceil(wide) + 14;
    return { header: lines(header, wide, SMALL, 5), texts, looks, width, end: end += width };
  });
}

/** The marks of rows alone, with the numbers that stand in them or at their ends. */
export function chartMarks(kind: Chart["kind"], rows: readonly Placed[], track = 500) {
  if (kind === "likert") return stackedMarks(rows, track);
  const shown = rows.filter(({ missing }) => missing === undefined)
    .map((row) => ({ ...row, colour: row.colour ?? palette.accent }));
  if (kind === "columns") {
    const ranged = shown.filter(({ interval }) => interval !== "");
    return [
      Plot.barX(shown, { y: "y", x: "number", ...FILLED, ...AS_MARK }),
      Plot.ruleY(ranged, {
        ...{ y: "y", x1: "low", x2: "high", stroke: palette.muted, strokeWidth: 1.5 },
      }),
      label(shown, {
        ...{ y: "y", x: ({ interval, number, high }) => interval === "" ? number : high },
        ...{ text: "value", dx: 6, fontSize: NUMBER, fontWeight: "bold" },
      }),
    ];
  }
  return [
    Plot.ruleY(shown, {
      ...{ y: "y", x1: "low", x2: "high", stroke: given("colour") },
      ...{ strokeWidth: 2.5, strokeLinecap: "round" },
    }),
    Plot.dot(shown, { y: "y", x: "number", r: 5, fill: given("colour"), ...AS_MARK }),
  ];
}

/** Bars of parts, their numbers where there is room, and a line below those that are counted beside. */
function stackedMarks(rows: readonly Placed[], track: number): Plot.Markish[] {
  const whole = widthOf(rows);
  const parts = rows.flatMap(({ y, parts = [] }) =>
    parts.filter(({ share }) => share !== null && share > 0).map((part) => {
      const tone = part.colour?.startsWith("#") ? textOn(part.colour) : MUTED;
      const fits = textWidth(part.text, SMALL) + 4 <= part.share! / whole * track;
      return { ...part, y, tone, text: fits ? part.text : "" };
    })
  );
  type Piece = typeof parts[number];
  const stacked = <T>(options: T) => Plot.stackX({ y: "y", x: "share", ...options });
  const gap = { insetLeft: 0.75, insetRight: 0.75 };
  const tones = new Map(parts.map(({ tone }) => [tone.className, tone]));
  return [
    Plot.barX(parts, stacked({ ...gap, ...FILLED, ...AS_MARK })),
    Plot.ruleY(
      parts,
      stacked({
        ...{ ...gap, dy: BAR.likert / 2 + 4 },
        // What a channel leaves out is not drawn, and has its place in the stack all the same.
        stroke: given(({ counted }: Piece) => counted ? palette.axis : null),
      }),
    ),
    ...[...tones.values()].map((tone) =>
      label(
        parts,
        stacked({
          ...{ ...tone, fontSize: SMALL, textAnchor: "middle" },
          text: (part: Piece) => part.tone.className === tone.className ? part.text : null,
        }) as Plot.TextOptions,
      )
    ),
  ];
}

/** How long the longest stacked bar is: 1 and the room before "don't know". */
function widthOf(rows: readonly ChartRow[]): number {
  const sums = rows.map(({ parts = [] }) =>
    parts.reduce((sum, { share }) => sum + (share ?? 0), 0)
  );
  return Math.max(1, ...sums);
}

/** Upright lines through the marks, so that none runs through a name. */
function rules(rows: readonly Placed[], at: readonly number[], looks: Plot.RuleXOptions) {
  const all = rows.flatMap(({ y }) => at.map((x) => ({ x, y })));
  return [Plot.ruleX(all, { x: "x", y1: "y", y2: "y", ...looks })];
}

/** A channel of colours as they are. */
function given<T>(value: T) {
  return { value, scale: null } as const;
}

/** By this channel the page finds a mark; see `markOf()`. */
const AS_MARK = { ariaLabel: "of" } as const;

/** A bar in its own colour, with a line around one that is empty or too light for white paper (WCAG 1.4.11: 3:1). */
const FILLED = {
  fill: given("colour"),
  stroke: given(({ colour }: { readonly colour: string | null }) =>
    colour === "none" || colour && contrast(colour, "#ffffff") < 3 ? palette.axis : "none"
  ),
};

const MUTED = { fill: palette.muted, className: "muted" };
const small = { fontSize: SMALL, fill: palette.muted };

/** `Plot.text()` with the looks of a figure: ink, from its left end. */
function label<T>(data: readonly T[], options: Plot.TextOptions): Plot.Text {
  const looks = { fill: palette.ink, fontSize: NAME, textAnchor: "start", lineHeight: LINE_HEIGHT };
  return Plot.text(data as T[], { text: "text", ...looks, ...options } as Plot.TextOptions);
}

function lines(text: string, width: number, size: number, most: number, weight?: "bold"): string {
  return wrapText(text, width, { size, lines: most, ...weight && { weight } }).join("\n");
}

/** The height of the tallest of these labels in px. */
function tallest(labels: readonly { readonly text: string }[], size: number): number {
  return Math.max(0, ...labels.map(({ text }) => text.split("\n").length * size * LINE_HEIGHT));
}

/** Round numbers around all between these two, in at most five steps. */
export function ticksAround(from: number, to: number): number[] {
  const size = 10 ** Math.floor(Math.log10(Math.max(to - from, 1e-6) / 5));
  const step = [1, 2, 2.5, 5, 10, 20].map((each) => each * size)
    .find((each) => (to - from) / each <= 5 + 1e-9)!;
  const [start, end] = [Math.floor(from / step + 1e-9), Math.ceil(to / step - 1e-9)];
  return Array.from(
    { length: Math.max(1, end - start) + 1 },
    (_, i) => Number(((start + i) * step).toPrecision(12)),
  );
}
