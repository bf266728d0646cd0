import { type FileChild, ImageRun, Paragraph, SimpleField, TextRun } from "docx";
import { ChartRun } from "docx/charts";
import { htmlToContent } from "docx/html";
import { type DefaultTreeAdapterTypes as Tree, parseFragment, serialize } from "parse5";
import type { Caption } from "../../charts/caption.ts";
import type { NativeChart } from "../../charts/native_chart.ts";
import type { Language } from "../../responses/language.ts";
import { texts } from "../../words/catalogue.ts";
import { escapeHtml } from "../../words/prose.ts";
import type { Chapter, Section } from "../html/outline.ts";
import {
  attributeOf,
  childrenOf,
  elementsOf,
  hasClass,
  isElement,
  replaceNode,
  setAttribute,
  SVG,
  textOf,
} from "../html/prepare_markup.ts";
import { renderColophon, renderMasthead } from "../html/render_report.ts";
import type { ReportOptions } from "../html/report_options.ts";
import { chartOptions } from "./chart_run.ts";

const TEXT = texts("page");

/** The style of each kind of element. */
const STYLE_OF = {
  h1: "Title",
  h2: "Heading1",
  h3: "Heading2",
  "p.subtitle": "Subtitle",
  "p.notice": "Notice",
  "p.lead": "Lead",
  "p.headline": "Caption",
  "p.question": "SurveyQuestion",
  "p.base": "SurveyBase",
  "p.note": "SurveyNote",
  "p.contents": "ReportContents",
  "p.chart": "ReportChart",
  "p.number": "SurveyNumber",
  "p.cell": "SurveyCell",
  "p.value": "KeyValue",
  "p.label": "KeyLabel",
  table: "SurveyTable",
  "table.facts": "SurveyFacts",
  "table.key-figures": "SurveyKeyFigures",
} as const;

/** What a browser does to elements by itself and the styles do here. */
const PLAIN = `code { font-family: inherit } figure { margin: 0 }`;

/** What a page shows only when asked to, or in another width. */
const UNSEEN = ["notes", "narrow-only", "anchor", "meter", "signs"];

/** Where the contents are to stand: links to all headings, since those that none leads to get no bookmark. */
function contentsHtml(chapters: readonly Chapter[]): string {
  if (chapters.length < 2) return "";
  const links = chapters.flatMap((chapter) => [chapter, ...chapter.findings])
    .map(({ id }) => `<a href="#${escapeHtml(id)}">-</a>`);
  return `<p class="contents">${links.join("")}</p>`;
}

/** The name of a heading's bookmark, as `htmlToContent()` makes it of an id. */
export function bookmarkOf(id: string): string {
  const name = id.replaceAll(/\W/g, "_");
  return (/^[A-Za-z]/.test(name) ? name : `_${name}`).slice(0, 40);
}

/** A figure of a notebook's own: a picture with the words around it. */
export interface Drawing {
  readonly svg: string;
  readonly alt: string;
  /** px. */
  readonly size: readonly [width: number, height: number];
  readonly caption: Pick<Caption, "title" | "questions" | "base" | "notes">;
}

/**
 * What a reader of the page sees without a click, as paragraphs, tables and charts.
 *
 * @param chapters Those of the report, whole or in short.
 * @param options The words around them.
 * @param contents What stands in the place of the contents.
 * @param width px of the text.
 */
export async function wordContent(
  chapters: readonly Chapter[],
  options: ReportOptions,
  contents: readonly FileChild[],
  width: number,
): Promise<FileChild[]> {
  const { language } = options;
  // What stands beside the page does not travel with a document.
  const { workbook: _, hasIndex: _hasIndex, ...words } = options;
  const figures: (NativeChart | Drawing)[] = [];
  const html = [
    visible(renderMasthead(words), [], figures),
    contentsHtml(chapters),
    ...chapters.flatMap((chapter) => [
      heading("h2", chapter, chapter.number === undefined ? "" : `${chapter.number} `),
      ...sectionHtml(chapter, language, figures),
      ...chapter.findings.flatMap((finding) => [
        heading("h3", finding),
        ...sectionHtml(finding, language, figures),
      ]),
    ]),
    visible(renderColophon(words), [], figures),
  ].join("\n");
  const blocks = htmlToContent(html, {
    styleMap: STYLE_OF,
    stylesheet: PLAIN,
    maxImageWidth: width,
  });
  const content: FileChild[] = [];
  let [placed, numbered] = [0, 0];
  for (const block of blocks) {
    const style = styleOf(block);
    const figure = style === STYLE_OF["p.chart"] ? figures[placed++] : undefined;
    if (style === STYLE_OF["p.contents"]) content.push(...contents);
    else if (figure === undefined) content.push(block);
    else {
      const number = figure.caption.title === "" ? null : ++numbered;
      content.push(...await figureParagraphs(figure, language, width, number));
    }
  }
  return content;
}

