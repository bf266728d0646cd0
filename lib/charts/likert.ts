import type { Codebook, Scale } from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import type { Language } from "../responses/language.ts";
import { type Estimate, isShown, wholePercent } from "../statistics/estimate.ts";
import {
  baseSize,
  capitalised,
  fullStop,
  missingInWords,
  shareInChart,
  shareInWords,
  spreadInWords,
  TEXT,
} from "../words/figure_texts.ts";
import { words } from "../words/message.ts";
import { type Bar, barsOf, estimatesOf, hiddenNotes, hiddenShare, isBarShown } from "./bars.ts";
import type { CaptionOptions } from "./caption.ts";
import { bold, EMPTY, FILLED, label, legendMarks, lines, small, tallest } from "./chart_parts.ts";
import { type Figure, figureName, type Looks, makeFigure, NARROW, ordered } from "./figure.ts";
import { answerLabel, AS_MARK, markOf, questionOf, scaleOf, setOf, variableOf } from "./lookup.ts";
import type { NativeData, NativeSeries } from "./native_chart.ts";
import { coloursOf, type Fills, palette, textOn } from "./palette.ts";
import * as Plot from "./plot.ts";
import { textWidth } from "./text_width.ts";

export interface LikertOptions extends CaptionOptions, Looks {
  /** Questions on the same scale, one bar each, or one question with `variable`. */
  readonly questions: readonly string[];
  /** One bar for each group of this variable. */
  readonly variable?: string;
  /** With `variable`: also a bar for everyone; true by default. */
  readonly overall?: boolean;
  /** The set whose share stands beside the bars; null for none, by default the scale's main one. */
  readonly set?: string | null;
}

/**
 * Stacked bars, one for each of several questions on the same scale, or one for each group.
 *
 * @param estimates At least those of the categories, and of the set, of every bar.
 * @throws {InputError} If scales differ, a name is not in the codebook, or an estimate is missing.
 */
export function likertFigure(
  estimates: readonly Estimate[],
  codebook: Codebook,
  options: LikertOptions,
): Figure {
  const { questions, variable, overall = true } = options;
  const [first] = questions;
  if (first === undefined) throw new InputError("A figure of bars needs at least one question.");
  const scale = scaleOf(codebook, first);
  requireOneScale(codebook, questions);
  if (variable !== undefined && questions.length > 1) {
    throw new InputError(
      `Bars by ${variable} show one question, not ${questions.length}. Make a figure for each of ` +
        `${questions.join(", ")}.`,
    );
  }
  const set = options.set === undefined ? scale.main_set : options.set;
  const fills = coloursOf(scale, options.colours);
  const all = questions.flatMap((question) =>
    barsOf(estimates, codebook, question, { set, variable, overall: overall || !variable })
  );
  const isTotal = ({ group }: Bar) => variable !== undefined && group === null;
  const groups = all.filter((bar) => !isTotal(bar));
  const shareOf = ({ set, parts }: Bar) => (set ?? parts[0])?.share ?? null;
  const idOf = ({ question, group }: Bar) => group ?? question;
  const bars = [...all.filter(isTotal), ...ordered(groups, options.order, idOf, shareOf)];
  const shown = estimatesOf(bars);
  const name = options.name ?? figureName("likert", questions, variable && `by_${variable}`);
  return makeFigure({
    kind: "likert",
    name,
    estimates: shown,
    codebook,
    notes: hiddenNotes(bars),
    alt: (language) => altText(bars, codebook, set, variable, language),
    marks: (language) =>
      likertMarks(
        bars.flatMap((bar) =>
          segmentsOf(bar, scale, fills, language, 500)
            .map((segment) => ({ ...segment, y: bar.label[language] }))
        ),
      ),
    chart: (language, width) => {
      const heading = variable === undefined
        ? null
        : variableOf(codebook, variable).label[language];
      const beside = set === null ? null : setOf(codebook, first, set);
      return chart(bars, scale, fills, beside, heading, language, width);
    },
    native: (language) =>
      nativeData(bars, scale, fills, set === null ? null : setOf(codebook, first, set), language),
  }, options);
}

