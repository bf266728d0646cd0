import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import { readPublished } from "../responses/study.ts";
import { word } from "../words/catalogue.ts";
import { escapeHtml } from "../words/escape_html.ts";
import { formatList } from "../words/format_list.ts";
import { formatCount, formatDecimal } from "../words/format_number.ts";
import { words } from "../words/message.ts";
import type { DataTable } from "./notebook_file.ts";
import type { Reproduced, Reproduction } from "./reproduce.ts";
import { type Showable, showable } from "./showable.ts";

/** The report's class for each verdict; a stated fact has none. */
const CLASSES: Readonly<Record<Reproduced, string>> = {
  reproduced: "verdict holds",
  by_chance: "verdict unknown",
  differs: "verdict fails",
  documented: "badge",
  too_few: "verdict unknown",
  not_asked: "verdict unknown",
};

/**
 * Every published figure beside the one made from these answers: a table per page of the report, one
 * click away below a line that says how many came out; all of them together in the workbook.
 */
export function reproductionTable(reproductions: readonly Reproduction[]): Showable {
  const pages = [...Map.groupBy(reproductions, ({ indicator }) => indicator.page)]
    .sort(([a], [b]) => a - b);
  return showable((language) => {
    const html = pages.map(([page, figures]) => pageHtml(page, figures, language)).join("\n") +
      `\n<p class="base">${word("figures.base", language)}</p>`;
    return {
      outputs: [{
        "text/html": html,
        "text/plain": pages.map(([page, figures]) => summaryOf(page, figures, language)).join("\n"),
      }],
      part: { html, tables: [valuesOf(pages.flatMap(([, figures]) => figures), language)] },
    };
  });
}

function pageHtml(page: number, figures: readonly Reproduction[], language: Language): string {
  const summary = escapeHtml(summaryOf(page, figures, language));
  const head = (["figure", "published", "found", "n", "difference"] as const).map((key, i) =>
    `<th scope="col"${i === 0 ? "" : ' class="num"'}>${word(`figures.${key}`, language)}</th>`
  ).join("");
  return `<details class="data-table"><summary>${summary}</summary>\n` +
    `<table data-name="figures-page-${page}"><caption>${summary}</caption>\n` +
    `<thead><tr>${head}<th scope="col">${
      word("figures.result", language)
    }</th></tr></thead>\n<tbody>\n` +
    `${figures.map((figure) => rowHtml(figure, language)).join("\n")}\n</tbody></table></details>`;
}

function summaryOf(page: number, figures: readonly Reproduction[], language: Language): string {
  const gist = readPublished().pages.find((each) => each.page === page)?.gist ?? "";
  const stated = countReproduced(figures, "documented");
  const found = countReproduced(figures, "reproduced");
  const [isFound, isStated] = [wordOf("reproduced", language), wordOf("documented", language)];
  const counted = found + stated < figures.length || stated === 0
    ? words("figures.of", language, { found, all: figures.length, word: isFound })
    : found === 0
    ? `${stated} ${isStated}`
    : `${found} ${isFound}, ${stated} ${isStated}`;
  return words("figures.summary", language, { page, gist, counted });
}

function wordOf(verdict: Reproduced, language: Language): string {
  return word(`reproduced.${verdict}`, language);
}

function rowHtml(figure: Reproduction, language: Language): string {
  const { label, published, found, n, difference, verdict, indicator } = figure;
  const number = (text: string, value: number | null = null) =>
    `<td class="num"${value === null ? "" : ` data-value="${value}"`}>${escapeHtml(text)}</td>`;
  const count = n === null ? "" : formatCount(n, language);
  const off = difference === null
    ? ""
    : formatDecimal(difference, indicator.unit === "percent" ? 1 : 0, language);
  return `<tr><th scope="row">${escapeHtml(label[language])}</th>` +
    number(published[language]) + number(found[language], figure.share) + number(count, n) +
    number(off, difference) +
    `<td><span class="${CLASSES[verdict]}">${wordOf(verdict, language)}</span></td></tr>`;
}

function valuesOf(figures: readonly Reproduction[], language: Language): DataTable {
  const label = (key: "figure" | "published" | "found" | "exact" | "n" | "points" | "result") =>
    word(`figures.${key}`, language);
  const text = (label: string) => ({ label, kind: "text" as const });
  const number = (label: string) => ({ label, kind: "number" as const });
  const say = (texts: Text) => texts[language];
  return {
    name: "published-figures",
    title: word("figures.title", language),
    base: word("figures.base", language),
    columns: [
      { label: word("claims.page", language), kind: "count" },
      text(label("figure")),
      text(label("published")),
      text(label("found")),
      number(label("exact")),
      { label: label("n"), kind: "count" },
      number(label("points")),
      text(label("result")),
    ],
    rows: figures.map(({ indicator, label, published, found, share, n, difference, verdict }) => [
      indicator.page,
      say(label),
      say(published),
      say(found),
      share === null ? null : share * 100,
      n,
      difference,
      wordOf(verdict, language),
    ]),
  };
}

const ORDER: readonly Reproduced[] = [
  "reproduced",
  "by_chance",
  "differs",
  "documented",
  "too_few",
  "not_asked",
];

/** `132 published figures: 125 are reproduced and 7 are stated facts that no answer can show.` */
export function summariseReproduction(reproductions: readonly Reproduction[]): Text {
  return inEveryLanguage((language) => {
    const parts = ORDER.flatMap((verdict) => {
      const n = countReproduced(reproductions, verdict);
      return n === 0 ? [] : [words(`reproduced.count.${verdict}`, language, { n })];
    });
    return words("reproduced.sentence", language, {
      n: reproductions.length,
      parts: formatList(parts, language, "clauses"),
    });
  });
}

/** How many figures have a verdict. */
export function countReproduced(
  reproductions: readonly Reproduction[],
  verdict: Reproduced,
): number {
  return reproductions.filter((each) => each.verdict === verdict).length;
}
