import {
  type FileChild,
  InternalHyperlink,
  LeaderType,
  PageReference,
  Paragraph,
  patchDocument,
  PatchType,
  Tab,
  TableOfContents,
  TabStopType,
  TextRun,
} from "docx";
import { estimatePageNumbers } from "docx/layout";
import type { Chapter } from "../html/chapters.ts";
import { briefOf, outlineOf } from "../html/outline.ts";
import { sourceLine } from "../html/render_report.ts";
import type { ReportOptions } from "../html/report_options.ts";
import { TEXT } from "../html/text.ts";
import { change, finishCharts, finishFields, packageOf, partsOf } from "./finish_package.ts";
import { bookmarkOf, wordContent } from "./word_content.ts";
import { plainDocument, type Running, TEXT_WIDTH } from "./word_styles.ts";

/** The report in Word. @param brief Only the conclusions and the findings behind them. */
export async function wordReport(options: ReportOptions, brief: boolean): Promise<Uint8Array> {
  const all = await outlineOf(options.notebooks, options.language);
  const chapters = brief ? briefOf(all) : all;
  const width = 604;
  const content = await wordContent(
    chapters,
    options,
    contentsOf(chapters, options, TEXT_WIDTH),
    width,
  );
  return await wordFile(content, options);
}

/** A document of its content, with the report's styles and running lines. */
export async function wordFile(
  content: readonly FileChild[],
  options: Omit<ReportOptions, "notebooks" | "languages">,
): Promise<Uint8Array> {
  const { language, title, subtitle, notice } = options;
  const running: Running = { title, notice, source: sourceLine(options as ReportOptions) };
  const base = await plainDocument(language, running);
  change(
    base,
    "word/document.xml",
    (xml) =>
      xml.replace(
        /<w:body>(.*?)(<w:sectPr.*<\/w:sectPr>)<\/w:body>/s,
        "<w:body><w:p><w:r><w:t>{{report}}</w:t></w:r></w:p>$2</w:body>",
      ),
  );
  const bytes = await patchDocument({
    outputType: "uint8array",
    data: packageOf(base),
    patches: { report: { type: PatchType.DOCUMENT, children: [...content] } },
    pageNumbers: estimatePageNumbers,
    properties: {
      title,
      subject: subtitle ?? "",
      description: [notice, running.source].filter(Boolean).join(" "),
    },
  });
  const parts = partsOf(bytes);
  finishCharts(parts, language);
  finishFields(parts);
  return packageOf(parts);
}

/** The headings with the pages that they stand on, to be made anew by Word's own "Update". */
function contentsOf(
  chapters: readonly Chapter[],
  { language }: ReportOptions,
  right: number,
): FileChild[] {
  const tabStops = [{ type: TabStopType.RIGHT, position: right, leader: LeaderType.DOT }];
  const entry = (level: 1 | 2, id: string, title: string) =>
    new Paragraph({
      style: `TOC${level}`,
      tabStops,
      children: [
        new InternalHyperlink({
          anchor: bookmarkOf(id),
          children: [
            new TextRun({ children: [title, new Tab()] }),
            new PageReference(bookmarkOf(id), { hyperlink: true }),
          ],
        }),
      ],
    });
  return [
    new Paragraph({ style: "TOCHeading", text: TEXT.contents[language] }),
    new TableOfContents(TEXT.contents[language], {
      hyperlink: true,
      headingStyleRange: "1-2",
      beginDirty: false,
      contentChildren: chapters.flatMap(({ id, number = "", title, findings }) => [
        entry(1, id, `${number} ${title}`.trim()),
        ...findings.map((finding) => entry(2, finding.id, finding.title)),
      ]),
    }),
  ];
}
