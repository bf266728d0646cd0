import { InputError } from "../responses/input_error.ts";
import type { Language } from "../responses/language.ts";
import type { Estimate } from "../statistics/estimate.ts";
import { drawChart } from "./draw_chart.ts";
import type { Colours } from "./palette.ts";
import type { Markish, PlotOptions } from "./plot.ts";

/** Drawn for a page of about 760 px, or for a telephone of about 360. */
export type Layout = "wide" | "narrow";

const WIDTHS = { wide: 760, narrow: 360 } as const;

/** Below this width in px names stand above their marks and not beside them. */
export const NARROW = 500;

/** How a figure is to look. */
export interface Looks {
  /** Colours of answers, by id or in the order of the scale. */
  readonly colours?: Colours;
  /** Ids in the order in which they are drawn, or by their share. */
  readonly order?: Order;
  /** Of the wide drawing in px; 760 by default. */
  readonly width?: number;
  /** Any option of `Plot.plot()`, laid over the figure's own; marks are drawn on top. */
  readonly plot?: PlotOptions;
}

export type Order = readonly string[] | "ascending" | "descending";

/** What stands beside a chart. */
export interface Caption {
  /** What the chart shows, in a few words. */
  readonly title: string;
  /** The questions as they were put. */
  readonly questions: readonly string[];
  /** Who was asked: "Base: alle, der svarede (n = 1.288)". */
  readonly base: string;
  readonly notes: readonly string[];
}

/** The numbers of a chart as a table of raw values. */
export interface FigureTable {
  readonly name: string;
  readonly title: string;
  /** Who was asked, in words. */
  readonly base: string;
  readonly columns: readonly {
    readonly label: string;
    /** `share` is 0 to 1, `count` a whole number, `number` has decimals, `p` is a p-value. */
    readonly kind: "text" | "share" | "count" | "number" | "p";
  }[];
  /** One array per row, one value per column; null where the base is too small to show it. */
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** A chart with everything that goes with it, in every language. */
export interface Figure {
  readonly kind: "likert" | "columns" | "comparison" | "key";
  /** Fit for a file name; the same questions, group and set always give the same. */
  readonly name: string;
  /** The estimates that it shows, to go on with in Arquero or Plot. */
  readonly estimates: readonly Estimate[];
  /** What `Plot.plot()` draws it from, to go on with. */
  plot(language: Language, width?: number): PlotOptions;
  /** Its marks alone, to be put on scales of one's own: names as they are read, shares from 0 to 1. */
  marks(language: Language): Markish[];
  /** An SVG document without style or script. */
  svg(language: Language, layout: Layout): string;
  /** What a sighted reader takes from the chart, in a sentence or two. */
  alt(language: Language): string;
  caption(language: Language): Caption;
  table(language: Language): FigureTable;
}

export interface FigureParts extends Omit<Figure, "svg" | "plot"> {
  chart(language: Language, width: number): PlotOptions;
}

/**
 * A figure from its data and its chart.
 *
 * @throws {InputError} If the name does not fit a file name.
 */
export function makeFigure(
  { chart, ...parts }: FigureParts,
  { width: wide = WIDTHS.wide, plot: own = {} }: Looks,
): Figure {
  if (!/^[a-z0-9][a-z0-9_-]{0,119}$/.test(parts.name)) {
    throw new InputError(
      `A figure cannot be named "${parts.name}": a name is a-z, 0-9, "_" and "-", ` +
        `at most 120 characters. Give it another.`,
    );
  }
  const plot = (language: Language, width = wide): PlotOptions => {
    const options = chart(language, width);
    return { ...options, ...own, marks: [...options.marks ?? [], ...own.marks ?? []] };
  };
  const figure: Omit<Figure, keyof typeof parts> = {
    plot,
    svg: (language, layout) =>
      drawChart(plot(language, layout === "wide" ? wide : WIDTHS.narrow), {
        id: `${parts.name}-${layout}-${language}`,
        title: parts.caption(language).title,
        description: parts.alt(language),
      }),
  };
  return Object.assign(Object.create(FIGURE), parts, figure);
}

/** What all figures have in common: how a cell shows one is put here. */
export const FIGURE: object = {};

/** A name made of what a figure shows. */
export function figureName(
  kind: Figure["kind"],
  questions: readonly string[],
  ...others: readonly (string | null | undefined)[]
): string {
  const [first = "none", ...more] = questions;
  return [
    kind,
    first,
    ...(more.length === 0 ? [] : [`and_${more.length}_more`]),
    ...others.filter((other) => other !== null && other !== undefined),
  ].join("-");
}

/**
 * Things in the order asked for. Those that no list names follow in their own.
 *
 * @throws {InputError} For an id that none of them has.
 */
export function ordered<T>(
  things: readonly T[],
  order: Order | undefined,
  idOf: (thing: T) => string,
  shareOf: (thing: T) => number | null,
): T[] {
  if (order === undefined) return [...things];
  if (order === "ascending" || order === "descending") {
    const sign = order === "ascending" ? 1 : -1;
    return things.toSorted((a, b) => sign * ((shareOf(a) ?? -1) - (shareOf(b) ?? -1)));
  }
  const ids = things.map(idOf);
  const unknown = order.find((id) => !ids.includes(id));
  if (unknown !== undefined) {
    throw new InputError(
      `The figure has no "${unknown}" to put in order. It has: ${ids.join(", ")}. Or say ` +
        `"ascending" or "descending".`,
    );
  }
  const place = (id: string) => order.includes(id) ? order.indexOf(id) : order.length;
  return things.toSorted((a, b) => place(idOf(a)) - place(idOf(b)));
}
