import type { Language } from "../responses/language.ts";
import { baseSize, TEXT } from "../words/figure_texts.ts";
import { words } from "../words/message.ts";
import type { Caption } from "./caption.ts";
import type { Chart, ChartRow } from "./chart.ts";
import { palette } from "./palette.ts";

/**
 * A figure as numbers and names in one language, for a program that draws the chart itself and lets
 * its reader edit it: Word, PowerPoint. Plain JSON. What may not be shown is null, and nowhere else.
 */
export interface NativeChart extends NativeData {
  /** Fit for a file name. */
  readonly name: string;
  /** What a sighted reader takes from the chart. */
  readonly alt: string;
  readonly caption: Caption;
}

/** What the program draws: stacked bars, or bars with their intervals. */
interface NativeData {
  readonly kind: "likert" | "comparison";
  /** A line above the plot: the unit, and what else is to be read; may be empty. */
  readonly remark: string;
  /** The names of bars, from above. */
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

/** A chart's numbers and names; a heading is a name without a bar. */
export function nativeData(
  { kind, sections, header, interval, answers = [], digits }: Chart,
  language: Language,
): NativeData {
  const rows: readonly (ChartRow | string)[] = sections.flatMap(({ heading, rows }) => [
    ...heading === "" || kind === "likert" ? [] : [heading],
    ...rows,
  ]);
  const bases = rows.flatMap((row) => typeof row === "string" ? [] : [row.n]);
  const differ = new Set(bases).size > 1;
  const nameOf = (row: ChartRow | string) => {
    if (typeof row === "string") return row;
    const base = differ && !Number.isNaN(row.n) ? ` (${baseSize(row.n, language)})` : "";
    const beside = row.missing ?? (kind === "likert" ? row.value : "");
    return row.label + base + (beside === "" ? "" : `: ${beside}`);
  };
  const common = { categories: rows.map(nameOf), ...digits !== undefined && { digits } };
  const valuesOf = (value: (row: ChartRow) => number | null | undefined) =>
    rows.map((row) =>
      typeof row === "string" || row.missing !== undefined ? null : value(row) ?? null
    );
  if (kind === "likert") {
    const unit = TEXT.inPercent[language];
    return {
      kind,
      ...common,
      remark: header === "" ? unit : words("native.beside", language, { unit, set: header }),
      series: answers.map(({ id, ...answer }) => ({
        ...answer,
        values: valuesOf(({ parts }) => parts?.find((part) => part.id === id)?.share),
        ...answer.colour === "none" && { labels: rows.map(() => TEXT.hidden[language]) },
      })),
    };
  }
  const ends = interval !== undefined && {
    low: valuesOf(({ low }) => low),
    high: valuesOf(({ high }) => high),
  };
  return {
    kind: "comparison",
    ...common,
    remark: interval === undefined ? header : `${header} (${interval})`,
    series: [{
      name: header,
      colour: rows.map((row) =>
        typeof row === "string" ? palette.accent : row.colour ?? palette.accent
      ),
      values: valuesOf(({ number }) => number),
      ...ends,
      labels: rows.map((row) =>
        typeof row === "string" || row.missing !== undefined
          ? ""
          : row.value + (interval === undefined ? "" : `\u00a0(${row.interval})`)
      ),
    }],
  };
}
