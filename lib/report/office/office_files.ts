import type { Language } from "../../responses/language.ts";
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
export function officeName(language: Language, kind: "docx" | "pptx"): string {
  return `report.${language}.${kind}`;
}

/** The documents that are wanted, by name. */
export async function officeFiles(
  { page, docx, pptx, template }: OfficeOptions,
): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  if (docx !== undefined) {
    files.set(
      officeName(page.language, "docx"),
      await wordReport(page, docx === "brief", template),
    );
  }
  if (pptx) {
    const { slides } = await import("./slides.ts");
    files.set(officeName(page.language, "pptx"), await slides(page));
  }
  return files;
}
