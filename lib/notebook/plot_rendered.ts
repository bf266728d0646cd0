/// <reference lib="dom" />
import type { ColumnTable } from "arquero";
import { shareRow } from "../charts/chart.ts";
import { drawChart } from "../charts/draw_chart.ts";
import { WIDTHS } from "../charts/figure.ts";
import { type NativeChart, type NativeData, nativeData } from "../charts/native_chart.ts";
import { type Language, type Text, translatedAll } from "../responses/language.ts";
import { codebook } from "../responses/study.ts";
import type { Estimate } from "../statistics/estimate.ts";
import { escapeHtml } from "../words/escape_html.ts";
import { intervalTexts, TEXT } from "../words/figure_texts.ts";
import type { Told } from "../words/tell.ts";
import { tooFewSentence } from "../words/too_few.ts";
import { dataTableHtml } from "./data_table.ts";
import { estimateData } from "./estimate_table.ts";
import { numbersHtml, onPaper } from "./figure_rendered.ts";
import type { DataTable } from "./notebook_file.ts";
import { htmlRendered, type Rendered, type Showable, showable } from "./showable.ts";

/** What stands beside a chart of one's own. */
export interface PlottedOptions {
  /** Fit for a file name, unique in the notebook. */
  readonly name: string;
  /** What the chart says, best chosen by a claim; without what it speaks of there is no chart. */
  readonly title: Told;
  /** What a sighted reader takes from it, computed. */
  readonly alt: Text;
  /** Who was asked. */
  readonly base: Text;
  /** The numbers behind it: estimates in an Arquero table, or a table of values per language. */
  readonly table?: ColumnTable | ((language: Language) => DataTable);
}

/**
 * A chart of a notebook's own, drawn with Plot in the cell.
 *
 * @param options What stands beside it.
 * @param draw Makes the Plot figure for a language and a width in px.
 */
export function plotted(
  options: PlottedOptions,
  draw: (language: Language, width: number) => Element,
): Showable {
  const { name, title, alt, base, table } = translatedAll(options);
  return showable((language) => {
    const headline = `<h4 class="headline">${escapeHtml(title[language])}</h4>`;
    const data = typeof table === "function"
      ? table(language)
      : table && estimateData(table, { name, title, base }, language);
    // A table of estimates adds how people count.
    const asked = typeof table === "function" ? base[language] : data?.base ?? base[language];
    const caption = `<p class="base">${escapeHtml(base[language])}</p>`;
    const numbers = data === undefined ? "" : numbersHtml(data, language);
    const tables = data === undefined ? {} : { tables: [data] };
    if (isHidden(table)) {
      const text = tooFewSentence([], [], language);
      const html = `${headline}\n<p>${text}</p>\n`;
      return {
        outputs: [{ "text/html": `${html}${numbers}\n${caption}`, "text/plain": text }],
        part: { html: html + caption, ...tables },
      };
    }
    const svg = (layout: keyof typeof WIDTHS) =>
      drawChart(draw(language, WIDTHS[layout]), {
        id: `${name}-${layout}-${language}`,
        title: title[language],
        description: alt[language],
      });
    const wide = svg("wide");
    return {
      outputs: [
        { "text/html": headline, "text/plain": title[language] },
        { "image/svg+xml": onPaper(wide), "text/plain": alt[language] },
        { "text/html": `${caption}\n${numbers}`, "text/plain": asked },
      ],
      part: {
        html: `<figure class="chart" data-name="${escapeHtml(name)}">${headline}\n` +
          `<div class="wide-only">${wide}</div>\n<div class="narrow-only">${
            svg("narrow")
          }</div>\n` +
          `<figcaption>${caption}</figcaption></figure>`,
        ...data === undefined ? {} : { details: dataTableHtml(data, language) },
        ...tables,
        charts: nativeCharts(table, data, {
          ...{ name, alt: alt[language] },
          caption: {
            ...{ title: title[language], base: base[language] },
            ...{ questions: [], notes: [], details: [] },
          },
        }, language),
      },
    };
  }, title.missing);
}

/**
 * The chart as Word and PowerPoint draw it: estimates with their intervals, by their last words; those
 * before are headings. None where the table holds something else: then the drawing is a picture.
 */
function nativeCharts(
  table: PlottedOptions["table"],
  data: DataTable | undefined,
  chart: Omit<NativeChart, keyof NativeData>,
  language: Language,
): NativeChart[] {
  if (table === undefined || typeof table === "function" || data === undefined) return [];
  const needed = ["share", "low", "high"];
  if (!needed.every((name) => table.columnNames().includes(name))) return [];
  const estimates = table.objects() as Estimate[];
  const named = data.rows.map((cells, index) => {
    const words = cells.filter((_, at) => data.columns[at]?.kind === "text").map(String);
    const found = estimates[index]!;
    const estimate = { ...found, n: found.n ?? NaN, suppressed: !Number.isFinite(found.share) };
    const row = shareRow(words.at(-1) ?? "", estimate, language);
    return { heading: words.slice(0, -1).join(", "), row };
  });
  const sections = [...Map.groupBy(named, ({ heading }) => heading)]
    .map(([heading, all]) => ({ heading, rows: all.map(({ row }) => row) }));
  const interval = intervalTexts(codebook().study.confidence).interval[language];
  const header = TEXT.share[language];
  const drawn = { kind: "comparison", what: chart.alt, header, interval, sections } as const;
  return [{ ...chart, ...nativeData(drawn, language) }];
}

/** Whether none of a table's estimates may be shown: its chart would be axes with nothing between them. */
function isHidden(table: PlottedOptions["table"]): boolean {
  if (table === undefined || typeof table === "function") return false;
  if (!table.columnNames().includes("share")) return false;
  return Array.from(table.array("share")).every((share) => !Number.isFinite(share));
}

/**
 * A Plot figure by itself: its title, the drawing with its legend, and its caption; an image in an
 * editor, a figure in the report.
 */
export function plotRendered(element: Element): Rendered {
  const drawing = element.localName === "svg" || element.querySelector("svg")
    ? drawChart(element)
    : null;
  if (drawing === null) return htmlRendered(element.outerHTML, element.textContent ?? "");
  const textOf = (name: string) => element.querySelector(name)?.textContent ?? "";
  const [title, subtitle, caption] = ["h2", "h3", "figcaption"].map(textOf);
  const above = (title ? `<h4 class="headline">${escapeHtml(title)}</h4>` : "") +
    (subtitle ? `<p class="question">${escapeHtml(subtitle)}</p>` : "");
  const below = caption ? `<p class="base">${escapeHtml(caption)}</p>` : "";
  const text = [title, subtitle, element.getAttribute("aria-label"), caption].filter(Boolean);
  const plain = { "text/plain": text.join("\n") };
  return {
    outputs: [
      ...above ? [{ "text/html": above, ...plain }] : [],
      { "image/svg+xml": onPaper(drawing), ...plain },
      ...below ? [{ "text/html": below, "text/plain": caption }] : [],
    ],
    part: {
      html: `<figure class="chart">${above}${drawing}${
        below ? `<figcaption>${below}</figcaption>` : ""
      }</figure>`,
    },
  };
}
