import type { Language } from "../../responses/language.ts";
import { renderReport } from "../html/render_report.ts";
import type { ReportOptions } from "../html/report_options.ts";
import { wordReport } from "./word_report.ts";

/** Which documents of a report are wanted, in one language. */
export interface OfficeOptions {
  readonly page: ReportOptions;
  /** Whole, or only the conclusions and the findings behind them; undefined: no Word document. */
  readonly docx?: "full" | "brief";
  /** Whether there are slides. */
  readonly pptx?: boolean;
  /** A Word document whose styles, margins and running lines are taken. */
  readonly template?: Uint8Array;
}

/** The name of a document of the report; it stands beside the page. */
function officeName(language: Language, kind: "docx" | "pptx"): string {
  return `report.${language}.${kind}`;
}

/** A page, and the documents that are wanted beside it, by name. */
export interface PageAndDocuments {
  readonly html: string;
  readonly documents: ReadonlyMap<string, Uint8Array>;
}

/** Makes a page and the documents: they are made of the same chapters, which are put together once. */
export async function pageAndDocuments(
  { page, docx, pptx, template }: OfficeOptions,
): Promise<PageAndDocuments> {
  const html = await renderReport(page);
  const documents = new Map<string, Uint8Array>();
  if (docx !== undefined) {
    const file = await wordReport(page, docx === "brief", template);
    documents.set(officeName(page.language, "docx"), file);
  }
  if (pptx) {
    const { slides } = await import("./slides.ts");
    documents.set(officeName(page.language, "pptx"), await slides(page));
  }
  return { html, documents };
}
