import { createHash } from "node:crypto";
import { themeRules } from "../../charts/palette.ts";
import type { Language } from "../../responses/language.ts";
import { escapeHtml } from "../../words/escape_html.ts";
import { formatDate } from "../../words/format_date.ts";
import { formatCount } from "../../words/format_number.ts";
import type { Chapter, Section } from "./chapters.ts";
import { briefOf, outlineOf } from "./outline.ts";
import { renderColophon, renderMasthead } from "./render_masthead.ts";
import { renderNavigation } from "./render_navigation.ts";
import { reportFileName, type ReportOptions } from "./report_options.ts";
import script from "./script.js" with { type: "text" };
import style from "./style.css" with { type: "text" };
import { TEXT } from "./text.ts";

/** The words that the page's script needs. */
const SCRIPT_TEXT = [
  "figure",
  "table",
  "download",
  "downloadFigureAs",
  "downloadTableAs",
  "downloadFailed",
  "copy",
  "copied",
  "copyTable",
  "walk",
] as const;

/** Makes the reports of one run; see {@link renderReport}. */
export function renderReports(all: readonly ReportOptions[]): Promise<string[]> {
  return Promise.all(all.map(renderReport));
}

/**
 * Makes one self-contained HTML file of executed notebooks, in one language.
 *
 * The page asks nothing of any server, and its Content-Security-Policy sees to it: the one style
 * and the one script are allowed by their hashes, everything else but embedded pictures is blocked.
 * The same notebooks give the same bytes.
 *
 * @param options The notebooks and the words around them.
 * @returns The whole file.
 * @throws {Error} If a part made for the report is malformed, holds what may not be in the page, or
 *   is missing in the language; the message says in which notebook, cell and output.
 */
export async function renderReport(options: ReportOptions): Promise<string> {
  const { language, languages, title, page } = options;
  const all = await outlineOf(options.notebooks, language);
  const chapters = options.brief ? briefOf(all) : all;
  const css = `\n${style}${themeRules()}\n${printNotice(title, options.notice)}`;
  const js = `\n${script}`;
  const policy = `default-src 'none'; style-src ${contentHash(css)}; script-src ${
    contentHash(js)
  }; img-src data: blob:; base-uri 'none'; form-action 'none'`;
  const words = JSON.stringify(
    Object.fromEntries(SCRIPT_TEXT.map((key) => [key, TEXT[key][language]])),
  );
  const alternates = languages.filter((other) => other !== language).map((other) =>
    `<link rel="alternate" hreflang="${other}" href="${reportFileName(other, page)}">\n`
  ).join("");

  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<meta name="description" content="${escapeHtml(descriptionOf(options, chapters))}">
<link rel="icon" href="${ICON}">
${alternates}<style>${css}</style>
</head>
<body id="page-top" data-words="${escapeHtml(words)}" data-source="${
    escapeHtml(sourceLine(options))
  }">
<a class="skip-link" href="#page-content">${TEXT.skip[language]}</a>
${renderNavigation(chapters, options)}
<script>${js}</script>
<main id="page-content" tabindex="-1">
${renderMasthead(options)}
${
    chapters.map((chapter, at) => renderChapter(chapter, language, at === 0 ? chapters : [])).join(
      "\n",
    )
  }
${renderColophon(options)}
</main>
</body>
</html>
`;
}

const ICON = "data:image/svg+xml," + encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#1c5d7d" d="M2 9h3v5H2z' +
    'M6.5 5h3v9h-3zM11 2h3v12h-3z"/></svg>',
);

/** @param contents The chapters to list on paper, where no navigation stands beside the text. */
function renderChapter(
  chapter: Chapter,
  language: Language,
  contents: readonly Chapter[],
): string {
  const number = chapter.number === undefined
    ? ""
    : `<span class="chapter-number" aria-hidden="true">${chapter.number}</span>`;
  return `<section class="chapter">
${renderHeading(2, chapter, language, number)}
${chapter.blocks.join("\n")}
${renderDetails(chapter, language)}
${renderPrintedContents(contents)}${
    chapter.findings.map((finding) =>
      `<section class="finding">\n${renderHeading(3, finding, language)}\n${
        finding.blocks.join("\n")
      }\n${renderDetails(finding, language)}\n</section>`
    ).join("\n")
  }
</section>`;
}

function renderHeading(
  level: 2 | 3,
  { id, title }: Section,
  language: Language,
  before = "",
): string {
  const text = escapeHtml(title);
  return `<div class="heading">${before}<h${level} id="${id}">${text}</h${level}>` +
    `<a class="anchor" href="#${id}" aria-label="${
      TEXT.linkToSection[language]
    }: ${text}">#</a></div>`;
}

function renderPrintedContents(chapters: readonly Chapter[]): string {
  if (chapters.length < 2) return "";
  return `<ul class="printed-contents">${
    chapters.map(({ id, number, title }) =>
      `<li><a href="#${id}">${number ?? ""} ${escapeHtml(title)}</a></li>`
    ).join("")
  }</ul>\n`;
}

/** What proves a finding, one click away; what became of published statements stands beside it. */
function renderDetails({ details, signs }: Section, language: Language): string {
  const beside = signs.size === 0 ? "" : ` <span class="signs">${[...signs].join(" ")}</span>`;
  if (details.length === 0) return beside && `<p>${beside}</p>`;
  return `<details class="more"><summary><span>${
    TEXT.details[language]
  }</span>${beside}</summary>\n${details.join("\n")}\n</details>`;
}

/** Where the numbers are from, for a figure that leaves the page. */
export function sourceLine(
  { language, source }: Pick<ReportOptions, "language" | "source">,
): string {
  const { file, respondents, date } = source;
  const facts = [
    `${TEXT.file[language]}: ${file}`,
    `${TEXT.respondents[language]}: ${formatCount(respondents, language)}`,
    ...date === undefined ? [] : [`${TEXT.date[language]}: ${formatDate(date, language)}`],
  ];
  return `${facts.join(". ")}.`;
}

/** What a search result would say of the page. */
function descriptionOf({ title, subtitle, notice }: ReportOptions, chapters: readonly Chapter[]) {
  const contents = chapters.map((chapter) => chapter.title).join(", ");
  const description = [subtitle ?? title, notice, contents].filter(Boolean)
    .map((sentence) => sentence!.replace(/\.$/, "")).join(". ");
  return description.length <= 300 ? description : `${description.slice(0, 299).trimEnd()}…`;
}

/**
 * The hash by which a Content-Security-Policy allows one inline style or script.
 *
 * @param content What stands between the tags, to the letter.
 * @returns A source expression such as `'sha256-…'`, the quotes included.
 */
export function contentHash(content: string): string {
  return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
}

/**
 * The style that repeats the title above and the notice below every printed page.
 *
 * @param title Plain text.
 * @param notice Plain text; without it only the page number stands below.
 * @returns CSS.
 */
function printNotice(title: string, notice: string | undefined): string {
  const left = notice === undefined ? "" : `  @bottom-left { content: ${cssString(notice)}; }\n`;
  return `@page {\n  @top-left { content: ${cssString(title)}; }\n${left}}\n`;
}

// Everything but plain letters and digits is escaped, so that no text can end the string or the
// style element.
function cssString(text: string): string {
  const escaped = Array.from(
    text,
    (character) =>
      /[\p{L}\p{N} .,:–-]/u.test(character)
        ? character
        : `\\${character.codePointAt(0)!.toString(16)} `,
  );
  return `"${escaped.join("")}"`;
}
