import { Document, Packer, Paragraph } from "docx";
import { ChartRun } from "docx/charts";
import { strFromU8 } from "fflate";
import { parseFragment } from "parse5";
import pptxgenjs from "pptxgenjs";
import type { NativeChart } from "../../charts/native_chart.ts";
import type { Language } from "../../responses/language.ts";
import { briefOf, outlineOf, type Section } from "../html/outline.ts";
import { elementsOf, hasClass, textOf } from "../html/prepare_markup.ts";
import { sourceLine } from "../html/render_report.ts";
import type { ReportOptions } from "../html/report_options.ts";
import { chartOptions, type ChartSize, heightOf } from "./chart_run.ts";
import {
  change,
  dated,
  finishCharts,
  packageOf,
  type Parts,
  partsOf,
  proofing,
} from "./finish_package.ts";
import { type Drawing, pixelsOf, signsHtml, visible } from "./word_content.ts";
import { ACCENT, INK, MUTED } from "./word_styles.ts";

/** Its types are written for another kind of module than it is. */
const PptxGenJS = pptxgenjs as unknown as typeof pptxgenjs.default;

/** A slide: a finding's headline, and its words or one of its figures. */
interface Slide {
  readonly title: string;
  readonly words: readonly string[];
  /** What became of published statements. */
  readonly signs: string;
  readonly figure: NativeChart | Drawing | null;
}

/** In inches: what every slide has. */
const [LEFT, WIDE] = [0.6, 12.13];
const PLOT = { x: LEFT, y: 1.95, w: WIDE, h: 4.55 };
/** Letters on a slide are so much larger than on a page. */
const SCALE = 1.45;
const PX = 96;

/**
 * The findings as slides for PowerPoint, one each: the headline, a chart that can be edited there and who was
 * asked; base, method and wording stand in the notes.
 */
