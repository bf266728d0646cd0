import { escapeHtml } from "../../words/escape_html.ts";
import { formatDate } from "../../words/format_date.ts";
import { formatCount } from "../../words/format_number.ts";
import type { ReportOptions } from "./report_options.ts";
import { TEXT } from "./text.ts";

/** The first lines: what this is, and what no reader may miss. */
export function renderMasthead(options: ReportOptions): string {
  const { index, language } = options;
  return `<header class="masthead">
${index === undefined ? "" : `<p><a href="${index}">${TEXT.allGroups[language]}</a></p>`}
<h1>${escapeHtml(options.title)}</h1>
${options.subtitle ? `<p class="subtitle">${escapeHtml(options.subtitle)}</p>` : ""}
${options.notice ? `<p class="notice" role="note">${escapeHtml(options.notice)}</p>` : ""}
${renderFailures(options)}
</header>`;
}

/** The last lines: which file the numbers came from, and how this report was run. */
export function renderColophon(
  { language, source, details = [], workbook }: ReportOptions,
): string {
  const facts: [label: string, html: string][] = [
    [TEXT.file[language], escapeHtml(source.file)],
    [TEXT.respondents[language], formatCount(source.respondents, language)],
    ...details.map(([label, value]): [string, string] => [escapeHtml(label), escapeHtml(value)]),
    ...source.date === undefined ? [] : [[
      TEXT.date[language],
      `<time datetime="${source.date}">${formatDate(source.date, language)}</time>`,
    ] as [string, string]],
    [TEXT.fingerprint[language], `<code class="hash">${source.sha256}</code>`],
  ];
  return `<footer class="source" aria-label="${TEXT.source[language]}">
<dl class="facts">${facts.map(fact).join("")}</dl>
${workbook === undefined ? "" : `<p><a href="${workbook}">${TEXT.workbook[language]}</a></p>`}
</footer>`;
}

function fact([label, html]: [label: string, html: string]): string {
  return `<div><dt>${label}</dt><dd>${html}</dd></div>`;
}

function renderFailures({ language, failures = [] }: ReportOptions): string {
  if (failures.length === 0) return "";
  const items = failures.map(({ notebook, message }) =>
    `<li><strong>${escapeHtml(notebook)}</strong> ${
      TEXT.failedNotebook[language]
    } <span class="failure">${escapeHtml(message)}</span></li>`
  );
  return `<div class="failures" role="note"><p><strong>${TEXT.failed[language]}.</strong></p><ul>${
    items.join("")
  }</ul></div>`;
}
