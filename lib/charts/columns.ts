import type { Codebook, Scale } from "../responses/codebook.ts";
import type { Language } from "../responses/language.ts";
import { type Estimate, isShown } from "../statistics/estimate.ts";
import {
  capitalised,
  fullStop,
  intervalTexts,
  missingInWords,
  shareInChart,
  shareInWords,
  TEXT,
} from "../words/figure_texts.ts";
import { type Bar, barsOf, estimatesOf, hiddenNotes, isBarShown } from "./bars.ts";
import type { CaptionOptions } from "./caption.ts";
import { bold, cornerText, EMPTY, FILLED, label, lines, small, tallest } from "./chart_parts.ts";
import { type Figure, figureName, type Looks, makeFigure, NARROW, ordered } from "./figure.ts";
import { answerLabel, answerOf, AS_MARK, markOf, questionOf, scaleOf, setOf } from "./lookup.ts";
import type { NativeData } from "./native_chart.ts";
import { coloursOf, type Fills, palette } from "./palette.ts";
import * as Plot from "./plot.ts";
import { wordsFit } from "./wrap_text.ts";

export interface ColumnsOptions extends CaptionOptions, Looks {
  readonly question: string;
  /** The set that a bracket is put around; null for none, by default the scale's main one. */
  readonly set?: string | null;
  /** Whether each column carries its interval; false by default. */
  readonly intervals?: boolean;
}

/**
 * One question's answers as columns, bars where it is narrow.
 *
 * @param estimates At least those of the categories, and of the set, overall.
 * @throws {InputError} If a name is not in the codebook, or an estimate is missing.
 */
export function columnsFigure(
  estimates: readonly Estimate[],
  codebook: Codebook,
  options: ColumnsOptions,
): Figure {
  const { question, intervals = false } = options;
  const scale = scaleOf(codebook, question);
  const set = options.set === undefined ? scale.main_set : options.set;
  const bracketed = set === null ? null : setOf(codebook, question, set);
  // Bands of numbers are told apart by where they stand.
  const { bands } = questionOf(codebook, question).numbers ?? {};
  const ofNumbers = bands?.map(() => palette.accent) ?? {};
  const fills = coloursOf(scale, options.colours ?? ofNumbers);
  const [all] = barsOf(estimates, codebook, question, { set, overall: true });
  const idOf = ({ category }: Estimate) => category ?? "";
  const bar = { ...all!, parts: ordered(all!.parts, options.order, idOf, ({ share }) => share) };
  const shown = estimatesOf([bar]);
  const name = options.name ?? figureName("columns", [question]);
  const notes = [
    ...intervals ? [intervalTexts(codebook.study.confidence).intervals] : [],
    ...hiddenNotes([bar]),
  ];
  const columns = (language: Language) => columnsOf(bar, scale, fills, intervals, language);
  return makeFigure({
    kind: "columns",
    name,
    estimates: shown,
    codebook,
    notes,
    alt: (language) => altText(shown, codebook, question, language),
    marks: (language) => columnMarks(columns(language), "label", true),
    chart: (language, width) => chart(bar, columns(language), bracketed, language, width),
    native: (language) => nativeData(bar, columns(language), bracketed, intervals, language),
  }, options);
}

/** One answer's column or bar. */
interface Column {
  readonly id: string;
  readonly of: string | undefined;
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
  readonly text: string;
}

function columnsOf(
  bar: Bar,
  scale: Scale,
  fills: Fills,
  intervals: boolean,
  language: Language,
): Column[] {
  return bar.parts.map((part) => {
    const [id, share] = [part.category ?? "", part.share ?? 0];
    const [low, high] = intervals ? [part.low ?? share, part.high ?? share] : [share, share];
    return {
      id,
      of: markOf(part),
      label: scale.categories[id]?.[language] ?? id,
      fill: fills.get(id) ?? "",
      hidden: !isShown(part),
      apart: id === scale.dont_know,
      share,
      reach: Math.max(share, high),
      low,
      high,
      text: isShown(part) ? shareInChart(part, language) : TEXT.hidden[language],
    };
  });
}

/** In px, of columns that stand and of bars that lie: names, values, and what is beside the bracket. */
const SIZES = {
  wide: { names: 220, values: 64, bracket: 130 },
  narrow: { names: 116, values: 60, bracket: 82 },
};
const SIZE = 12;
const MOST_COLUMNS = 9;

/**
 * The answers as Plot draws them: columns, or bars that lie where it is narrow, or where the answers are
 * too long or too many to stand below columns. A bracket is around the set.
 */
