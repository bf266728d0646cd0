import type { Figure } from "../charts/figure.ts";
import type { Language } from "../responses/language.ts";
import { escapeHtml } from "../words/escape_html.ts";
import { ownText } from "../words/message.ts";
import { dataTableHtml } from "./data_table.ts";
import type { DataTable } from "./notebook_file.ts";
import type { Rendered } from "./showable.ts";

const NUMBERS = ownText("figure_as_table");

/**
 * A figure as outputs: its title, the drawing as an image of its own, then its caption and its table. In the
 * report it is one `<figure>` with a drawing for wide and one for narrow windows.
 */
export function figureRendered(figure: Figure, language: Language): Rendered {
  const wide = figure.svg(language, "wide");
  const { title, questions, base, notes, details } = figure.caption(language);
  const table = figure.table(language);
  const headline = `<h4 class="headline">${escapeHtml(title)}</h4>`;
  const asked = `<p class="question">${questions.map(escapeHtml).join("<br>")}</p>`;
  const caption = `<p class="base">${[base, ...notes].map(escapeHtml).join(" ")}</p>`;
  const counted = details.map((note) => `<p class="note">${escapeHtml(note)}</p>`).join("");
  // Several questions are named in the drawing; their wording is a thing to look up.
  const [above, behind] = questions.length > 1 ? ["", asked] : [asked, ""];
  const html =
    `<figure class="chart" data-name="${escapeHtml(figure.name)}">${headline}${above}\n` +
    `<div class="wide-only">${wide}</div>\n` +
    `<div class="narrow-only">${figure.svg(language, "narrow")}</div>\n` +
    `<figcaption>${caption}</figcaption></figure>`;
  return {
    outputs: [
      { "text/html": `${headline}\n${asked}`, "text/plain": [title, ...questions].join("\n") },
      { "image/svg+xml": onPaper(wide), "text/plain": figure.alt(language) },
      {
        "text/html": `${caption}${counted}\n${numbersHtml(table, language)}`,
        "text/plain": [base, ...notes, ...details].join("\n"),
      },
    ],
    part: {
      html,
      details: `${behind}${dataTableHtml(table, language)}${counted}`,
      tables: [table],
      charts: [figure.native(language)],
    },
  };
}

/** The numbers of a figure as a table, one click away. */
export function numbersHtml(table: DataTable, language: Language): string {
  return `<details class="data-table"><summary>${NUMBERS[language]}</summary>\n` +
    `${dataTableHtml(table, language)}</details>`;
}

/**
 * A drawing by itself: on a white ground, for an editor in dark mode shows it on its own colour, and no
 * wider than the pane.
 */
export function onPaper(svg: string): string {
  const [x = "0", y = "0"] = /viewBox="(\S+) (\S+)/.exec(svg)?.slice(1) ?? [];
  return svg.replace(/^<svg[^>]*>/, (root) => {
    const width = /\swidth="([^"]+)"/.exec(root)?.[1] ?? "100%";
    const fitted = root.replace(/\s(?:width|height)="[^"]*"/g, "")
      .replace(/>$/, ` style="width:${width}px;max-width:100%;height:auto">`);
    return `${fitted}<rect x="${x}" y="${y}" width="100%" height="100%" fill="#fff"/>`;
  });
}
