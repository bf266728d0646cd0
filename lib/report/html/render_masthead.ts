import { escapeHtml } from "../../words/escape_html.ts";
import { formatDate } from "../../words/format_date.ts";
import { formatCount } from "../../words/format_number.ts";
import { renderLanguageLinks } from "./render_navigation.ts";
import type { ReportOptions } from "./report_options.ts";
import { TEXT } from "./text.ts";

/** The first screen: what this is, what no reader may miss, and where the numbers came from. */
export function renderMasthead(options: ReportOptions): string {
  const { language, source } = options;
  const facts: [label: string, html: string][] = [
    [TEXT.file[language], escapeHtml(source.file)],
    [TEXT.respondents[language], formatCount(source.respondents, language)],
  ];
  if (source.date !== undefined) {
    facts.push([
      TEXT.date[language],
      `<time datetime="${source.date}">${formatDate(source.date, language)}</time>`,
    ]);
  }
  facts.push([
    TEXT.fingerprint[language],
    `<code title="SHA-256 ${source.sha256}">${source.sha256.slice(0, 12)}</code>`,
  ]);
  const more: [label: string, html: string][] = [
    [TEXT.fullFingerprint[language], `<code class="hash">${source.sha256}</code>`],
    ...(options.details ?? []).map(([label, value]): [string, string] => [
      escapeHtml(label),
      escapeHtml(value),
    ]),
  ];
  const links = renderLanguageLinks(options);
  return `<header class="masthead">
${links && `<p class="languages">${links}</p>`}
<h1>${escapeHtml(options.title)}</h1>
${options.subtitle ? `<p class="subtitle">${escapeHtml(options.subtitle)}</p>` : ""}
${options.notice ? `<p class="notice" role="note">${escapeHtml(options.notice)}</p>` : ""}
${renderFailures(options)}
<section class="source" aria-label="${TEXT.source[language]}">
<dl class="facts">${facts.map(fact).join("")}</dl>
<details class="more-facts"><summary>${TEXT.aboutRun[language]}</summary>
<dl>${more.map(fact).join("")}</dl></details>
</section>
</header>`;
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
