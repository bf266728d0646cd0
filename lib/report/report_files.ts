import { renderReport } from "./html/render_report.ts";
import { reportFileName, type ReportOptions } from "./html/report_options.ts";

/** A page of a report, and which documents are wanted beside it, in one language. */
export interface WantedFiles extends WantedDocuments {
  readonly page: ReportOptions;
}

/** Which documents are wanted. */
export interface WantedDocuments {
  /** Whole, or only the conclusions and the findings behind them; undefined: no Word document. */
  readonly docx?: "full" | "brief" | undefined;
  /** Whether there are slides. */
  readonly pptx?: boolean;
  /** A Word document whose styles, margins and running lines are taken. */
  readonly template?: Uint8Array | undefined;
}

/** Makes a page and the documents, by the names by which they stand side by side. */
export async function reportFiles(
  { page, docx, pptx, template }: WantedFiles,
): Promise<Map<string, string | Uint8Array>> {
  const { language } = page;
  const files = new Map<string, string | Uint8Array>();
  files.set(reportFileName(language, page.page), await renderReport(page));
  // What makes documents is large, and loaded where one is wanted.
  if (docx !== undefined) {
    const { wordReport } = await import("./office/word_report.ts");
    files.set(`report.${language}.docx`, await wordReport(page, docx === "brief", template));
  }
  if (pptx) {
    const { slides } = await import("./office/slides.ts");
    files.set(`report.${language}.pptx`, await slides(page));
  }
  return files;
}