function chart(
  bar: Bar,
  columns: readonly Column[],
  set: Scale["sets"][string] | null,
  language: Language,
  width: number,
): Plot.PlotOptions {
  // "Don't know" stands apart from the scale.
  const widest = Math.floor(Math.min(150, width / (columns.length + 0.35)));
  const standing = width >= NARROW && columns.length <= MOST_COLUMNS &&
    columns.every(({ label }) => wordsFit(label, widest - 10, SIZE));
  const size = SIZES[width < NARROW ? "narrow" : "wide"];
  const room = standing ? widest - 8 : size.names;
  const names = columns.map(({ label }) => lines(label, room, { size: SIZE, lines: 4 }));
  const nameHeight = Math.ceil(tallest(names, SIZE));
  const shown = isBarShown(bar);
  const bracket = bracketOf(bar, set, columns);
  const words = bracket === null ? "" : capitalised(set!.label[language]);
  const beside = lines(words, size.bracket - 12, { size: SIZE, lines: 6 });
  const besideHeight = 20 + tallest([beside], SIZE);
  const step = standing ? widest : Math.max(24, nameHeight) + 9;
  const thick = standing ? Math.min(84, step * 0.72) : 24;
  const hasApart = columns.some((column) => column.apart);
  const apart = hasApart ? standing ? Math.round(0.35 * step) : 10 : 0;
  const length = step * columns.length;
  const middle = bracket === null ? 0 : step * (bracket[0] + bracket[1] + 1) / 2;
  // The number and the words beside a bracket of bars that lie, within the drawing.
  const besideAt = Math.max(middle, besideHeight / 2);
  const side = (width - length - apart) / 2;
  const margins = standing
    ? {
      marginTop: bracket === null ? 20 : 72,
      marginBottom: nameHeight + 12,
      marginLeft: side,
      marginRight: side + apart,
    }
    : {
      marginTop: 2,
      marginBottom: Math.max(apart, Math.ceil(besideAt + besideHeight / 2 - length)) + 2,
      marginLeft: size.names + 10,
      marginRight: size.values + (bracket === null ? 0 : size.bracket),
    };
  const { marginLeft, marginRight } = margins;
  const along = standing ? shown ? 210 : 100 : width - marginLeft - marginRight;
  const reach = Math.max(0, ...columns.map((column) => column.reach));
  const most = Math.min(1, Math.max(0.4, Math.ceil(reach * 20) / 20));
  const padding = 1 - thick / step;
  const band = { type: "band", domain: columns.map(({ id }) => id), round: false } as const;
  const across = { ...band, paddingInner: padding, paddingOuter: padding / 2, axis: null };
  const value = { type: "linear", domain: [0, most], axis: null } as const;
  const frame = standing ? along : width - marginLeft - marginRight;
  const inset = (step - thick) / 2;
  return {
    width,
    height: margins.marginTop + margins.marginBottom + (standing ? along : length),
    ...margins,
    x: standing ? across : value,
    y: standing ? value : across,
    marks: [
      ...[false, true].flatMap((isApart) => {
        const shift = { [standing ? "dx" : "dy"]: isApart ? apart : 0 };
        const these = columns.filter((column) => column.apart === isApart).map((column) => ({
          ...column,
          // A frame in the place of a column whose share may not be shown.
          reach: column.hidden ? most * (shown ? 1 / 6 : 1 / 3) : column.reach,
          text: column.hidden && !shown ? "" : column.text,
          name: names[columns.indexOf(column)],
        }));
        const name = standing
          ? { x: "id", y: 0, lineAnchor: "top", textAnchor: "middle", ...shift, dy: 8 } as const
          : { y: "id", frameAnchor: "left", textAnchor: "end", ...shift, dx: -10 } as const;
        return [
          ...columnMarks(these, "id", standing, shift),
          label(these, { ...name, text: "name", fontSize: SIZE }),
        ];
      }),
      Plot.frame({
        anchor: standing ? "bottom" : "left",
        stroke: palette.axis,
        ...standing
          ? { insetLeft: -marginLeft, insetRight: -marginRight }
          : { insetBottom: -apart },
      }),
      cornerText(shown ? "" : missingInWords(bar.n, language), {
        ...small(SIZE),
        ...standing
          ? { frameAnchor: "top", textAnchor: "middle", dx: apart / 2, dy: 14 }
          : { frameAnchor: "left", dx: along / 3 + 12, dy: apart / 2 },
      }),
      ...bracket === null ? [] : [
        ...bracketMarks(standing, {
          from: step * bracket[0] + inset,
          to: length - step * (bracket[1] + 1) + inset,
          out: standing ? 28 : size.values + 4,
          end: standing ? frame + 22 : frame + size.values - 2,
        }),
        ...standing
          ? [
            cornerText(shareInChart(bar.set!, language), {
              ...bold(17),
              textAnchor: "middle",
              dx: middle,
              dy: -62,
            }),
            cornerText(
              lines(words, 2 * Math.min(side + middle, width - side - middle), {
                size: SIZE,
                lines: 1,
              }),
              { ...small(SIZE), textAnchor: "middle", dx: middle, dy: -43 },
            ),
          ]
          : [
            cornerText(shareInChart(bar.set!, language), {
              ...bold(17),
              frameAnchor: "top-right",
              dx: size.values + 12,
              dy: besideAt - besideHeight / 2 + 10,
            }),
            cornerText(beside, {
              ...small(SIZE),
              frameAnchor: "top-right",
              dx: size.values + 12,
              dy: besideAt + 10,
            }),
          ],
      ],
    ],
  };
}

