import type { Language } from "../responses/language.ts";
import type { Estimate } from "../statistics/estimate.ts";

/** Drawn for a page of about 760 px, or for a telephone of about 360. */
export type Layout = "wide" | "narrow";

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
  /** An SVG document without style or script; see drawScene() for its classes. */
  svg(language: Language, layout: Layout): string;
  /** What a sighted reader takes from the chart, in a sentence or two. */
  alt(language: Language): string;
  caption(language: Language): Caption;
  table(language: Language): FigureTable;
}
