import { escapeHtml } from "../../words/escape_html.ts";
import type { Language } from "../../responses/language.ts";
import { contentHash } from "../html/content_hash.ts";
import script from "./live_script.js" with { type: "text" };
import { LIVE_TEXT } from "./live_text.ts";

const POLICY = /(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(">)/;

/**
 * A report with the script that follows the server. Its policy then allows that script, by its hash,
 * and requests to the server it came from; the file that is written keeps the strict one.
 *
 * @param html The report as `renderReport()` makes it.
 * @param version By which the page knows that it is no longer the newest.
 * @throws {Error} Where the page has no policy, no script in it, or no end.
 */
export function livePage(html: string, version: string, language: Language): string {
  const words = Object.entries(LIVE_TEXT).map(([key, text]) => [key, text[language]]);
  const added = `const VERSION = ${JSON.stringify(version)};
const WORDS = ${JSON.stringify(Object.fromEntries(words))};
${script}`;
  const end = html.lastIndexOf("</body>");
  const policy = POLICY.exec(html)?.[2];
  if (end < 0 || policy === undefined || !policy.includes("script-src ")) {
    throw new Error("The page has no policy that allows a script, or no end.");
  }
  const wider = `${policy.replace("script-src ", `script-src ${contentHash(added)} `)}; ` +
    `connect-src 'self'`;
  return `${html.slice(0, end)}<script>${added}</script>\n${html.slice(end)}`
    .replace(POLICY, (_, before: string, __, after: string) => `${before}${wider}${after}`);
}

/** What is shown until there is a first report. */
export function firstPage(language: Language): string {
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; script-src ">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(LIVE_TEXT.firstReport[language])}</title>
<link rel="icon" href="data:,">
</head>
<body>
<p>${escapeHtml(LIVE_TEXT.firstReport[language])}</p>
</body>
</html>
`;
}