/**
 * A figure between its caption and who was asked.
 *
 * @param number Null: it has no caption.
 */
export async function figureParagraphs(
  figure: NativeChart | Drawing,
  language: Language,
  width: number,
  number: number | null,
): Promise<Paragraph[]> {
  const { title, questions, base, notes } = figure.caption;
  const [question] = questions.length === 1 ? questions : [];
  const below = [base, ...notes].join(" ").trim();
  const name = TEXT.figure[language];
  return [
    ...number === null ? [] : [
      new Paragraph({
        style: "Caption",
        keepNext: true,
        children: [
          new TextRun(`${name} `),
          new SimpleField(`SEQ ${name} \\* ARABIC`, `${number}`),
          new TextRun(`. ${title}`),
        ],
      }),
    ],
    ...question === undefined ? [] : [new Paragraph({ style: "SurveyQuestion", text: question })],
    new Paragraph({
      style: "ReportChart",
      children: [
        "svg" in figure
          ? await pictureRun(figure, width)
          : new ChartRun(chartOptions(figure, language, { width })),
      ],
    }),
    ...below === "" ? [] : [new Paragraph({ style: "SurveyBase", text: below })],
  ];
}

/** A drawing as a picture of so many pixels' width; what makes it is loaded when it is needed. */
export async function pixelsOf({ svg }: Drawing, width: number): Promise<Uint8Array> {
  const { Resvg } = await import("@resvg/resvg-js");
  return new Uint8Array(
    new Resvg(svg, { fitTo: { mode: "width", value: width } }).render().asPng(),
  );
}

/** A drawing, with its pixels for programs that read no SVG. */
async function pictureRun(drawing: Drawing, most: number): Promise<ImageRun> {
  const { svg, alt, size, caption } = drawing;
  const [width, height] = size;
  const scale = Math.min(1, most / width);
  return new ImageRun({
    type: "svg",
    data: new TextEncoder().encode(svg),
    fallback: { type: "png", data: await pixelsOf(drawing, 2 * most) },
    transformation: { width: Math.round(width * scale), height: Math.round(height * scale) },
    altText: { name: caption.title || alt, title: caption.title, description: alt },
  });
}

function heading(tag: "h2" | "h3", { id, title }: Section, before = ""): string {
  return `<${tag} id="${escapeHtml(id)}">${escapeHtml(before + title)}</${tag}>`;
}

function sectionHtml(
  { blocks, charts, signs }: Section,
  language: Language,
  figures: (NativeChart | Drawing)[],
): string[] {
  const left = [...charts];
  return [...blocks.map((block) => visible(block, left, figures)), signsHtml(signs, language)];
}

/** What became of published statements, which on the page stands beside the word for what is behind it. */
export function signsHtml(signs: Section["signs"], language: Language): string {
  const all = [...signs].join(" ").replaceAll("</span> <span", "</span>, <span");
  return all === "" ? "" : `<p class="note">${TEXT.details[language]}: ${all}</p>`;
}

/**
 * What is seen of a piece of the page, in the elements that `htmlToContent()` knows.
 *
 * @param left The section's charts that have not had their place; those that have are taken out.
 * @param figures The document's, in order; those of this piece are added, and a mark is left for each.
 */
