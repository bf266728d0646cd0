import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  type IParagraphStyleOptions,
  type IRunOptions,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Tab,
  TextRun,
} from "docx";
import { palette } from "../../charts/palette.ts";
import type { Language } from "../../responses/language.ts";
import { change, type Parts, partsOf, proofing } from "./finish_package.ts";

/** What stands above and below every page. Plain text. */
export interface Running {
  readonly title: string;
  readonly notice: string | undefined;
  readonly source: string;
}

/** In twentieths of a point: a page, each margin and the text's width. */
const A4 = { width: 11906, height: 16838 };
const MARGIN = 1418;
const TEXT_WIDTH = A4.width - 2 * MARGIN;

/** Those of the page, on paper. */
export const ACCENT = "175873";
export const INK = palette.ink.slice(1);
export const MUTED = palette.muted.slice(1);
const [NOTICE_INK, NOTICE_PAPER] = ["5B3F00", "FDF3D8"];

const style = (
  id: string,
  name: string,
  run: IRunOptions,
  [before, after]: readonly [number, number],
  paragraph: IParagraphStyleOptions["paragraph"] = {},
): IParagraphStyleOptions => ({
  ...{ id, name, run, basedOn: "Normal", next: "Normal", quickFormat: true },
  paragraph: { spacing: { before, after }, ...paragraph },
});

/** Everything that the report looks like: no paragraph has a format of its own. */
const STYLES: readonly IParagraphStyleOptions[] = [
  style("Title", "Title", { size: 52, bold: true, color: ACCENT }, [0, 60]),
  style("Subtitle", "Subtitle", { size: 26, color: MUTED }, [0, 240]),
  style("Heading1", "heading 1", { size: 34, bold: true, color: ACCENT }, [480, 120], {
    ...{ keepNext: true, keepLines: true, outlineLevel: 0 },
  }),
  style("Heading2", "heading 2", { size: 25, bold: true, color: INK }, [320, 100], {
    ...{ keepNext: true, keepLines: true, outlineLevel: 1 },
  }),
  style("TOCHeading", "TOC Heading", { size: 25, bold: true, color: ACCENT }, [240, 80], {
    keepNext: true,
  }),
  style("TOC1", "toc 1", { bold: true }, [120, 0]),
  style("TOC2", "toc 2", {}, [20, 0], { indent: { left: 240 } }),
  style("Caption", "caption", { bold: true, color: INK }, [200, 40], { keepNext: true }),
  style("Header", "header", { size: 17, color: MUTED }, [0, 0]),
  style("Footer", "footer", { size: 17, color: MUTED }, [0, 0], { rightTabStop: TEXT_WIDTH }),
  style("Notice", "Survey Notice", { color: NOTICE_INK }, [0, 240], {
    shading: { fill: NOTICE_PAPER },
    border: { left: { style: BorderStyle.SINGLE, size: 24, space: 6, color: "E3B64A" } },
  }),
  style("Lead", "Survey Lead", { size: 24 }, [0, 160]),
  style("SurveyQuestion", "Survey Question", { italics: true, color: MUTED }, [0, 40], {
    keepNext: true,
  }),
  style("ReportChart", "Survey Chart", {}, [0, 0], { keepNext: true }),
  style("SurveyBase", "Survey Base", { size: 18, color: MUTED }, [0, 160]),
  style("SurveyNote", "Survey Note", { size: 18, color: MUTED }, [0, 100]),
  style("SurveyNumber", "Survey Number", {}, [30, 30], { alignment: AlignmentType.RIGHT }),
  style("SurveyCell", "Survey Cell", {}, [30, 30]),
  style("KeyValue", "Survey Key Figure", { size: 48, bold: true, color: ACCENT }, [60, 0]),
  style("KeyLabel", "Survey Key Label", { size: 19 }, [0, 40]),
];

const rule = (side: string) =>
  `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="${
    palette.grid.slice(1).toUpperCase()
  }"/>`;

/** Tables: `docx` has no table styles. */
const TABLE_STYLES = [
  tableStyle("SurveyTable", "Survey Table", ["top", "bottom", "insideH"], [80, 80]) +
  `<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>`,
  tableStyle("SurveyFacts", "Survey Facts", ["top", "bottom", "insideH"], [80, 80]) + "</w:style>",
  tableStyle("SurveyKeyFigures", "Survey Key Figures", ["top", "bottom"], [0, 160]) + "</w:style>",
].join("");

function tableStyle(
  id: string,
  name: string,
  rules: readonly string[],
  [left, right]: readonly [number, number],
): string {
  return `<w:style w:type="table" w:customStyle="1" w:styleId="${id}"><w:name w:val="${name}"/>` +
    `<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:tblPr><w:tblBorders>` +
    `${rules.map(rule).join("")}</w:tblBorders><w:tblCellMar><w:left w:w="${left}" w:type="dxa"/>` +
    `<w:right w:w="${right}" w:type="dxa"/></w:tblCellMar></w:tblPr>`;
}

/** An empty document with the report's styles, its running lines and A4 pages. */
export async function plainDocument(language: Language, running: Running): Promise<Parts> {
  const document = new Document({
    styles: {
      default: {
        document: {
          run: {
            font: { theme: "body" },
            size: 21,
            color: INK,
            language: { value: proofing(language) },
          },
          paragraph: { spacing: { after: 120, line: 269, lineRule: LineRuleType.AUTO } },
        },
      },
      paragraphStyles: STYLES,
    },
    sections: [{
      properties: {
        page: {
          size: A4,
          margin: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN },
        },
      },
      headers: {
        default: new Header({
          children: [new Paragraph({ style: "Header", text: running.title })],
        }),
      },
      footers: {
        default: new Footer({
          children: [
            ...running.notice === undefined
              ? []
              : [new Paragraph({ style: "Footer", text: running.notice })],
            new Paragraph({
              style: "Footer",
              children: [
                new TextRun(running.source),
                new TextRun({ children: [new Tab()] }),
                new TextRun({ children: [PageNumber.CURRENT, " / ", PageNumber.TOTAL_PAGES] }),
              ],
            }),
          ],
        }),
      },
      children: [],
    }],
  });
  const parts = partsOf(new Uint8Array(await Packer.toBuffer(document)));
  change(
    parts,
    "word/styles.xml",
    (xml) => xml.replace("</w:styles>", `${TABLE_STYLES}</w:styles>`),
  );
  return parts;
}
