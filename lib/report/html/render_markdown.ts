import MarkdownIt from "markdown-it";
import { highlightCode } from "./highlight_code.ts";

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