export function visible(
  html: string,
  left: NativeChart[],
  figures: (NativeChart | Drawing)[],
): string {
  const fragment = parseFragment(html);
  for (const element of elementsOf(fragment)) {
    if (UNSEEN.some((name) => hasClass(element, name)) || element.tagName === "details") {
      replaceNode(element, []);
    }
  }
  for (const element of elementsOf(fragment)) {
    if (element.parentNode === null) continue;
    if (element.tagName === "figure" || element.tagName === "svg") {
      const name = attributeOf(element, "data-name");
      const figure = name !== undefined && left[0]?.name === name ? left.shift() : drawing(element);
      if (figure !== undefined) {
        figures.push(figure);
        replaceNode(element, parsed(`<p class="chart">-</p>`));
        for (const inside of elementsOf(element)) inside.parentNode = null;
      }
    }
    if (hasClass(element, "headline")) rename(element, "p");
    if (hasClass(element, "key-figures")) {
      rename(element, "table");
      const cells = childrenOf(element).filter(isElement);
      for (const cell of cells) rename(cell, "td");
      const row = elementsOf(parsed("<table><tr></tr></table>")[0]!).at(-1)!;
      moveInto(row, cells);
      moveInto(element, [row]);
    }
    if (element.tagName === "dl") rename(element, "table");
    // A head's bold type is the table style's.
    if (/^(?:th|dt|dd)$/.test(element.tagName)) rename(element, "td");
    if (element.tagName === "td") inParagraph(element);
    if (element.tagName === "caption") captionBefore(element);
  }
  for (const element of elementsOf(fragment)) {
    if (element.tagName === "div" && element.parentNode?.nodeName === "table") {
      rename(element, "tr");
    }
  }
  return serialize(fragment);
}

function parsed(html: string): Tree.ChildNode[] {
  return [...parseFragment(html).childNodes];
}

function rename(element: Tree.Element, tag: string): void {
  element.tagName = tag;
  element.nodeName = tag;
}

/** A cell's text as a paragraph that has a style. */
function inParagraph(cell: Tree.Element): void {
  if (childrenOf(cell).some((child) => isElement(child) && child.tagName === "p")) return;
  const [paragraph] = parsed(`<p class="${hasClass(cell, "num") ? "number" : "cell"}"></p>`);
  moveInto(paragraph as Tree.Element, cell.childNodes);
  moveInto(cell, [paragraph!]);
}

function moveInto(parent: Tree.Element, children: readonly Tree.ChildNode[]): void {
  parent.childNodes = [...children];
  for (const child of children) child.parentNode = parent;
}

/** A table's title as a paragraph before it. */
function captionBefore(caption: Tree.Element): void {
  const table = caption.parentNode as Tree.Element;
  const [title] = parsed(`<p class="headline">${escapeHtml(textOf(caption))}</p>`);
  replaceNode(caption, []);
  replaceNode(table, [title!, table]);
}

/** A figure that no other program draws, or a drawing by itself; undefined where there is none in it. */
function drawing(element: Tree.Element): Drawing | undefined {
  const inside = elementsOf(element);
  const svg = [element, ...inside].find(({ tagName }) => tagName === "svg");
  if (svg === undefined) return undefined;
  const textsOf = (fits: (element: Tree.Element) => boolean) => inside.filter(fits).map(textOf);
  const [, , width = 600, height = 400] = (attributeOf(svg, "viewBox") ?? "").split(/\s+/).map(
    Number,
  );
  if (attributeOf(svg, "xmlns") === undefined) setAttribute(svg, "xmlns", SVG);
  return {
    svg: serialize({ ...parseFragment(""), childNodes: [svg] }).replaceAll(
      /font-family="[^"]*"/g,
      `font-family="Segoe UI, Helvetica Neue, Carlito, Liberation Sans, DejaVu Sans, Arial, sans-serif"`,
    ),
    alt: textsOf(({ tagName }) => tagName === "title" || tagName === "desc").join(". "),
    size: [width, height],
    caption: {
      title: textsOf((one) => hasClass(one, "headline")).join(" "),
      questions: textsOf((one) => hasClass(one, "question")),
      base: textsOf((one) => hasClass(one, "base")).join(" "),
      notes: [],
    },
  };
}

/** The style of a paragraph; `docx` keeps it to itself until it writes it. */
function styleOf(block: FileChild): string | undefined {
  if (!(block instanceof Paragraph)) return undefined;
  return /"w:pStyle","root":\[\{"rootKey":"_attr","root":\{"val":\{"key":"w:val","value":"(\w+)"/
    .exec(JSON.stringify(block))?.[1];
}
