import { createHash } from "node:crypto";
import { themeRules } from "../../charts/palette.ts";
import type { Language } from "../../responses/language.ts";
import { texts } from "../../words/catalogue.ts";
import { formatCount, formatDate } from "../../words/format.ts";
import { ownText } from "../../words/message.ts";
import { escapeHtml } from "../../words/prose.ts";
import { briefOf, type Chapter, outlineOf, type Section } from "./outline.ts";
import { reportFileName, type ReportOptions } from "./report_options.ts";
import script from "./script.js" with { type: "text" };
import style from "./style.css" with { type: "text" };

const TEXT = texts("page");
/** The words of a link to each language's page, in that language. */
const READ_IN = ownText("page.read_in");

/** The words that the page's script needs. */
const SCRIPT_TEXT = [
  ...["figure", "table", "download", "downloadFigureAs", "downloadTableAs"] as const,
  ...["downloadFailed", "copy", "copied", "copyTable", "walk"] as const,
];

/**
 * Makes one self-contained HTML file of executed notebooks, in one language.
 *
 * The page asks nothing of any server, and its Content-Security-Policy sees to it: the one style
 * and the one script are allowed by their hashes, everything else but embedded pictures is blocked.
 * The same notebooks give the same bytes.
 *
 * @returns The whole file.
 * @throws {Error} If a part made for the report is malformed, holds what may not be in the page, or
 *   is missing in the language; the message says in which notebook, cell and output.
 */
