import { InputError } from "../responses/input_error.ts";
import type { Codebook } from "../responses/codebook.ts";
import type { Language, Text } from "../responses/language.ts";
import type { Estimate } from "../statistics/estimate.ts";
import { fullStop, spreadInWords } from "../words/figure_texts.ts";
import { type Caption, captionOf, type CaptionOptions } from "./caption.ts";
import { type Chart, chartMarks, chartOptions, type ChartRow } from "./chart.ts";
import { drawChart } from "./draw_chart.ts";
import { type FigureTable, figureTable } from "./figure_table.ts";
import { type NativeChart, nativeData } from "./native_chart.ts";
import type { Colours } from "./palette.ts";
import type { Markish, PlotOptions } from "./plot.ts";

/** Drawn for a page of about 760 px, or for a telephone of about 360. */
export type Layout = "wide" | "narrow";

export const WIDTHS = { wide: 760, narrow: 360 } as const;

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

type Order = readonly string[] | "ascending" | "descending";

/** A chart with everything that goes with it, in every language. */
export interface Figure {
  /** Fit for a file name; the same questions, group and set always give the same. */
  readonly name: string;
  /** The estimates that it shows, to go on with in Arquero or Plot. */
  readonly estimates: readonly Estimate[];
  /** Its questions, where none of them was part of this wave: it is left out then. */
  readonly missing?: readonly string[];
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
  /** Its numbers for Word and PowerPoint, which draw the chart themselves. */
  native(language: Language): NativeChart;
}

/** What a kind of figure adds to its estimates. */
interface FigureParts {
  readonly name: string;
  readonly codebook: Codebook;
  readonly estimates: readonly Estimate[];
  chart(language: Language): Chart;
  /** Remarks that come with the kind of figure. */
  readonly notes?: readonly Text[];
  /** Remarks on what only the drawing has. */
  readonly drawn?: readonly Text[];
  /** Where the caption or the table is not that of any estimates. */
  caption?(language: Language): Caption;
  table?(language: Language): Omit<FigureTable, "name" | "title">;
}

/**
 * A figure from its data and its chart.
 *
 * @throws {InputError} If the name does not fit a file name.
 */
export function makeFigure(
  { chart, codebook, notes, drawn = [], table, ...parts }: FigureParts,
  options: CaptionOptions & Looks,
): Figure {
  const { width: wide = WIDTHS.wide, plot: own = {}, changeOf } = options;
  const { estimates, name } = parts;
  if (!/^[a-z0-9][a-z0-9_-]{0,119}$/.test(name)) {
    throw new InputError(
      `A figure cannot be named "${name}": a name is a-z, 0-9, "_" and "-", ` +
        `at most 120 characters. Give it another.`,
    );
  }
  const inProgram = parts.caption ??
    ((language: Language) => captionOf(estimates, codebook, language, options, notes));
  const figure: Figure = {
    name,
    estimates,
    plot(language, width = wide) {
      const options = chartOptions(chart(language), language, width);
      return { ...options, ...own, marks: [...options.marks ?? [], ...own.marks ?? []] };
    },
    marks(language) {
      const { kind, sections } = chart(language);
      const rows = sections.flatMap(({ rows }) => rows.map((row) => ({ ...row, y: row.label })));
      return chartMarks(kind, rows);
    },
    svg: (language, layout) =>
      drawChart(figure.plot(language, layout === "wide" ? wide : WIDTHS.narrow), {
        id: `${name}-${layout}-${language}`,
        title: figure.caption(language).title,
        description: figure.alt(language),
      }),
    alt(language) {
      const { kind, what, sections } = chart(language);
      // Among answers that are hidden there may be a more common one.
      const isOpen = (rows: readonly ChartRow[]) =>
        kind !== "columns" || rows.every(({ missing }) => missing === undefined);
      const said = sections.map(({ heading, rows }) =>
        (heading === "" ? "" : `${heading} – `) +
        rows.map(({ label, said, aside }) => `${label}: ${said}${aside}`).join("; ") +
        (isOpen(rows) ? spreadInWords(rows, language) : "")
      );
      return [what, ...said].map(fullStop).join(" ");
    },
    caption(language) {
      const caption = inProgram(language);
      return { ...caption, notes: [...caption.notes, ...drawn.map((note) => note[language])] };
    },
    table(language) {
      const { title } = figure.caption(language);
      const told = table?.(language) ?? figureTable(estimates, codebook, language, changeOf);
      return { name, title, ...told };
    },
    native: (language) => ({
      ...{ name, alt: figure.alt(language), caption: inProgram(language) },
      ...nativeData(chart(language), language),
    }),
  };
  return Object.assign(Object.create(FIGURE), figure);
}

/** What all figures have in common: how a cell shows one is put here. */
export const FIGURE: object = {};

/** A name made of what a figure shows. */
export function figureName(
  kind: Chart["kind"],
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
