/// <reference lib="dom" />
import type { ColumnTable } from "arquero";
import { escapeHtml } from "../words/escape_html.ts";
import { GRID } from "../charts/palette.ts";
import { serializeSvg } from "../charts/serialize_svg.ts";
import type { Language, Text } from "../responses/language.ts";
import { TOO_FEW_SENTENCE } from "../words/too_few.ts";
import type { DataTable } from "../report/notebook_file.ts";
import { numbersHtml, onPaper } from "./figure_rendered.ts";
import { estimateData } from "./estimate_table.ts";
import { htmlRendered, type Rendered, type Showable, showable } from "./showable.ts";

/** What stands beside a chart of one's own. */
export interface PlottedOptions {
  /** Fit for a file name, unique in the notebook. */
  readonly name: string;
  /** What the chart says, best chosen by a claim. */
  readonly title: Text;
  /** What a sighted reader takes from it, computed. */
  readonly alt: Text;
  /** Who was asked. */
  readonly base: Text;
  /** The numbers behind it: estimates in an Arquero table, or a table of values per language. */
  readonly table?: ColumnTable | ((language: Language) => DataTable);
}

/** Widths in px that a chart is drawn for: a page, and a telephone. */
const WIDTHS = { wide: 760, narrow: 360 };

/**
 * A chart of a notebook's own, drawn with Plot in the cell.
 *
 * @param options What stands beside it.
 * @param draw Makes the Plot figure for a language and a width in px. Hand `document` to Plot.
 */
export function plotted(
  { name, title, alt, base, table }: PlottedOptions,
  draw: (language: Language, width: number) => Element,
): Showable {
  return showable((language) => {
    const headline = `<h4 class="headline">${escapeHtml(title[language])}</h4>`;
    const data = typeof table === "function"
      ? table(language)
      : table && estimateData(table, { name, title, base }, language);
    // A table of estimates adds how people count.
    const asked = typeof table === "function" ? base[language] : data?.base ?? base[language];
    const caption = `<p class="base">${escapeHtml(asked)}</p>`;
    const numbers = data === undefined ? "" : numbersHtml(data, language);
    const tables = data === undefined ? {} : { tables: [data] };
    if (isHidden(table)) {
      const html = `${headline}\n<p>${TOO_FEW_SENTENCE[language]}</p>\n${numbers}\n${caption}`;
      return {
        outputs: [{ "text/html": html, "text/plain": TOO_FEW_SENTENCE[language] }],
        part: { html, ...tables },
      };
    }
    const svg = (layout: keyof typeof WIDTHS) =>
      chartSvg(draw(language, WIDTHS[layout]), `${name}-${layout}-${language}`, {
        title: title[language],
        alt: alt[language],
      });
    const wide = svg("wide");
    return {
      outputs: [
        { "image/svg+xml": onPaper(wide), "text/plain": alt[language] },
        { "text/html": `${headline}\n${caption}\n${numbers}`, "text/plain": title[language] },
      ],
      part: {
        html: `<figure class="chart" data-name="${escapeHtml(name)}">${headline}\n` +
          `<div class="wide-only">${wide}</div>\n<div class="narrow-only">${
            svg("narrow")
          }</div>\n` +
          `${numbers}\n<figcaption>${caption}</figcaption></figure>`,
        ...tables,
      },
    };
  });
}

/** Whether none of a table's estimates may be shown: its chart would be axes with nothing between them. */
function isHidden(table: PlottedOptions["table"]): boolean {
  if (table === undefined || typeof table === "function") return false;
  if (!table.columnNames().includes("share")) return false;
  return Array.from(table.array("share")).every((share) => !Number.isFinite(share));
}

/** A Plot figure by itself: an image in an editor, a plain drawing in the report. */
export function plotRendered(element: Element): Rendered {
  const svg = element.localName === "svg" ? element : element.querySelector("svg");
  if (svg === null) return htmlRendered(element.outerHTML, element.textContent ?? "");
  const text = svg.getAttribute("aria-label") ?? "";
  const drawing = serialize(svg);
  return {
    outputs: [{ "image/svg+xml": onPaper(drawing), "text/plain": text }],
    part: { html: `<figure class="chart">${drawing}</figure>` },
  };
}

function chartSvg(
  element: Element,
  id: string,
  { title, alt }: { readonly title: string; readonly alt: string },
): string {
  const svg = element.localName === "svg" ? element : element.querySelector("svg");
  if (svg === null) throw new TypeError(`The chart ${id} is no Plot figure: it has no <svg>`);
  const document = svg.ownerDocument;
  for (const [tag, text] of [["desc", alt], ["title", title]] as const) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    node.setAttribute("id", `${id}-${tag}`);
    node.textContent = text;
    svg.prepend(node);
  }
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-labelledby", `${id}-title ${id}-desc`);
  return serialize(svg);
}

/**
 * Plot puts a style element into its figures and a class of its own on them; the page's policy allows
 * no style, so what matters of it becomes attributes.
 */
function serialize(svg: Element): string {
  for (const style of svg.querySelectorAll("style")) style.remove();
  svg.setAttribute("class", "chart-svg");
  svg.setAttribute("font-family", "system-ui, sans-serif");
  svg.setAttribute("font-size", "12");
  // The description says it all; Plot's own labels of its parts are not allowed on a plain group.
  for (const part of svg.querySelectorAll("[aria-label], [aria-description]")) {
    part.removeAttribute("aria-label");
    part.removeAttribute("aria-description");
  }
  for (const line of svg.querySelectorAll(`[stroke="${GRID}"]`)) line.setAttribute("class", "grid");
  for (const text of svg.querySelectorAll("text, g[text-anchor]")) {
    if (text.closest(".on-dark, .on-light, .muted, .ink") === null) {
      text.setAttribute("class", "ink");
    }
  }
  return serializeSvg(svg)
    // Coordinates alone: a Danish "30.000" between tags is text.
    .replace(
      /<[^>]*>/g,
      (tag) =>
        tag.replace(/-?\d+\.\d{3,}/g, (number) => String(Math.round(Number(number) * 100) / 100)),
    );
}