function requireOneScale(codebook: Codebook, questions: readonly string[]): void {
  const scales = questions.map((id) => questionOf(codebook, id).scale);
  if (new Set(scales).size === 1) return;
  throw new InputError(
    `Questions in one figure have one scale, but these differ (${
      questions.map((id, index) => `${id}: ${scales[index]}`).join(", ")
    }). Make a figure for each scale.`,
  );
}

/** In px: the height of a bar, the line above it for numbers of thin segments, and what is between. */
const SIZES = {
  wide: { bar: 30, names: 232, set: 92 },
  narrow: { bar: 28, names: 0, set: 72 },
};
const [LANE, APART, GAP, SMALL] = [15, 10, 1.5, 12];

/**
 * Stacked bars as Plot draws them: names on the left (above the bars where it is narrow), the answers in
 * order with "don't know" apart at the right end, the set's share beside.
 */
function chart(
  bars: readonly Bar[],
  scale: Scale,
  fills: Fills,
  set: Scale["sets"][string] | null,
  heading: string | null,
  language: Language,
  width: number,
): Plot.PlotOptions {
  const narrow = width < NARROW;
  const { bar, ...size } = SIZES[narrow ? "narrow" : "wide"];
  const differ = new Set(bars.map(({ n }) => n)).size > 1;
  const sizes = bars.map(({ n }, y) => ({ y: `${y}`, text: differ ? baseSize(n, language) : "" }));
  const sizeWidth = differ ? Math.max(...sizes.map(({ text }) => textWidth(text, SMALL))) + 12 : 0;
  const marginLeft = size.names + (differ && !narrow ? 28 : 0);
  const marginRight = set === null ? 0 : size.set;
  const frame = width - marginLeft - marginRight;
  const track = frame - (scale.dont_know === null ? 0 : APART);
  const segments = bars.flatMap((bar, y) =>
    segmentsOf(bar, scale, fills, language, track).map((segment) => ({ ...segment, y: `${y}` }))
  );

  const room = (narrow ? width : marginLeft - 12) - sizeWidth;
  const names = bars.map(({ label }, y) => ({
    y: `${y}`,
    text: lines(label[language], room, { size: 13 }),
  }));
  const nameHeight = tallest(names.map(({ text }) => text), 13);
  const lane = segments.some(({ at }) => at !== null) ? LANE : 0;
  const half = narrow ? 0 : Math.max(0, (nameHeight - bar) / 2);
  const above = narrow ? nameHeight + 5 + lane : Math.max(lane, half);
  const title = lines(heading ?? "", width, { size: 12, weight: "bold", lines: 3 });
  const step = Math.ceil(Math.max(above + bar + half + 16, tallest([title], 12) + 14));
  const firstGroup = heading === null ? -1 : bars.findIndex(({ group }) => group !== null);
  const domain = names.map(({ y }) => y);
  if (firstGroup >= 0) domain.splice(firstGroup, 0, "heading");

  const answers = Object.entries(scale.categories)
    .filter(([id]) => bars.some(({ parts }) => parts.some(({ category }) => category === id)))
    .map(([id, category]) => ({ text: category[language], colour: fills.get(id) ?? null }));
  const beside = capitalised(set?.label[language] ?? "");
  const setName = lines(beside, Math.max(40, marginRight - 4), { size: SMALL, lines: 5 });
  let marginTop = 0;
  const remark = { text: TEXT.inPercent[language], colour: null };
  const legend = legendMarks([...answers, remark], width - marginRight, (height) => {
    marginTop = Math.ceil(Math.max(height, tallest([setName], SMALL)) + 12 + above);
    return { left: marginLeft, top: marginTop };
  });
  const side = { frameAnchor: "right", textAnchor: "end", dx: marginRight } as const;
  const named = narrow ? { dy: -bar / 2 - lane - 5, lineAnchor: "bottom" } as const : {};
  const nameAt = { frameAnchor: "left", dx: -marginLeft } as const;
  const sizeAt = narrow ? side : { frameAnchor: "left", textAnchor: "end", dx: -12 } as const;
  const shares = bars.flatMap(({ set }, y) =>
    set === null ? [] : [{ y: `${y}`, text: shareInChart(set, language) }]
  );
  const line = { stroke: palette.axis, dy: bar / 2 + 4, insetLeft: GAP / 2, insetRight: GAP / 2 };
  return {
    width,
    height: marginTop + step * (domain.length - 1) + bar + Math.ceil(half) + 8,
    marginTop,
    marginLeft,
    marginRight,
    marginBottom: Math.ceil(half) + 8,
    x: { type: "linear", domain: [0, frame / track], axis: null },
    y: {
      type: "band",
      domain,
      paddingInner: 1 - bar / step,
      paddingOuter: 0,
      axis: null,
      round: false,
    },
    marks: [
      ...legend,
      label(set === null ? [] : [{ text: setName }], {
        ...side,
        ...small(SMALL),
        frameAnchor: "top-right",
        lineAnchor: "bottom",
        dy: -12 - above,
      }),
      ...likertMarks(segments, bar),
      Plot.ruleY(bars.flatMap((bar, y) => underline(bar, set?.categories ?? [], `${y}`)), {
        y: "y",
        x1: "x1",
        x2: "x2",
        ...line,
      }),
      label(names, { y: "y", ...nameAt, ...named }),
      label(sizes, { y: "y", ...sizeAt, ...named, ...small(SMALL) }),
      label(firstGroup < 0 ? [] : [{ y: "heading", text: title }], {
        y: "y",
        ...nameAt,
        lineAnchor: "bottom",
        dy: step - bar / 2 - above - 6,
        ...bold(12),
      }),
      label(shares, { y: "y", ...side, ...bold(15) }),
    ],
  };
}

