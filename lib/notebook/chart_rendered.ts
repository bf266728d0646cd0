/// <reference lib="dom" />
import type { ColumnTable } from "arquero";
import { shareRow } from "../charts/chart.ts";
import { drawChart } from "../charts/draw_chart.ts";
import { type Figure, WIDTHS } from "../charts/figure.ts";
import { type NativeChart, nativeData } from "../charts/native_chart.ts";
import { type Language, type Text, translatedAll } from "../responses/language.ts";
import { codebook } from "../responses/study.ts";
import type { Estimate } from "../statistics/estimate.ts";
import type { Told } from "../words/claims.ts";
import { intervalTexts, TEXT } from "../words/figure_texts.ts";
import { ownText } from "../words/message.ts";
import { escapeHtml } from "../words/prose.ts";
import { tooFewSentence } from "../words/value.ts";
import { dataTableHtml, estimateData, type TableOptions } from "./data_table.ts";
import {
  type DataTable,
  htmlRendered,
  type Rendered,
  type Showable,
  Shown,
} from "./notebook_file.ts";

const NUMBERS = ownText("figure_as_table");

/** What a chart is shown with, as HTML. */
interface Drawn {
  readonly name?: string;
  /** Above the drawing. */
  readonly head: string;
  readonly wide: string;
  readonly narrow?: string;
  readonly caption: string;
}

/** A chart in the report: one `<figure>` with a drawing for wide and one for narrow windows. */
function figureHtml({ name, head, wide, narrow, caption }: Drawn): string {
  const drawing = narrow === undefined
    ? wide
    : `<div class="wide-only">${wide}</div>\n<div class="narrow-only">${narrow}</div>`;
  const named = name === undefined ? "" : ` data-name="${escapeHtml(name)}"`;
  const below = caption === "" ? "" : `<figcaption>${caption}</figcaption>`;
  return `<figure class="chart"${named}>${head}\n${drawing}\n${below}</figure>`;
}

function paragraph(kind: string, text: string): string {
  return text === "" ? "" : `<p class="${kind}">${escapeHtml(text)}</p>`;
}

function headline(title: string): string {
  return title === "" ? "" : `<h4 class="headline">${escapeHtml(title)}</h4>`;
}

/** The numbers of a chart as a table, one click away. */
function numbersHtml(table: DataTable, language: Language): string {
  return `<details class="data-table"><summary>${NUMBERS[language]}</summary>\n` +
    `${dataTableHtml(table, language)}</details>`;
}

/** A drawing by itself: no wider than the pane, on white, since a dark editor shows it on its own colour. */
function onPaper(svg: string): string {
  const [x = "0", y = "0"] = /viewBox="(\S+) (\S+)/.exec(svg)?.slice(1) ?? [];
  return svg.replace(/^<svg[^>]*>/, (root) => {
    const width = /\swidth="([^"]+)"/.exec(root)?.[1] ?? "100%";
    const fitted = root.replace(/\s(?:width|height)="[^"]*"/g, "")
      .replace(/>$/, ` style="width:${width}px;max-width:100%;height:auto">`);
    return `${fitted}<rect x="${x}" y="${y}" width="100%" height="100%" fill="#fff"/>`;
  });
}

/** A figure as outputs: its title, the drawing as an image of its own, then its caption and its table. */
export function figureRendered(figure: Figure, language: Language): Rendered {
  const { name } = figure;
  const wide = figure.svg(language, "wide");
  const { title, questions, base, notes, details } = figure.caption(language);
  const table = figure.table(language);
  const asked = `<p class="question">${questions.map(escapeHtml).join("<br>")}</p>`;
  const caption = `<p class="base">${[base, ...notes].map(escapeHtml).join(" ")}</p>`;
  const counted = details.map((note) => paragraph("note", note)).join("");
  // Several questions are named in the drawing; their wording is a thing to look up.
  const [above, behind] = questions.length > 1 ? ["", asked] : [asked, ""];
  const narrow = figure.svg(language, "narrow");
  return {
    outputs: [
      {
        "text/html": `${headline(title)}\n${asked}`,
        "text/plain": [title, ...questions].join("\n"),
      },
      { "image/svg+xml": onPaper(wide), "text/plain": figure.alt(language) },
      {
        "text/html": `${caption}${counted}\n${numbersHtml(table, language)}`,
        "text/plain": [base, ...notes, ...details].join("\n"),
      },
    ],
    part: {
      html: figureHtml({ name, head: headline(title) + above, wide, narrow, caption }),
      details: `${behind}${dataTableHtml(table, language)}${counted}`,
      tables: [table],
      charts: [figure.native(language)],
    },
  };
}

