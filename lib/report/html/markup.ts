import hljs from "highlight.js/lib/core";
import typescript from "highlight.js/lib/languages/typescript";
import MarkdownIt from "markdown-it";
import { escapeHtml } from "../../words/escape_html.ts";
import { stripAnsi } from "../notebook_error.ts";

/** HTML in Markdown shows as text, and pictures are left out: they would be fetched from elsewhere. */
const markdown = new MarkdownIt({
  html: false,
  highlight: (source, language) => /^(ts|typescript)$/.test(language) ? highlightCode(source) : "",
}).disable("image");
// The report's own outline has an h1, an h2 per notebook and an h3 per finding, and no others.
markdown.renderer.rules["heading_open"] = () => '<p class="note-heading">';
markdown.renderer.rules["heading_close"] = () => "</p>\n";
hljs.registerLanguage("typescript", typescript);

/** Markdown as HTML without style, script or pictures. */
export function renderMarkdown(source: string): string {
  return markdown.render(source);
}

/** TypeScript as escaped HTML with spans of the classes `hljs-…`. */
export function highlightCode(source: string): string {
  return hljs.highlight(source, { language: "typescript", ignoreIllegals: true }).value;
}

/** HTML or SVG of an analyst's own cell, without script, style, forms and frames. */
export async function sanitizeHtml(html: string): Promise<string> {
  // Large, and most reports have none.
  const [{ JSDOM }, { default: createPurifier }] = await Promise.all([
    import("jsdom"),
    import("dompurify"),
  ]);
  return (purifier ??= createPurifier(new JSDOM("").window)).sanitize(html, {
    USE_PROFILES: { html: true, svg: true, svgFilters: true },
    FORBID_TAGS: ["style", "form", "input", "button", "select", "textarea", "audio", "video"],
  });
}

let purifier: { sanitize(html: string, options: Record<string, unknown>): string } | undefined;

// Control characters that HTML forbids; tab, line feed and carriage return are allowed.
// deno-lint-ignore no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** A program's text as it may stand in a `pre`: escaped, without terminal colours. */
export function plainText(text: string): string {
  return escapeHtml(stripAnsi(text).replace(FORBIDDEN, "\ufffd"));
}
