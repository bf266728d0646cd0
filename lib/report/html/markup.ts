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

// A note's headings stay out of the report's own outline of one h1, an h2 per notebook and an h3
// per finding.
markdown.renderer.rules["heading_open"] = () => '<p class="note-heading">';
markdown.renderer.rules["heading_close"] = () => "</p>\n";

/**
 * Renders Markdown as HTML without style, script or pictures.
 *
 * @param source The source of a Markdown cell or a `text/markdown` output.
 * @returns HTML; headings become paragraphs of the class `note-heading`.
 */
export function renderMarkdown(source: string): string {
  return markdown.render(source);
}

hljs.registerLanguage("typescript", typescript);

/**
 * Colours TypeScript source at export, so that the report needs no script for it.
 *
 * @param source The source of a code cell.
 * @returns Escaped HTML with spans of the classes `hljs-…`.
 */
export function highlightCode(source: string): string {
  return hljs.highlight(source, { language: "typescript", ignoreIllegals: true }).value;
}

/**
 * Cleans HTML or SVG that an analyst's own cell has shown.
 *
 * The libraries for it are large, so they are loaded when the first such output comes.
 *
 * @param html HTML or SVG from a cell.
 * @returns The same without script, style, forms and frames.
 */
export async function sanitizeHtml(html: string): Promise<string> {
  purifier ??= makePurifier();
  const purify = await purifier;
  return purify.sanitize(html, {
    USE_PROFILES: { html: true, svg: true, svgFilters: true },
    FORBID_TAGS: ["style", "form", "input", "button", "select", "textarea", "audio", "video"],
    ALLOW_DATA_ATTR: true,
  });
}

type Purifier = { sanitize(html: string, options: Record<string, unknown>): string };

let purifier: Promise<Purifier> | undefined;

async function makePurifier(): Promise<Purifier> {
  const [{ JSDOM }, { default: createPurifier }] = await Promise.all([
    import("jsdom"),
    import("dompurify"),
  ]);
  return createPurifier(new JSDOM("").window);
}

// Control characters that HTML forbids; tab, line feed and carriage return are allowed.
// deno-lint-ignore no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/**
 * Makes a program's text fit to stand in a `pre`: escaped, without terminal colours.
 *
 * @param text Text from a stream, a traceback or a `text/plain` output.
 * @returns Escaped HTML content.
 */
export function plainText(text: string): string {
  return escapeHtml(stripAnsi(text).replace(FORBIDDEN, "\ufffd"));
}