export async function renderReport(options: ReportOptions): Promise<string> {
  const { language, languages, title, page, notice } = options;
  const all = await outlineOf(options.notebooks, language);
  const chapters = options.brief ? briefOf(all) : all;
  // On paper the title stands above and the notice below every page.
  const running = `@page {\n  @top-left { content: ${cssString(title)}; }\n` +
    (notice === undefined ? "" : `  @bottom-left { content: ${cssString(notice)}; }\n`) + "}\n";
  const css = `\n${style}${themeRules()}\n${running}`;
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
    chapters.map((chapter, at) => renderChapter(chapter, language, at === 0 ? chapters : []))
      .join("\n")
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

/**
 * The page's one navigation: beside the text on a wide window, a menu on a narrow one, with the
 * switches below the list of contents. It works without script.
 */
function renderNavigation(chapters: readonly Chapter[], options: ReportOptions): string {
  const { language, languages, page } = options;
  const links = languages.filter((other) => other !== language).map((other) => {
    const href = reportFileName(other, page);
    const attributes = `href="${href}" hreflang="${other}" lang="${other}" rel="alternate"`;
    return `<a class="language-link" ${attributes}>${READ_IN[other]}</a>`;
  }).join(" ");
  const toggle = (id: string, text: string) =>
    `<label class="notes-switch"><input type="checkbox" id="${id}" role="switch">` +
    `<span>${text}</span></label>`;
  const themes = [
    ["auto", TEXT.themeAuto],
    ["light", TEXT.themeLight],
    ["dark", TEXT.themeDark],
  ] as const;
  const choices = themes.map(([value, text]) =>
    `<label><input type="radio" name="page-theme" id="page-theme-${value}" value="${value}"${
      value === "auto" ? " checked" : ""
    }><span>${text[language]}</span></label>`
  ).join("\n");
  const entry = ({ id, title }: Section, before = "") =>
    `<a href="#${id}">${before}${escapeHtml(title)}</a>`;
  const entries = chapters.map((chapter) => {
    const { number, findings } = chapter;
    const before = number && `<span class="contents-number">${number}</span>`;
    const below = findings.map((finding) => `<li>${entry(finding)}</li>`).join("\n");
    return `<li class="contents-chapter">${entry(chapter, before)}${
      below && `\n<ol>\n${below}\n</ol>`
    }</li>`;
  });
  return `<header class="bar">
<button type="button" class="menu-button" popovertarget="page-contents">${
    TEXT.contents[language]
  }</button>
${links}
</header>
<nav id="page-contents" class="contents" popover aria-label="${TEXT.contents[language]}">
<div class="contents-top"><a class="contents-title" href="#page-top">${
    escapeHtml(options.title)
  }</a>
<button type="button" class="menu-close" popovertarget="page-contents" popovertargetaction="hide">${
    TEXT.close[language]
  }</button></div>
<p class="languages">${links}</p>
<ol class="contents-list">
${entries.join("\n")}
</ol>
<div class="switches">
${toggle("page-details", TEXT.showDetails[language])}
${toggle("page-notes", TEXT.showNotes[language])}
<fieldset class="theme-switch"><legend>${TEXT.theme[language]}</legend>
${choices}
</fieldset>
</div>
</nav>`;
}

/** The first lines: what this is, and what no reader may miss. */
export function renderMasthead(options: ReportOptions): string {
  const { hasIndex, language, title, subtitle, notice } = options;
  const index = `../${reportFileName(language, "index")}`;
  return `<header class="masthead">
${hasIndex ? `<p><a href="${index}">${TEXT.allGroups[language]}</a></p>` : ""}
<h1>${escapeHtml(title)}</h1>
${subtitle ? `<p class="subtitle">${escapeHtml(subtitle)}</p>` : ""}
${notice ? `<p class="notice" role="note">${escapeHtml(notice)}</p>` : ""}
</header>`;
}

/** The last lines: which file the numbers came from, and how this report was run. */
export function renderColophon(
  { language, source, details = [], workbook }: ReportOptions,
): string {
  const { file, respondents, date, sha256 } = source;
  const facts: (readonly [label: string, html: string])[] = [
    [TEXT.file[language], escapeHtml(file)],
    [TEXT.respondents[language], formatCount(respondents, language)],
    ...details.map(([label, value]) => [escapeHtml(label), escapeHtml(value)] as const),
  ];
  if (date !== undefined) {
    const time = `<time datetime="${date}">${formatDate(date, language)}</time>`;
    facts.push([TEXT.date[language], time]);
  }
  facts.push([TEXT.fingerprint[language], `<code class="hash">${sha256}</code>`]);
  return `<footer class="source" aria-label="${TEXT.source[language]}">
<dl class="facts">${
    facts.map(([label, html]) => `<div><dt>${label}</dt><dd>${html}</dd></div>`).join("")
  }</dl>
${workbook === undefined ? "" : `<p><a href="${workbook}">${TEXT.workbook[language]}</a></p>`}
</footer>`;
}

/** @param contents The chapters to list on paper, where no navigation stands beside the text. */
function renderChapter(
  chapter: Chapter,
  language: Language,
  contents: readonly Chapter[],
): string {
  const number = chapter.number &&
    `<span class="chapter-number" aria-hidden="true">${chapter.number}</span>`;
  const items = contents.map(({ id, number, title }) =>
    `<li><a href="#${id}">${number ?? ""} ${escapeHtml(title)}</a></li>`
  );
  const findings = chapter.findings.map((finding) =>
    `<section class="finding">\n${renderSection(3, finding, language)}\n</section>`
  );
  return `<section class="chapter">
${renderSection(2, chapter, language, number)}
${items.length < 2 ? "" : `<ul class="printed-contents">${items.join("")}</ul>\n`}${
    findings.join("\n")
  }
</section>`;
}

function renderSection(
  level: 2 | 3,
  { id, title, blocks, details, signs }: Section,
  language: Language,
  before = "",
): string {
  const text = escapeHtml(title);
  // What proves it is one click away; what became of published statements stands beside it.
  const beside = signs.size === 0 ? "" : ` <span class="signs">${[...signs].join(" ")}</span>`;
  const more = details.length === 0
    ? beside && `<p>${beside}</p>`
    : `<details class="more"><summary><span>${TEXT.details[language]}</span>${beside}</summary>\n${
      details.join("\n")
    }\n</details>`;
  return `<div class="heading">${before}<h${level} id="${id}">${text}</h${level}>` +
    `<a class="anchor" href="#${id}" aria-label="${TEXT.linkToSection[language]}: ${text}">#</a>` +
    `</div>\n${blocks.join("\n")}\n${more}`;
}

/** Where the numbers are from, for a figure that leaves the page. */
export function sourceLine(
  { language, source }: Pick<ReportOptions, "language" | "source">,
): string {
  const { file, respondents, date } = source;
  return [
    `${TEXT.file[language]}: ${file}`,
    `${TEXT.respondents[language]}: ${formatCount(respondents, language)}`,
    ...date === undefined ? [] : [`${TEXT.date[language]}: ${formatDate(date, language)}`],
  ].join(". ") + ".";
}

/** What a search result would say of the page. */
function descriptionOf({ title, subtitle, notice }: ReportOptions, chapters: readonly Chapter[]) {
  const contents = chapters.map((chapter) => chapter.title).join(", ");
  const description = [subtitle ?? title, notice, contents].filter(Boolean)
    .map((sentence) => sentence!.replace(/\.$/, "")).join(". ");
  return description.length <= 300 ? description : `${description.slice(0, 299).trimEnd()}…`;
}

/** The hash by which a Content-Security-Policy allows one inline style or script, in its quotes. */
export function contentHash(content: string): string {
  return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
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
