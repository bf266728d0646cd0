import { countReproduced, REPRODUCED_WORDS } from "../claims/summarise_reproduction.ts";
import type { Reproduced, Reproduction } from "../claims/reproduce.ts";
import { escapeHtml } from "../words/escape_html.ts";
import { formatCount, formatDecimal } from "../words/format_number.ts";
import type { Language, Text } from "../responses/language.ts";
import type { DataTable } from "../report/notebook_file.ts";
import { readPublished } from "../responses/study.ts";
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

const WORDS = {
  da: {
    title: "De offentliggjorte tal, regnet om",
    page: "Side",
    figure: "Tal",
    published: "Rapporten",
    found: "Her",
    exact: "Her, præcis (pct.)",
    n: "n",
    difference: "Forskel",
    points: "Forskel (procentpoint eller antal)",
    verdict: "Resultat",
    of: "af",
    base:
      "Uvægtet, som rapporten. Basis står ved hvert tal (n). Forskellen er den præcise andel minus det trykte tal.",
  },
  en: {
    title: "The published figures, computed again",
    page: "Page",
    figure: "Figure",
    published: "The report",
    found: "Here",
    exact: "Here, exact (%)",
    n: "n",
    difference: "Difference",
    points: "Difference (percentage points or people)",
    verdict: "Result",
    of: "of",
    base:
      "Unweighted, as the report. The base stands at each figure (n). The difference is the exact share minus the printed number.",
  },
} as const satisfies Readonly<Record<Language, Readonly<Record<string, string>>>>;

/**
 * Every published figure beside the one made from these answers: a table per page of the report, one
 * click away below a line that says how many came out; all of them together in the workbook.
 */
export function reproductionTable(reproductions: readonly Reproduction[]): Showable {
  const pages = [...Map.groupBy(reproductions, ({ indicator }) => indicator.page)]
    .sort(([a], [b]) => a - b);
  return showable((language) => {
    const html = pages.map(([page, figures]) => pageHtml(page, figures, language)).join("\n") +
      `\n<p class="base">${WORDS[language].base}</p>`;
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
  const words = WORDS[language];
  const summary = escapeHtml(summaryOf(page, figures, language));
  const head = [words.figure, words.published, words.found, words.n, words.difference]
    .map((word, i) => `<th scope="col"${i === 0 ? "" : ' class="num"'}>${word}</th>`).join("");
  return `<details class="data-table"><summary>${summary}</summary>\n` +
    `<table data-name="figures-page-${page}"><caption>${summary}</caption>\n` +
    `<thead><tr>${head}<th scope="col">${words.verdict}</th></tr></thead>\n<tbody>\n` +
    `${figures.map((figure) => rowHtml(figure, language)).join("\n")}\n</tbody></table></details>`;
}

function summaryOf(page: number, figures: readonly Reproduction[], language: Language): string {
  const { page: word, of } = WORDS[language];
  const gist = readPublished().pages.find((each) => each.page === page)?.gist[language] ?? "";
  const stated = countReproduced(figures, "documented");
  const found = countReproduced(figures, "reproduced");
  const counted = found + stated < figures.length || stated === 0
    ? `${found} ${of} ${figures.length} ${wordOf("reproduced", language)}`
    : found === 0
    ? `${stated} ${wordOf("documented", language)}`
    : `${found} ${wordOf("reproduced", language)}, ${stated} ${wordOf("documented", language)}`;
  return `${word} ${page} · ${gist}: ${counted}`;
}

function wordOf(verdict: Reproduced, language: Language): string {
  return REPRODUCED_WORDS[verdict][language];
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
  const words = WORDS[language];
  const text = (label: string) => ({ label, kind: "text" as const });
  const number = (label: string) => ({ label, kind: "number" as const });
  const say = (texts: Text) => texts[language];
  return {
    name: "published-figures",
    title: words.title,
    base: words.base,
    columns: [
      { label: words.page, kind: "count" },
      text(words.figure),
      text(words.published),
      text(words.found),
      number(words.exact),
      { label: words.n, kind: "count" },
      number(words.points),
      text(words.verdict),
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