/** The bars with one series for each answer, in the order of the scale; the set's share stands at the name. */
function nativeData(
  bars: readonly Bar[],
  scale: Scale,
  fills: Fills,
  set: Scale["sets"][string] | null,
  language: Language,
): NativeData {
  const differ = new Set(bars.map(({ n }) => n)).size > 1;
  const answers = (bars[0]?.parts ?? []).map(({ category }, index): NativeSeries => ({
    name: scale.categories[category ?? ""]?.[language] ?? "",
    colour: fills.get(category ?? "") ?? "",
    values: bars.map(({ parts }) => parts[index]?.share ?? null),
    ...category === scale.dont_know ? { apart: true } : {},
  }));
  const hidden: NativeSeries = {
    name: capitalised(TEXT.hidden[language]),
    colour: "none",
    values: bars.map((bar) => isBarShown(bar) && hiddenShare(bar) || null),
    labels: bars.map(() => TEXT.hidden[language]),
  };
  const isHidden = hidden.values.some((value) => value !== null);
  const beside = capitalised(set?.label[language] ?? "");
  return {
    remark: set === null
      ? TEXT.inPercent[language]
      : words("native.beside", language, { unit: TEXT.inPercent[language], set: beside }),
    categories: bars.map((bar) => {
      const name = bar.label[language] +
        (differ && !Number.isNaN(bar.n) ? ` (${baseSize(bar.n, language)})` : "");
      if (!isBarShown(bar)) return `${name}: ${missingInWords(bar.n, language)}`;
      return bar.set === null ? name : `${name}: ${shareInChart(bar.set, language)}`;
    }),
    series: [
      ...answers.filter(({ apart }) => !apart),
      ...isHidden ? [hidden] : [],
      ...answers.filter(({ apart }) => apart),
    ],
  };
}

