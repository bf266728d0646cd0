import { escapeHtml } from "../../words/escape_html.ts";
import type { Language } from "../../responses/language.ts";
import type { Chapter } from "./chapters.ts";
import { reportFileName, type ReportOptions } from "./report_options.ts";
import { LANGUAGE_LINK, TEXT } from "./text.ts";

/**
 * The page's one navigation: beside the text on a wide window, a menu on a narrow one, with the
 * switches below the list of contents. It works without script.
 */
export function renderNavigation(chapters: readonly Chapter[], options: ReportOptions): string {
  const { language } = options;
  return `<header class="bar">
<button type="button" class="menu-button" popovertarget="page-contents">${
    TEXT.contents[language]
  }</button>
${renderLanguageLinks(options)}
</header>
<nav id="page-contents" class="contents" popover aria-label="${TEXT.contents[language]}">
<div class="contents-top"><a class="contents-title" href="#page-top">${
    escapeHtml(options.title)
  }</a>
<button type="button" class="menu-close" popovertarget="page-contents" popovertargetaction="hide">${
    TEXT.close[language]
  }</button></div>
<p class="languages">${renderLanguageLinks(options)}</p>
<ol class="contents-list">
${chapters.map(chapterEntry).join("\n")}
</ol>
${renderSwitches(language)}
</nav>`;
}

/** A link to each other language's file, in that language. */
export function renderLanguageLinks({ language, languages, page }: ReportOptions): string {
  return languages.filter((other) => other !== language).map((other) =>
    `<a class="language-link" href="${
      reportFileName(other, page)
    }" hreflang="${other}" lang="${other}" rel="alternate">${LANGUAGE_LINK[other]}</a>`
  ).join(" ");
}

function chapterEntry(chapter: Chapter): string {
  const number = chapter.number === undefined
    ? ""
    : `<span class="contents-number">${chapter.number}</span>`;
  const findings = chapter.findings.map((finding) =>
    `<li><a href="#${finding.id}">${escapeHtml(finding.title)}</a></li>`
  ).join("\n");
  return `<li class="contents-chapter"><a href="#${chapter.id}">${number}${
    escapeHtml(chapter.title)
  }</a>${findings && `\n<ol>\n${findings}\n</ol>`}</li>`;
}

function renderSwitches(language: Language): string {
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
  return `<div class="switches">
<label class="notes-switch"><input type="checkbox" id="page-details" role="switch"><span>${
    TEXT.showDetails[language]
  }</span></label>
<label class="notes-switch"><input type="checkbox" id="page-notes" role="switch"><span>${
    TEXT.showNotes[language]
  }</span></label>
<fieldset class="theme-switch"><legend>${TEXT.theme[language]}</legend>
${choices}
</fieldset>
</div>`;
}
