import hljs from "highlight.js/lib/core";
import typescript from "highlight.js/lib/languages/typescript";
import MarkdownIt from "markdown-it";
import type { NativeChart } from "../../charts/native_chart.ts";
import {
  isForAnalyst,
  type MarkdownCell,
  type MimeBundle,
  type Notebook,
  type Output,
  REPORT_MIME,
  type ReportPart,
  type ReportParts,
} from "../../notebook/notebook_file.ts";
import { InputError } from "../../responses/input_error.ts";
import type { Language } from "../../responses/language.ts";
import { texts } from "../../words/catalogue.ts";
import { escapeHtml } from "../../words/prose.ts";
import { stripAnsi } from "../notebook_error.ts";
import { type MarkupOptions, prepareMarkup } from "./prepare_markup.ts";
import type { NamedNotebook } from "./report_options.ts";

const TEXT = texts("page");

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

/** A notebook of the report, or what stands below one of its headings of level 2. */
export interface Chapter extends Section {
  /** The number in the notebook's name: `2` of `02_pressure`. */
  readonly number: string | undefined;
  readonly findings: Section[];
}

/**
 * Turns executed notebooks into the report's chapters and findings.
 *
 * @throws {InputError} If two headings share an id.
 * @throws {Error} If a part may not be in the page.
 */
export async function outlineOf(
  notebooks: readonly NamedNotebook[],
  language: Language,
): Promise<Chapter[]> {
  const anchors = anchorsOf(notebooks, language);
  const labels = new Map<string, number>();
  const tableLabel = (found = TEXT.table[language]) => {
    const count = (labels.get(found) ?? 0) + 1;
    labels.set(found, count);
    return count === 1 ? found : `${found} (${count})`;
  };
  const chapters: Chapter[] = [];
  const headings = new Map<string, { readonly title: string; readonly name: string }>();
  for (const [index, named] of notebooks.entries()) {
    const page = { anchors, tableLabel, idPrefix: `o${index + 1}-` };
    const own = await chaptersOf(named, language, page);
    refuseSharedIds(named.name, own, headings);
    chapters.push(...own);
  }
  return chapters;
}

/**
 * The first chapter, and of the others the findings that it links to, without what stands behind
 * their "Details".
 */
export function briefOf([first, ...others]: readonly Chapter[]): Chapter[] {
  if (first === undefined) return [];
  const shown = [first, ...first.findings].flatMap(({ blocks }) => blocks).join("\n");
  const linked = new Set([...shown.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id));
  const chosen = others.flatMap((chapter): Chapter[] => {
    const findings = chapter.findings.filter(({ id }) => linked.has(id));
    if (findings.length > 0) return [{ ...chapter, blocks: [], findings }];
    return linked.has(chapter.id) ? [chapter] : [];
  });
  return [first, ...chosen].map((chapter) => ({
    ...chapter,
    details: [],
    findings: chapter.findings.map((finding) => ({ ...finding, details: [] })),
  }));
}

/** The ids of every heading, before the first link to one is written. */
function anchorsOf(notebooks: readonly NamedNotebook[], language: Language): Set<string> {
  const anchors = new Set(["page-top"]);
  for (const { name, notebook } of notebooks) {
    const headings = notebook.cells
      .flatMap((cell) => cell.cell_type === "code" ? cell.outputs : [])
      .flatMap((output) => partOf(output, language, `notebook "${name}"`)?.heading ?? []);
    for (const { id } of headings) anchors.add(id);
    if (!headings.some(({ level }) => level === 2)) anchors.add(name);
  }
  return anchors;
}

function refuseSharedIds(
  name: string,
  chapters: readonly Chapter[],
  seen: Map<string, { readonly title: string; readonly name: string }>,
): void {
  for (const { id, title } of chapters.flatMap((chapter) => [chapter, ...chapter.findings])) {
    const other = seen.get(id);
    if (other !== undefined) {
      throw new InputError(
        `The headings "${other.title}" and "${title}" share the id "${id}", by which links find ` +
          `them; they are in ${
            [...new Set([other.name, name])].map((each) => `notebooks/${each}.ipynb`).join(" and ")
          }. Give one of them another id, which is the first argument of chapter() or finding(), ` +
          `or take one of the notebooks away.`,
      );
    }
    if (!/^[A-Za-z0-9][\w-]*$/.test(id) || /^(page-|o\d+-)/.test(id)) {
      throw new InputError(`The heading "${title}" has an id that is not fit for a link: "${id}"`);
    }
    seen.set(id, { title, name });
  }
}

/**
 * Turns one executed notebook into chapters and findings. A cell's notes and code stand before what it shows;
 * those before a heading move below it, since they belong to what the heading announces.
 */