/** One piece of a stacked bar, in shares of the whole bar from its left end. */
interface Segment {
  readonly kind: "answer" | "sliver" | "hidden" | "missing";
  readonly x1: number;
  readonly x2: number;
  readonly fill: string;
  readonly of?: string | undefined;
  /** The number in it, or above it. */
  readonly text: string;
  /** Where the middle of the number is that has no room inside; null where it stands inside. */
  readonly at: number | null;
}

/**
 * The bars' segments with their numbers as marks.
 *
 * @param bar The height of a bar in px: the numbers of thin segments stand above it.
 */
function likertMarks(
  segments: readonly (Segment & { readonly y: string })[],
  bar = 40,
): Plot.Markish[] {
  const place = { y: "y", x1: "x1", x2: "x2" };
  const gap = { ...place, insetLeft: GAP / 2, insetRight: GAP / 2 };
  const middle = ({ x1, x2 }: Segment) => (x1 + x2) / 2;
  const text = { y: "y", x: middle, fontSize: 12, textAnchor: "middle" } as const;
  const inside = segments.filter(({ at }) => at === null);
  const of = (among: typeof segments, kind: Segment["kind"]) =>
    among.filter((segment) => segment.kind === kind);
  const tones = Map.groupBy(of(inside, "answer"), ({ fill }) => textOn(fill).className);
  return [
    // The gap comes out of the segment, but a sliver stays to be seen.
    Plot.barX(of(segments, "answer"), { ...gap, ...FILLED, ...AS_MARK }),
    Plot.barX(of(segments, "sliver"), { ...place, ...FILLED, ...AS_MARK }),
    Plot.barX([...of(segments, "hidden"), ...of(segments, "missing")], { ...gap, ...EMPTY }),
    ...[...tones.values()].map((alike) => label(alike, { ...text, ...textOn(alike[0]!.fill) })),
    label(of(inside, "hidden"), { ...text, ...small(12) }),
    label(of(inside, "missing"), { y: "y", x: "x1", dx: 12, ...small(12) }),
    label(segments.filter(({ at }) => at !== null), {
      ...text,
      x: "at",
      dy: -(bar + LANE) / 2,
      fontSize: SMALL,
    }),
  ];
}

/**
 * Where each answer that somebody gave lies on the bar. Hidden answers are one segment, in the place of
 * the first of them: how they share it is what is hidden.
 *
 * @param track px of the whole bar.
 */
function segmentsOf(
  bar: Bar,
  scale: Scale,
  fills: Fills,
  language: Language,
  track: number,
): Segment[] {
  const end = 1 + (scale.dont_know === null ? 0 : APART / track);
  const empty = { x1: 0, x2: end, fill: "none", at: null };
  if (!isBarShown(bar)) {
    return [{ ...empty, kind: "missing", text: missingInWords(bar.n, language) }];
  }
  const first = bar.parts.findIndex((part) => !isShown(part));
  let x = 0;
  const segments = bar.parts.flatMap((part, index): Segment[] => {
    const { category, share } = part;
    const hidden = index === first;
    const size = hidden ? hiddenShare(bar) : share ?? 0;
    // Less than a pixel of what is hidden is a rounding error.
    if (hidden ? size * track < 1 : size === 0) return [];
    const apart = category === scale.dont_know;
    const [x1, x2] = apart ? [end - size, end] : [x, x + size];
    if (!apart) x = x2;
    const text = hidden ? TEXT.hidden[language] : `${wholePercent(size) || "<1"}`;
    const isThin = textWidth(text, 12) + 2 + GAP > size * track;
    const kind = hidden ? "hidden" : size * track < 3 ? "sliver" : "answer";
    const fill = hidden ? "none" : fills.get(category ?? "") ?? "";
    const of = hidden ? undefined : markOf(part);
    return [{ kind, x1, x2, fill, of, text, at: isThin ? (x1 + x2) / 2 : null }];
  });
  // The numbers above a bar move as far as they would stand in each other: from the left so that none
  // stands in the one before, then back from the right end.
  const place = (row: Segment[], limit: number, sign: 1 | -1) => {
    let edge = limit;
    return row.map((segment) => {
      if (segment.at === null) return segment;
      const half = (textWidth(segment.text, SMALL) / 2 + 2) / track;
      const at = sign * Math.max(sign * segment.at, sign * edge + half);
      edge = at + sign * half;
      return { ...segment, at };
    });
  };
  return place(place(segments, 0, 1).toReversed(), end, -1).toReversed();
}

