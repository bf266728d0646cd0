import type { Caption } from "./caption.ts";

/**
 * A figure as numbers and names in one language, for a program that draws the chart itself and lets
 * its reader edit it: Word, PowerPoint. Plain JSON. What may not be shown is null, and nowhere else.
 */
export interface NativeChart extends NativeData {
  readonly kind: "likert" | "columns" | "comparison";
  /** Fit for a file name. */
  readonly name: string;
  /** What a sighted reader takes from the chart. */
  readonly alt: string;
  readonly caption: Caption;
}

/** What the program draws. */
export interface NativeData {
  /** A line above the plot: the unit, and what else is to be read; may be empty. */
  readonly remark: string;
  /** The names of bars or columns, from above or from the left. A blank one keeps others apart. */
  readonly categories: readonly string[];
  readonly series: readonly NativeSeries[];
  /** Decimals, where the values are no shares but other numbers. */
  readonly digits?: number;
}

/** One value for each category. */
export interface NativeSeries {
  readonly name: string;
  /** Shares, 0 to 1; null where there is none to show. */
  readonly values: readonly (number | null)[];
  /** Of the whole series as `#rrggbb`, or one for each category; "none" is an empty frame. */
  readonly colour: string | readonly string[];
  /** The ends of the intervals, 0 to 1. */
  readonly low?: readonly (number | null)[];
  readonly high?: readonly (number | null)[];
  /** What stands beside each value; by default the value itself. */
  readonly labels?: readonly string[];
  /** Whether it stands apart from those before it: "don't know". */
  readonly apart?: boolean;
}
