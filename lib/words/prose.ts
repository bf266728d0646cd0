/*
 * The markup of our sentences: `**strong**`, a blank line between paragraphs, and lines that begin
 * with `- ` for a list. A backslash takes the meaning from `*` and itself. Everything else is text.
 */
const TOKEN = /\\([\\*])|\*\*((?:\\[\\*]|[^\\*])+)\*\*|([\s\S])/gu;
const BULLET = "- ";

/**
 * Prose as HTML: paragraphs, lists and strong words, everything else escaped.
 *
 * @param prose Text with the markup above.
 */
export function renderProse(prose: string): string {
  return keepUnits(prose.split(/\n\s*\n/).flatMap(renderBlock).join("\n"));
}

/** A number and its unit stay on one line. */
export function keepUnits(text: string): string {
  return text.replace(/(\d) (?=pct\.|procentpoint|percentage point)/g, "$1\u00a0");
}

/** Prose without its markup, for a place that takes plain text only. */
export function plainProse(prose: string): string {
  return segments(prose).map(({ text }) => text).join("");
}

/** Makes any text safe to stand in prose: it shows as it is, on one line. */
export function escapeProse(text: string): string {
  return text.replace(/[\\*]/g, "\\$&").replace(/\s*[\r\n]+\s*/g, " ");
}

/** Capitalises the first letter, past line breaks, markup, quotation marks and brackets. */
export function capitalise(sentence: string): string {
  return sentence.replace(
    /^(\s*(?:- )?[*("'„“‘»]*)(\p{Ll})/u,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
}

function renderBlock(block: string): string[] {
  const html: string[] = [];
  let lines: string[] = [];
  let list = false;
  const close = () => {
    if (lines.length > 0) {
      html.push(
        list
          ? `<ul>${lines.map((line) => `<li>${line}</li>`).join("")}</ul>`
          : `<p>${lines.join(" ")}</p>`,
      );
    }
    lines = [];
  };
  for (const line of block.split("\n").map((line) => line.trim())) {
    if (line === "") continue;
    const bullet = line.startsWith(BULLET);
    if (bullet !== list) close();
    list = bullet;
    lines.push(renderLine(bullet ? line.slice(BULLET.length) : line));
  }
  close();
  return html;
}

function renderLine(line: string): string {
  return segments(line).map(({ text, strong }) =>
    strong ? `<strong>${escapeHtml(text)}</strong>` : escapeHtml(text)
  ).join("");
}

function segments(prose: string): { text: string; strong: boolean }[] {
  return [...prose.matchAll(TOKEN)].map(([, escaped, strong, character]) => ({
    text: strong?.replace(/\\([\\*])/g, "$1") ?? escaped ?? character ?? "",
    strong: strong !== undefined,
  }));
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * Makes a text safe to stand in HTML or SVG, as content or as an attribute in quotes.
 *
 * Text from a data file is never markup: a category named `<script>` shows as just that.
 *
 * @param text Any text.
 * @returns The text with `& < > " '` as entities.
 */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
