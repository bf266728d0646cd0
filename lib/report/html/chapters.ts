import type { NativeChart } from "../../charts/native_chart.ts";
import {
  type CodeCell,
  isForAnalyst,
  type MarkdownCell,
  type Notebook,
} from "../../notebook/notebook_file.ts";
import type { Language } from "../../responses/language.ts";
import { highlightCode, renderMarkdown } from "./markup.ts";
import { prepareMarkup } from "./prepare_markup.ts";
import {
  type OutputContext,
  renderDisplay,
  renderError,
  renderPart,
  renderStream,
  reportPartOf,
} from "./render_output.ts";
import type { NamedNotebook } from "./report_options.ts";
import { TEXT } from "./text.ts";

/** A heading with what stands below it, down to the next one. */
export interface Section {
  readonly id: string;
  /** Plain text. */
  readonly title: string;
  /** Finished HTML, in order. */
  readonly blocks: string[];
  /** The figures in `blocks` that other programs can draw, in order. */
  readonly charts: NativeChart[];
  /** What stands behind its "Details". */
  readonly details: string[];
  /** Beside the word "Details", each once. */
  readonly signs: Set<string>;
}

function sectionOf(id: string, title: string): Section {
  return { id, title, blocks: [], charts: [], details: [], signs: new Set() };
}

/** A notebook of the report, or what stands below one of its headings of level 2. */
export interface Chapter extends Section {
  /** The number in the notebook's name: `2` of `02_pressure`. */
  readonly number: string | undefined;
  readonly findings: Section[];
}

/** What a notebook's chapters depend on beside the notebook. */
export interface ChapterContext extends Pick<OutputContext, "language" | "anchors" | "tableLabel"> {
  /** The notebook's place in the report, from 1. */
  readonly position: number;
}

/**
 * Turns one executed notebook into chapters and findings.
 *
 * A cell's notes and code stand before what it shows; those before a heading move below it, since
 * they belong to what the heading announces.
 *
 * @throws {Error} If a part may not be in the page.
 */
export async function chaptersOf(
  { name, notebook }: NamedNotebook,
  { language, anchors, tableLabel, position }: ChapterContext,
): Promise<Chapter[]> {
  const chapters: Chapter[] = [];
  let notes: string[] = [];
  let outputs = 0;
  const shown = new Set<string>();
  const open = (id: string, title: string) =>
    chapters.push({ ...sectionOf(id, title), number: numberOf(name), findings: [] });
  const current = (): Section => {
    if (chapters.length === 0) open(name, titleOf(notebook) ?? name);
    const chapter = chapters.at(-1)!;
    return chapter.findings.at(-1) ?? chapter;
  };
  const flush = () => {
    notes = notes.filter((note) => note !== "");
    if (notes.length > 0) current().blocks.push(...notes);
    notes = [];
  };

  for (const [index, cell] of notebook.cells.entries()) {
    if (isForAnalyst(cell)) continue;
    const place = `notebook "${name}", cell ${index + 1}`;
    if (cell.cell_type === "markdown") {
      const html = markdownOf(cell, place, tableLabel);
      if (isForReaders(cell, language)) {
        flush();
        current().blocks.push(html);
      } else if (html !== "") notes.push(asNote(html, language));
      continue;
    }
    notes.push(codeNote(cell, language));
    for (const [at, output] of cell.outputs.entries()) {
      const context: OutputContext = {
        language,
        where: `${place}, output ${at + 1}`,
        idPrefix: `o${position}-${++outputs}-`,
        anchors,
        tableLabel,
      };
      if (output.output_type === "stream") {
        notes.push(renderStream(output, language));
        continue;
      }
      if (output.output_type === "error") {
        flush();
        current().blocks.push(renderError(output, language));
        continue;
      }
      const part = reportPartOf(output, context);
      if (part?.once !== undefined && shown.has(part.once)) continue;
      if (part?.once !== undefined) shown.add(part.once);
      const html = part ? renderPart(part, context) : await renderDisplay(output.data, context);
      if (part?.heading) {
        const { level, id, text } = part.heading;
        if (level === 2) open(id, text);
        else {
          if (chapters.length === 0) open(name, titleOf(notebook) ?? name);
          chapters.at(-1)!.findings.push(sectionOf(id, text));
        }
      }
      const { details = "", signs = [] } = part ?? {};
      if (html.trim() === "" && details === "" && !part?.heading) continue;
      flush();
      if (html.trim() !== "") current().blocks.push(html);
      current().charts.push(...part?.charts ?? []);
      for (const sign of signs) current().signs.add(sign);
      if (details !== "") current().details.push(renderPart({ html: details }, context));
    }
  }
  flush();
  return chapters;
}

/** Markdown is the analyst's note, unless its cell is tagged: `report`, or `report-da` for one language. */
function isForReaders({ metadata }: MarkdownCell, language: Language): boolean {
  const tags = Array.isArray(metadata["tags"]) ? metadata["tags"] : [];
  return tags.includes("report") || tags.includes(`report-${language}`);
}

function markdownOf(
  cell: MarkdownCell,
  where: string,
  tableLabel: OutputContext["tableLabel"],
): string {
  const options = { where, idPrefix: "", refuse: false, anchors: new Set<string>(), tableLabel };
  return cell.source.trim() === "" ? "" : prepareMarkup(renderMarkdown(cell.source), options);
}

function asNote(html: string, language: Language): string {
  return `<div class="notes notes-text"><p class="notes-label">${TEXT.analystNote[language]}</p>` +
    `<div lang="en">${html}</div></div>`;
}

function codeNote(cell: CodeCell, language: Language): string {
  if (cell.source.trim() === "") return "";
  return `<div class="notes notes-code"><p class="notes-label">${TEXT.code[language]}</p>` +
    `<pre lang="en" tabindex="0"><code>${highlighted(cell)}</code></pre></div>`;
}

/** The report has each cell's code once per language, and the colours are the same. */
const HIGHLIGHTED = new WeakMap<CodeCell, string>();

function highlighted(cell: CodeCell): string {
  const known = HIGHLIGHTED.get(cell) ?? highlightCode(cell.source);
  HIGHLIGHTED.set(cell, known);
  return known;
}

function numberOf(name: string): string | undefined {
  const digits = /^\d+/.exec(name)?.[0];
  return digits === undefined ? undefined : String(Number(digits));
}

function titleOf(notebook: Notebook): string | undefined {
  for (const cell of notebook.cells) {
    const title = cell.cell_type === "markdown" && /^#\s+(.+)$/m.exec(cell.source)?.[1];
    if (title) return title.trim();
  }
  return undefined;
}
