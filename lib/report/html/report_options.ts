import type { Notebook } from "../../notebook/notebook_file.ts";
import type { Language } from "../../responses/language.ts";

/** An executed notebook and its file name without extension, such as `02_pressure`. */
export interface NamedNotebook {
  readonly name: string;
  readonly notebook: Notebook;
}

/** What a report is made of. All texts are plain text in the report's language. */
export interface ReportOptions {
  /** The language of this file. */
  readonly language: Language;
  /** Every language that is exported in the same run; the files link to each other. */
  readonly languages: readonly Language[];
  readonly title: string;
  readonly subtitle?: string;
  /** What no reader may miss, such as that the data are synthetic. Repeated on every printed page. */
  readonly notice?: string;
  /** Where the data came from. The date is an ISO date, `2024-05-31`. */
  readonly source: {
    readonly file: string;
    readonly sha256: string;
    readonly respondents: number;
    readonly date?: string;
  };
  /** Further facts about this run, such as a subgroup or a base line, as label and value. */
  readonly details?: readonly (readonly [label: string, value: string])[];
  /** Whether only the first chapter is there, and the findings that it links to: a few pages. */
  readonly brief?: boolean;
  /** What the page is: a report by default, or what leads to several. */
  readonly page?: "report" | "index";
  /** Whether a page in the folder above leads to this report. */
  readonly hasIndex?: boolean;
  /** The name of the workbook beside the page. */
  readonly workbook?: string;
  /** In reading order. */
  readonly notebooks: readonly NamedNotebook[];
}

/** The name of a page's file in one language; the files stand side by side. */
export function reportFileName(language: Language, page: "report" | "index" = "report"): string {
  return `${page}.${language}.html`;
}
