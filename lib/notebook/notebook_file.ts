import type { FigureColumn, FigureTable } from "../charts/figure_table.ts";
import type { NativeChart } from "../charts/native_chart.ts";
import type { Language } from "../responses/language.ts";

/**
 * The types of a Jupyter notebook file, nbformat 4.5, as strict as this project writes it.
 *
 * Source: https://nbformat.readthedocs.io/en/latest/format_description.html
 */

/** What one output shows, by MIME type. Text is one string, JSON types are values. */
export type MimeBundle = Readonly<Record<string, unknown>>;

type Metadata = Readonly<Record<string, unknown>>;

interface OfOutput {
  readonly data: MimeBundle;
  readonly metadata: Metadata;
}

export type Output =
  | OfOutput & { readonly output_type: "display_data" }
  | OfOutput & { readonly output_type: "execute_result"; readonly execution_count: number }
  | { readonly output_type: "stream"; readonly name: "stdout" | "stderr"; readonly text: string }
  | {
    readonly output_type: "error";
    readonly ename: string;
    readonly evalue: string;
    readonly traceback: readonly string[];
  };

interface AnyCell {
  readonly id: string;
  readonly metadata: Metadata;
  readonly source: string;
}

export interface CodeCell extends AnyCell {
  readonly cell_type: "code";
  readonly execution_count: number | null;
  readonly outputs: readonly Output[];
}

export interface MarkdownCell extends AnyCell {
  readonly cell_type: "markdown";
  /** Images pasted into the text, by name. */
  readonly attachments?: Metadata;
}

export type Cell = CodeCell | MarkdownCell;

export interface Notebook {
  readonly nbformat: 4;
  readonly nbformat_minor: 5;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly cells: readonly Cell[];
}

/** The MIME type of what the exported report shows in place of an output; never in a committed notebook. */
export const REPORT_MIME = "application/vnd.notebook-report+json";

/** A table as values: what the workbook holds, and what an HTML table is made from. */
export interface DataTable extends FigureTable {
  readonly columns: readonly DataColumn[];
  /** What the numbers of each row are, where rows and not columns tell it. */
  readonly kinds?: readonly DataColumn["kind"][];
}

export interface DataColumn extends FigureColumn {
  /** What stands above the labels of this column and its neighbours. */
  readonly over?: string;
}

/** One language's version of one output, for the exported report. */
export interface ReportPart {
  /** Well-formed HTML (SVG inline), already escaped; "" where the report shows nothing here. */
  readonly html: string;
  /** What proves it, behind the "Details" of its finding; the same kind of HTML. */
  readonly details?: string;
  /** Shown only where its chapter has not shown another part by this name before. */
  readonly once?: string;
  /** What became of published statements, as HTML of a few words each, beside those "Details". */
  readonly signs?: readonly string[];
  /** The tables behind the output, for the workbook. */
  readonly tables?: readonly DataTable[];
  /** The figures in `html`, in its order, for programs that draw their charts themselves. */
  readonly charts?: readonly NativeChart[];
  /** Set where the output is a heading: it becomes part of the report's navigation. */
  readonly heading?: {
    readonly level: 2 | 3;
    /** Unique in the report, the same in every language, fit for a URL fragment. */
    readonly id: string;
    readonly text: string;
  };
}

/** The value behind {@link REPORT_MIME}, by language. */
export type ReportParts = Readonly<Record<string, ReportPart>>;

/** Whether a report leaves a cell out, by its tag `analyst`. No other cell may need what it defines. */
export function isForAnalyst({ metadata }: Pick<CodeCell, "metadata">): boolean {
  const { tags } = metadata as { readonly tags?: unknown };
  return Array.isArray(tags) && tags.includes("analyst");
}

/** One language's version of something shown. */
export interface Rendered {
  /** What an editor shows, one output each; a chart is one, as an image that viewers that clean HTML show. */
  readonly outputs: readonly MimeBundle[];
  /** What the exported report shows instead of them all. */
  readonly part: ReportPart;
}

/** Something that `show()` can show in any language. */
export interface Showable {
  render(language: Language): Rendered;
  /** What it is about, by codebook id, where that was not part of this wave: it is left out then. */
  readonly missing?: readonly string[] | undefined;
}

/** Whether a value knows how to show itself. */
export function isShowable(value: unknown): value is Showable {
  return typeof value === "object" && value !== null && "render" in value &&
    typeof value.render === "function";
}

/** Something to show that is made by a function of the language; a cell's last line shows it, too. */
export class Shown implements Showable {
  /** @param missing What all of it is about that was not part of this wave. */
  constructor(
    readonly render: (language: Language) => Rendered,
    readonly missing: readonly string[] = [],
  ) {}
}

/** HTML that is the same in the editor and in the report, with its plain text. */
export function htmlRendered(html: string, text: string): Rendered {
  return { outputs: [{ "text/html": html, "text/plain": text }], part: { html } };
}