/** The columns as one series; the bracket's share and words stand above it. */
function nativeData(
  bar: Bar,
  columns: readonly Column[],
  set: Scale["sets"][string] | null,
  intervals: boolean,
  language: Language,
): NativeData {
  // A blank column keeps "don't know" apart.
  const placed = columns.flatMap((column) => column.apart ? [null, column] : [column]);
  const valuesOf = (end: "share" | "low" | "high") =>
    placed.map((column) => column === null || column.hidden ? null : column[end]);
  const isRanged = intervals && isBarShown(bar);
  return {
    remark: !isBarShown(bar)
      ? capitalised(missingInWords(bar.n, language))
      : bracketOf(bar, set, columns) === null
      ? ""
      : `${capitalised(set!.label[language])}: ${shareInChart(bar.set!, language)}`,
    categories: placed.map((column) =>
      column === null ? " " : column.hidden ? `${column.label}: ${column.text}` : column.label
    ),
    series: [{
      name: TEXT.share[language],
      colour: placed.map((column) => column?.fill ?? ""),
      values: valuesOf("share"),
      ...isRanged ? { low: valuesOf("low"), high: valuesOf("high") } : {},
      labels: placed.map((column) => column === null || column.hidden ? "" : column.text),
    }],
  };
}

/** Columns, or bars that lie, with their intervals and shares as marks. */
function columnMarks(
  columns: readonly Column[],
  across: "id" | "label",
  standing: boolean,
  shift: { readonly dx?: number; readonly dy?: number } = {},
): Plot.Markish[] {
  const [framed, solid] = [true, false].map((hidden) =>
    columns.filter((column) => column.hidden === hidden)
  );
  const ranged = solid!.filter(({ low, high }) => low < high);
  const interval = { stroke: palette.muted, strokeWidth: 1.5, ...shift };
  if (standing) {
    const text = { x: across, y: "reach", textAnchor: "middle", ...shift, dy: -10 } as const;
    return [
      Plot.barY(solid, { x: across, y: "share", ...FILLED, ...AS_MARK, ...shift }),
      Plot.barY(framed, { x: across, y: "reach", ...EMPTY, ...shift }),
      Plot.ruleX(ranged, { x: across, y1: "low", y2: "high", ...interval }),
      label(solid!, { ...text, ...bold(14) }),
      label(framed!, { ...text, ...small(SIZE) }),
    ];
  }
  const text = { y: across, x: "reach", ...shift, dx: 6 } as const;
  return [
    Plot.barX(solid, { y: across, x: "share", ...FILLED, ...AS_MARK, ...shift }),
    Plot.barX(framed, { y: across, x: "reach", ...EMPTY, ...shift }),
    Plot.ruleY(ranged, { y: across, x1: "low", x2: "high", ...interval }),
    label(solid!, { ...text, ...bold(14) }),
    label(framed!, { ...text, ...small(SIZE) }),
  ];
}

/** The first and the last place of a set's columns, if there are several that stand next to each other. */
function bracketOf(
  bar: Bar,
  set: Scale["sets"][string] | null,
  columns: readonly Column[],
): [number, number] | null {
  if (set === null || bar.set === null || !isShown(bar.set)) return null;
  const places = columns.flatMap(({ id }, index) => set.categories.includes(id) ? [index] : []);
  const [first = 0, last = 0] = [places[0], places.at(-1)];
  return places.length > 1 && last - first + 1 === places.length ? [first, last] : null;
}

/** The bracket's three lines outside of the frame: above columns that stand, right of bars that lie. */
function bracketMarks(
  standing: boolean,
  { from, to, out, end }: Readonly<Record<"from" | "to" | "out" | "end", number>>,
): Plot.Markish[] {
  const stroke = palette.axis;
  return standing
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

function altText(
  estimates: readonly Estimate[],
  codebook: Codebook,
  question: string,
  language: Language,
): string {
  const title = `${TEXT.columns[language]}: ${questionOf(codebook, question).label[language]}.`;
  const [first] = estimates;
  if (first === undefined || estimates.every(({ share }) => share === null)) {
    return `${title} ${capitalised(missingInWords(first?.n ?? 0, language))}.`;
  }
  const nameOf = (estimate: Estimate) =>
    answerLabel(codebook, question, answerOf(estimate))[language];
  const said = (part: readonly Estimate[]) =>
    part.map((estimate) => `${nameOf(estimate)} ${shareInWords(estimate, language)}`).join(", ");
  const sets = estimates.filter(({ set }) => set !== null);
  const categories = estimates.filter(({ category }) => category !== null);
  const most = categories.reduce((a, b) => (b.share ?? 0) > (a.share ?? 0) ? b : a, first);
  const known = categories.reduce((sum, { share }) => sum + (share ?? 0), 0);
  // Among those hidden there may be a more common one.
  const isMost = categories.every(isShown) || 1 - known <= (most.share ?? 0);
  const parts = [
    said(categories),
    ...isMost ? [`${TEXT.mostSay[language]} ${nameOf(most)}`] : [],
    ...sets.length === 0 ? [] : [`${TEXT.together[language]} ${said(sets)}`],
  ];
  return fullStop(`${title} ${parts.join("; ")}`);
}