async function chaptersOf(
  { name, notebook }: NamedNotebook,
  language: Language,
  page: Pick<MarkupOptions, "anchors" | "tableLabel" | "idPrefix">,
): Promise<Chapter[]> {
  const chapters: Chapter[] = [];
  let notes: string[] = [];
  let outputs = 0;
  const shown = new Set<string>();
  const number = /^\d+/.exec(name)?.[0].replace(/^0+(?=\d)/, "");
  const sectionOf = (id: string, title: string): Section => ({
    ...{ id, title, blocks: [], charts: [], details: [], signs: new Set() },
  });
  const open = (id: string, title: string) =>
    chapters.push({ ...sectionOf(id, title), number, findings: [] });
  const chapter = () => {
    if (chapters.length === 0) open(name, titleOf(notebook) ?? name);
    return chapters.at(-1)!;
  };
  const current = (): Section => chapter().findings.at(-1) ?? chapter();
  const add = (html: string) => {
    current().blocks.push(...notes, ...html.trim() === "" ? [] : [html]);
    notes = [];
  };
  const note = (kind: "text" | "code" | "output", label: string, html: string) =>
    notes.push(`<div class="notes notes-${kind}"><p class="notes-label">${label}</p>${html}</div>`);

  for (const [index, cell] of notebook.cells.entries()) {
    if (isForAnalyst(cell)) continue;
    const place = `notebook "${name}", cell ${index + 1}`;
    if (cell.cell_type === "markdown") {
      const markup = {
        ...page,
        where: place,
        idPrefix: "",
        refuse: false,
        anchors: new Set<string>(),
      };
      const html = prepareMarkup(renderMarkdown(cell.source), markup);
      if (isForReaders(cell, language)) add(html);
      else if (html !== "") {
        note("text", TEXT.analystNote[language], `<div lang="en">${html}</div>`);
      }
      continue;
    }
    if (cell.source.trim() !== "") {
      const code = `<pre lang="en" tabindex="0"><code>${highlightCode(cell.source)}</code></pre>`;
      note("code", TEXT.code[language], code);
    }
    for (const [at, output] of cell.outputs.entries()) {
      const where = `${place}, output ${at + 1}`;
      const markup = { ...page, where, idPrefix: `${page.idPrefix}${++outputs}-` };
      if (output.output_type === "stream") {
        note("output", TEXT.printed[language], printed(output.text));
        continue;
      }
      if (output.output_type === "error") {
        const { ename, evalue, traceback } = output;
        const trace = plainText(traceback.join("\n"));
        add(
          `<div class="cell-error"><p><strong>${TEXT.cellError[language]}.</strong> ` +
            `${plainText(`${ename}: ${evalue}`)}</p>` +
            (trace ? `<pre class="notes" tabindex="0">${trace}</pre>` : "") + `</div>`,
        );
        continue;
      }
      const part = partOf(output, language, where);
      if (part === undefined) {
        const html = await displayed(output.data, language, { ...markup, refuse: false });
        add(`<div class="output">${html}</div>`);
        continue;
      }
      const { heading, details = "", once, charts = [], signs = [] } = part;
      if (once !== undefined && shown.has(once)) continue;
      if (once !== undefined) shown.add(once);
      if (heading?.level === 2) open(heading.id, heading.text);
      else if (heading) chapter().findings.push(sectionOf(heading.id, heading.text));
      const options = { ...markup, refuse: true };
      const html = prepareMarkup(part.html, { ...options, headingLevel: heading?.level });
      if (html.trim() === "" && details === "" && !heading) continue;
      add(html);
      current().charts.push(...charts);
      for (const sign of signs) current().signs.add(sign);
      if (details !== "") current().details.push(prepareMarkup(details, options));
    }
  }
  if (notes.length > 0) add("");
  return chapters;
}

/** What an output shows in the report of one language; nothing where it is not made for the report. */
function partOf(output: Output, language: Language, where: string): ReportPart | undefined {
  if (!("data" in output) || !(REPORT_MIME in output.data)) return undefined;
  const part = (output.data[REPORT_MIME] as ReportParts | null)?.[language];
  if (typeof part?.html !== "string") {
    throw new Error(`The output of ${where} has no part for the language ${language}`);
  }
  return part;
}

/** What an analyst's own cell has shown: the best of its MIME types that needs no script. */
async function displayed(
  data: MimeBundle,
  language: Language,
  options: MarkupOptions,
): Promise<string> {
  const text = (mime: string) => typeof data[mime] === "string" ? data[mime] : undefined;
  const markup = text("text/html") ?? text("image/svg+xml");
  if (markup !== undefined) return prepareMarkup(await sanitizeHtml(markup), options);
  const plain = text("text/plain");
  for (const mime of ["image/png", "image/jpeg"]) {
    const picture = text(mime)?.replace(/\s+/g, "") ?? "";
    if (!/^[A-Za-z0-9+/]+=*$/.test(picture)) continue;
    const alternative = escapeHtml(plain ?? TEXT.figure[language]);
    return `<img src="data:${mime};base64,${picture}" alt="${alternative}">`;
  }
  const markdown = text("text/markdown");
  if (markdown !== undefined) return prepareMarkup(renderMarkdown(markdown), options);
  if (plain !== undefined) return printed(plain);
  const types = escapeHtml(Object.keys(data).join(", "));
  return `<p class="note">${TEXT.notShown[language]} ${types}.</p>`;
}

function printed(text: string): string {
  return `<pre tabindex="0">${plainText(text)}</pre>`;
}

/** Markdown is the analyst's note, unless its cell is tagged: `report`, or `report-da` for one language. */
function isForReaders({ metadata: { tags } }: MarkdownCell, language: Language): boolean {
  return Array.isArray(tags) && (tags.includes("report") || tags.includes(`report-${language}`));
}

function titleOf({ cells }: Notebook): string | undefined {
  return cells.filter(({ cell_type }) => cell_type === "markdown")
    .flatMap(({ source }) => /^#\s+(.+)$/m.exec(source)?.[1] ?? [])[0]?.trim();
}

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
function renderMarkdown(source: string): string {
  return markdown.render(source);
}

/** TypeScript as escaped HTML with spans of the classes `hljs-…`. */
function highlightCode(source: string): string {
  return hljs.highlight(source, { language: "typescript", ignoreIllegals: true }).value;
}

/** HTML or SVG of an analyst's own cell, without script, style, forms and frames. */
async function sanitizeHtml(html: string): Promise<string> {
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
function plainText(text: string): string {
  return escapeHtml(stripAnsi(text).replace(FORBIDDEN, "\ufffd"));
}