export async function slides(options: ReportOptions): Promise<Uint8Array> {
  const { language, title, subtitle, notice, brief = false } = options;
  const all = await outlineOf(options.notebooks, language);
  const chapters = brief ? briefOf(all) : all;
  const made = chapters.flatMap((chapter) => [chapter, ...chapter.findings])
    .flatMap((section) => slidesOf(section, language));
  const deck = new PptxGenJS();
  deck.layout = "LAYOUT_WIDE";
  deck.theme = { headFontFace: "Calibri", bodyFontFace: "Calibri" };
  Object.assign(deck, { title, subject: subtitle ?? "", author: "", company: "" });
  const lang = proofing(language);
  const below = [notice, sourceLine(options)].filter(Boolean).join(" ");
  const words = (y: number, h: number, more: pptxgenjs.default.TextPropsOptions) =>
    ({ x: LEFT, y, w: WIDE, h, margin: 0, lang, color: INK, align: "left", ...more }) as const;
  const footer = {
    text: { text: below, options: words(7.05, 0.3, { fontSize: 10, color: MUTED }) },
  };
  const head = (fontSize: number, y: number, h: number) => ({
    placeholder: {
      options: {
        name: "title",
        type: "title" as const,
        ...words(y, h, { fontSize, bold: true, color: ACCENT, valign: "middle" }),
      },
      text: "",
    },
  });
  const body = (y: number, h: number, fontSize: number) => ({
    placeholder: {
      options: { name: "body", type: "body" as const, ...words(y, h, { fontSize, valign: "top" }) },
      text: "",
    },
  });
  const slideNumber = { x: 12.3, y: 7.05, w: 0.5, h: 0.3, fontSize: 10, color: MUTED } as const;
  deck.defineSlideMaster({ title: "FIRST", objects: [head(40, 2.2, 1.2), body(3.5, 2, 20)] });
  deck.defineSlideMaster({
    title: "FINDING",
    objects: [head(24, 0.35, 1.05), body(1.45, 0.45, 14), footer],
    slideNumber,
  });
  deck.defineSlideMaster({
    title: "WORDS",
    objects: [head(24, 0.35, 1.05), body(1.7, 4.8, 20), footer],
    slideNumber,
  });
  const first = deck.addSlide({ masterName: "FIRST" });
  first.addText(title, { placeholder: "title", objectName: "Title", lang });
  first.addText([subtitle, notice, sourceLine(options)].filter(Boolean).join("\n"), {
    placeholder: "body",
    objectName: "Text",
    lang,
  });
  const charts: { readonly chart: NativeChart; readonly size: ChartSize }[] = [];
  for (const { title, words: said, signs, figure } of made) {
    const slide = deck.addSlide({ masterName: figure === null ? "WORDS" : "FINDING" });
    slide.addText(title, { placeholder: "title", objectName: "Title", lang });
    if (figure === null) {
      slide.addText(said.join("\n"), { placeholder: "body", objectName: "Text", lang });
      slide.addNotes([signs, below].filter(Boolean).join("\n"));
      continue;
    }
    const { caption } = figure;
    const [question] = caption.questions.length === 1 ? caption.questions : [];
    slide.addText([caption.title, question].filter(Boolean).join("\n"), {
      placeholder: "body",
      objectName: "Text",
      lang,
    });
    if ("svg" in figure) {
      const [width, height] = figure.size;
      const scale = Math.min(PLOT.w / width, PLOT.h / height);
      const data = `image/png;base64,${(await pixelsOf(figure, 2 * PLOT.w * PX)).toBase64()}`;
      const { x, y } = PLOT;
      slide.addImage({ data, x, y, w: width * scale, h: height * scale, altText: figure.alt });
    } else {
      const size = sizeOf(figure);
      charts.push({ chart: figure, size });
      // What `pptxgenjs` draws is taken out again: of its charts PowerPoint says that they need repair.
      const data = [{ name: "-", labels: ["-"], values: [1] }];
      const place = { ...PLOT, h: size.height / PX };
      slide.addChart(deck.ChartType.bar, data, { ...place, altText: figure.alt });
    }
    const asked = [caption.base, ...caption.notes].join(" ");
    slide.addText(asked, words(6.6, 0.35, { fontSize: 12, color: MUTED }));
    const method = "details" in caption ? caption.details : [];
    slide.addNotes(
      [...said, ...caption.questions, asked, ...method, signs, below].filter(Boolean).join("\n"),
    );
  }
  const written = await deck.write({ outputType: "uint8array" }) as Uint8Array;
  const parts = partsOf(written);
  await replaceCharts(parts, charts, language);
  return packageOf(finished(parts, options));
}

/** As high as the bars need, and as the slide has room for. */
function sizeOf(chart: NativeChart) {
  const most = PLOT.h * PX;
  const scale = Math.min(SCALE, Math.max(0.9, most / heightOf(chart)));
  return { width: PLOT.w * PX, height: Math.min(most, heightOf(chart) * scale), scale };
}

/** One slide for each figure of a finding; without one, its words. */
function slidesOf({ title, blocks, charts, signs: all }: Section, language: Language): Slide[] {
  const left = [...charts];
  const figures: (NativeChart | Drawing)[] = [];
  const seen = blocks.flatMap((block) => elementsOf(parseFragment(visible(block, left, figures))));
  const words = seen.flatMap((element) => {
    if (element.tagName === "td") {
      const cell = elementsOf(element).filter((inside) => inside.tagName === "p").map(textOf);
      return [cell.join(" ")];
    }
    const around = element.parentNode;
    const isCell = around !== null && /^(?:td|li)$/.test(around.nodeName);
    const isText = /^(?:p|li)$/.test(element.tagName) && !hasClass(element, "chart") && !isCell;
    return isText ? [textOf(element)] : [];
  }).filter(Boolean);
  const signs = signsHtml(all, language);
  const slide = { title, words, signs: signs === "" ? "" : textOf(parseFragment(signs)) };
  if (figures.length > 0) return figures.map((figure) => ({ ...slide, figure }));
  return words.length > 0 ? [{ ...slide, figure: null }] : [];
}

