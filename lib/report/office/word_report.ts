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
import { estimatePageNumbers, estimatePageNumbersWith } from "docx/layout";
import { briefOf, type Chapter, outlineOf } from "../html/outline.ts";
import { sourceLine } from "../html/render_report.ts";
import type { ReportOptions } from "../html/report_options.ts";
import { texts } from "../../words/catalogue.ts";
import {
  change,
  finishCharts,
  finishFields,
  packageOf,
  partsOf,
  settled,
} from "./finish_package.ts";
import { bookmarkOf, wordContent } from "./word_content.ts";
import { type Base, emptied, lastSection, renamed, templateBase } from "./template.ts";
import { plainDocument, type Running } from "./word_styles.ts";

const TEXT = texts("page");

/** Pixels, of which 96 are an inch, in a twentieth of a point. */
const PX = 1 / 15;

/**
 * The report in Word.
 *
 * @param brief Only the conclusions and the findings behind them.
 * @param template A document that `readTemplate()` has read; its styles, margins and running lines are taken.
 */
export async function wordReport(
  options: ReportOptions,
  brief: boolean,
  template?: Uint8Array,
): Promise<Uint8Array> {
  const all = await outlineOf(options.notebooks, options.language);
  const chapters = brief ? briefOf(all) : all;
  return await wordFile(
    (width, px) => wordContent(chapters, options, contentsOf(chapters, options, width), px),
    options,
    template,
  );
}

/**
 * A document of its content, with the report's styles and running lines or a template's.
 *
 * @param make The content on pages of a width in twentieths of a point, and in px.
 */
export async function wordFile(
  make: (width: number, px: number) => Promise<readonly FileChild[]>,
  options: Omit<ReportOptions, "notebooks" | "languages">,
  template?: Uint8Array,
): Promise<Uint8Array> {
  const { language, title, subtitle, notice } = options;
  const running: Running = { title, notice, source: sourceLine(options) };
  const plain = await plainDocument(language, running);
  const { parts: base, ids }: Base = template === undefined
    ? { parts: plain, ids: new Map() }
    : templateBase(template, plain, language);
  const { section, width } = lastSection(base);
  if (template === undefined) {
    change(base, "word/document.xml", (xml) => emptied(xml, section));
  }
  const written = await patchDocument({
    outputType: "uint8array",
    data: packageOf(base),
    patches: {
      report: {
        type: PatchType.DOCUMENT,
        children: [...await make(width, Math.floor(width * PX))],
      },
    },
    properties: {
      title,
      subject: subtitle ?? "",
      creator: "",
      lastModifiedBy: "",
      description: [notice, running.source].filter(Boolean).join(" "),
    },
  });
  const drawn = partsOf(written);
  change(drawn, "word/document.xml", (xml) => renamed(xml, ids));
  finishCharts(drawn, language);
  finishFields(drawn);
  // The pages can be counted once everything is on them; how large a chart is, the text says.
  const texts = Object.entries(drawn).filter(([path]) =>
    !/^word\/(?:charts|embeddings|media)\//.test(path)
  );
  const paged = await patchDocument({
    outputType: "uint8array",
    data: packageOf(Object.fromEntries(texts)),
    patches: {},
    // Of a template's fonts the widths may not be known.
    pageNumbers: template === undefined
      ? estimatePageNumbers
      : estimatePageNumbersWith({ guess: true }),
  });
  const parts = { ...drawn, ...partsOf(paged) };
  return packageOf(settled(parts, language, options.source.date));
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