/** A line below the answers that the share beside the bar is of. */
function underline(bar: Bar, categories: readonly string[], y: string) {
  // Where one of them may be among those hidden, the line would say too much or too little.
  if (bar.set === null || !bar.parts.every(isShown)) return [];
  let x = 0;
  const ends = bar.parts.filter(({ share }) => share !== 0).map(({ category, share }) => {
    const x1 = x;
    x += share ?? 0;
    return { x1, x2: x, inSet: categories.includes(category ?? "") };
  });
  const first = ends.findIndex(({ inSet }) => inSet);
  const last = ends.findLastIndex(({ inSet }) => inSet);
  // Answers that are not next to each other have no one line.
  if (first < 0 || ends.slice(first, last).some(({ inSet }) => !inSet)) return [];
  return [{ y, x1: ends[first]!.x1, x2: ends[last]!.x2 }];
}

/** The most bars whose shares the text alternative goes through one by one. */
const SPOKEN = 6;

function altText(
  bars: readonly Bar[],
  codebook: Codebook,
  set: string | null,
  variable: string | undefined,
  language: Language,
): string {
  const { question } = bars[0]!;
  const what = variable === undefined
    ? TEXT.stackedBars[language]
    : `${TEXT.stackedBars[language]}: ${questionOf(codebook, question).label[language]} ` +
      `(${TEXT.by[language]}: ${variableOf(codebook, variable).label[language]})`;
  const share = set === null
    ? ""
    : `${capitalised(setOf(codebook, question, set).label[language])} – `;
  const groups = bars.flatMap(({ label, group, set }) =>
    group === null || set === null ? [] : [{ label, estimate: set }]
  );
  const said = bars.length > SPOKEN && set !== null
    ? extremes(bars, language).join("; ")
    : bars.map((bar) => `${bar.label[language]}: ${answersInWords(bar, codebook, language)}`)
      .join("; ") + spreadInWords(groups, language);
  return fullStop(`${what}. ${share}${said}`);
}

function answersInWords(bar: Bar, codebook: Codebook, language: Language): string {
  if (!isBarShown(bar)) return missingInWords(bar.n, language);
  const set = bar.set === null ? [] : [shareInWords(bar.set, language)];
  const most = bar.parts.reduce((a, b) => (b.share ?? 0) > (a.share ?? 0) ? b : a);
  const answer = answerLabel(codebook, bar.question, { category: most.category ?? "" })[language];
  // Among those hidden there may be a more common one.
  const said = hiddenShare(bar) > (most.share ?? 0)
    ? `${answer} ${shareInWords(most, language)}`
    : `${TEXT.mostSay[language]} ${answer} (${shareInWords(most, language)})`;
  return [...set, said].join(", ");
}

/** Of many bars the highest and the lowest one. */
function extremes(bars: readonly Bar[], language: Language): string[] {
  const known = bars.flatMap(({ label, set }) => set && isShown(set) ? [{ label, set }] : [])
    .sort((a, b) => b.set.share - a.set.share);
  if (known.length === 0) return [TEXT.tooFew[language]];
  const ends = [[TEXT.highest, known.at(0)!], [TEXT.lowest, known.at(-1)!]] as const;
  return ends.map(([word, { label, set }]) =>
    `${word[language]} ${label[language]}: ${shareInWords(set, language)}`
  );
}