/** Puts the charts as Word has them, with their workbooks, in the place of those that are there. */
async function replaceCharts(
  parts: Parts,
  charts: readonly { readonly chart: NativeChart; readonly size: ChartSize }[],
  language: Language,
): Promise<void> {
  const document = new Document({
    sections: [{
      children: charts.map(({ chart, size }) =>
        new Paragraph({ children: [new ChartRun(chartOptions(chart, language, size))] })
      ),
    }],
  });
  const drawn = partsOf(new Uint8Array(await Packer.toBuffer(document)));
  finishCharts(drawn, language);
  const numbers = (among: Parts, folder: string) =>
    Object.keys(among).flatMap((path) =>
      new RegExp(`^${folder}/charts/chart(\\d+)\\.xml$`).exec(path)?.slice(1).map(Number) ?? []
    ).sort((a, b) => a - b);
  const theirs = numbers(drawn, "word");
  for (const [at, number] of numbers(parts, "ppt").entries()) {
    const own = theirs[at];
    const bookOf = (among: Parts, path: string) =>
      /Target="[^"]*embeddings\/([^"]+)"/.exec(strFromU8(among[path]!))![1]!;
    const relations = `ppt/charts/_rels/chart${number}.xml.rels`;
    const name = bookOf(parts, relations);
    const book = bookOf(drawn, `word/charts/_rels/chart${own}.xml.rels`);
    parts[`ppt/embeddings/${name}`] = drawn[`word/embeddings/${book}`]!;
    const [, id] = /<Relationship [^>]*Id="([^"]+)"/.exec(strFromU8(parts[relations]!))!;
    parts[`ppt/charts/chart${number}.xml`] = drawn[`word/charts/chart${own}.xml`]!;
    change(
      parts,
      `ppt/charts/chart${number}.xml`,
      (xml) => xml.replace(/<c:externalData r:id="[^"]*"/, `<c:externalData r:id="${id}"`),
    );
  }
}

/**
 * What `pptxgenjs` leaves to be done: placeholders by which every program knows the title, notes in paragraphs
 * and in their language, the report's date, and no content types of parts that are not there.
 */
function finished(
  parts: Parts,
  { source: { date }, language }: ReportOptions,
): Parts {
  for (const path of Object.keys(parts)) {
    if (/\/slide(?:Layout)?s\/[^/]+\.xml$/.test(path)) {
      change(
        parts,
        path,
        (xml) =>
          xml.replaceAll(/<p:ph\s+idx="\d+"\s+type="title"[^>]*>/g, `<p:ph type="title"/>`)
            .replaceAll(/<p:ph\s+idx="\d+"\s+type="body"[^>]*>/g, `<p:ph type="body" idx="1"/>`),
      );
    }
    if (/\/notesSlides\/[^/]+\.xml$/.test(path)) {
      change(parts, path, (xml) =>
        xml.replaceAll(
          /<a:p><a:r>(<a:rPr[^>]*>)<a:t>([^<]*)<\/a:t><\/a:r>(<a:endParaRPr[^>]*>)<\/a:p>/g,
          (_, run, text, end) =>
            text.split("\n").map((line: string) =>
              `<a:p><a:r>${run}<a:t>${line}</a:t></a:r>${end}</a:p>`
            ).join(""),
        ).replaceAll(`lang="en-US"`, `lang="${proofing(language)}"`));
    }
    if (path.endsWith("/")) delete parts[path];
  }
  change(
    parts,
    "[Content_Types].xml",
    (xml) =>
      xml.replaceAll(
        /<Override [^>]*PartName="\/([^"]+)"[^>]*\/>/g,
        (tag, path) => parts[path] === undefined ? "" : tag,
      ),
  );
  dated(parts, language, date);
  return parts;
}