/** What stands beside a chart of one's own. */
interface PlottedOptions extends TableOptions {
  /** What the chart says, best chosen by a claim; without what it speaks of there is no chart. */
  readonly title: Told;
  /** What a sighted reader takes from it, computed. */
  readonly alt: Text;
  /** The numbers behind it: estimates in an Arquero table, or a table of values per language. */
  readonly table?: ColumnTable | ((language: Language) => DataTable);
}

/**
 * A chart of a notebook's own.
 *
 * @param draw Makes the Plot figure for a language and a width in px.
 */
export function plotted(
  options: PlottedOptions,
  draw: (language: Language, width: number) => Element,
): Showable {
  const { name, title, alt, base, table } = translatedAll(options);
  const estimates = typeof table === "function" ? undefined : table;
  const dataOf = typeof table === "function"
    ? table
    : table && estimateData(table, { name, title, base });
  return new Shown((language) => {
    const data = dataOf?.(language);
    const head = headline(title[language]);
    const caption = paragraph("base", base[language]);
    const numbers = data === undefined ? "" : numbersHtml(data, language);
    const tables = data === undefined ? {} : { tables: [data] };
    // Where none of the estimates may be shown the chart would be axes with nothing between them.
    const isHidden = estimates?.columnNames().includes("share") &&
      Array.from(estimates.array("share")).every((share) => !Number.isFinite(share));
    if (isHidden) {
      const text = tooFewSentence([], [], language);
      const html = `${head}\n<p>${text}</p>\n`;
      return {
        outputs: [{ "text/html": `${html}${numbers}\n${caption}`, "text/plain": text }],
        part: { html: html + caption, ...tables },
      };
    }
    const [wide, narrow] = (["wide", "narrow"] as const).map((layout) =>
      drawChart(draw(language, WIDTHS[layout]), {
        id: `${name}-${layout}-${language}`,
        title: title[language],
        description: alt[language],
      })
    ) as [string, string];
    return {
      outputs: [
        { "text/html": head, "text/plain": title[language] },
        { "image/svg+xml": onPaper(wide), "text/plain": alt[language] },
        // A table of estimates adds how people count.
        {
          "text/html": `${caption}\n${numbers}`,
          "text/plain": estimates ? data!.base : base[language],
        },
      ],
      part: {
        html: figureHtml({ name, head, wide, narrow, caption }),
        ...data === undefined ? {} : { details: dataTableHtml(data, language) },
        ...tables,
        charts: estimates
          ? nativeCharts(estimates, data!, alt[language], base[language], language)
          : [],
      },
    };
  }, title.missing);
}

/**
 * The chart as Word and PowerPoint draw it: by the last words of each row, under those before as headings.
 */
function nativeCharts(
  table: ColumnTable,
  { name, title, rows, columns }: DataTable,
  alt: string,
  base: string,
  language: Language,
): NativeChart[] {
  if (!["share", "low", "high"].every((column) => table.columnNames().includes(column))) return [];
  const estimates = table.objects() as Estimate[];
  const named = rows.map((cells, index) => {
    const words = cells.filter((_, at) => columns[at]?.kind === "text").map(String);
    const found = estimates[index]!;
    const estimate = { ...found, n: found.n ?? NaN, suppressed: !Number.isFinite(found.share) };
    const row = shareRow(words.at(-1) ?? "", estimate, language);
    return { heading: words.slice(0, -1).join(", "), row };
  });
  const sections = [...Map.groupBy(named, ({ heading }) => heading)]
    .map(([heading, all]) => ({ heading, rows: all.map(({ row }) => row) }));
  const interval = intervalTexts(codebook().study.confidence).interval[language];
  const header = TEXT.share[language];
  const drawn = { kind: "comparison", what: alt, header, interval, sections } as const;
  const caption = { title, base, questions: [], notes: [], details: [] };
  return [{ ...{ name, alt, caption }, ...nativeData(drawn, language) }];
}

/** A Plot figure by itself: its title, the drawing with its legend, and its caption. */
export function plotRendered(element: Element): Rendered {
  if (element.localName !== "svg" && !element.querySelector("svg")) {
    return htmlRendered(element.outerHTML, element.textContent ?? "");
  }
  const wide = drawChart(element);
  const textOf = (name: string) => element.querySelector(name)?.textContent ?? "";
  const [title, subtitle, below] = ["h2", "h3", "figcaption"].map(textOf) as [
    string,
    string,
    string,
  ];
  const head = headline(title) + paragraph("question", subtitle);
  const caption = paragraph("base", below);
  const text = [title, subtitle, element.getAttribute("aria-label"), below].filter(Boolean);
  const plain = { "text/plain": text.join("\n") };
  return {
    outputs: [
      ...head ? [{ "text/html": head, ...plain }] : [],
      { "image/svg+xml": onPaper(wide), ...plain },
      ...caption ? [{ "text/html": caption, "text/plain": below }] : [],
    ],
    part: { html: figureHtml({ head, wide, caption }) },
  };
}
