import {
  type ErrorOutput,
  type MimeBundle,
  type Output,
  REPORT_MIME,
  type ReportPart,
  type ReportParts,
  type StreamOutput,
} from "../../notebook/notebook_file.ts";
import type { Language } from "../../responses/language.ts";
import { escapeHtml } from "../../words/escape_html.ts";
import { plainText, renderMarkdown, sanitizeHtml } from "./markup.ts";
import { type MarkupOptions, prepareMarkup } from "./prepare_markup.ts";
import { TEXT } from "./text.ts";

/** What a piece of an output needs to be fitted into its page. */
export type OutputContext = Omit<MarkupOptions, "refuse" | "headingLevel"> & {
  readonly language: Language;
};

/**
 * What an output shows in the report of one language.
 *
 * @returns The part, or nothing where the output is not made for the report.
 * @throws {Error} If it is made for the report, but not in this language.
 */
export function reportPartOf(
  output: Output,
  { language, where }: Pick<OutputContext, "language" | "where">,
): ReportPart | undefined {
  if (!("data" in output) || !(REPORT_MIME in output.data)) return undefined;
  const part = (output.data[REPORT_MIME] as ReportParts | null)?.[language];
  if (typeof part?.html !== "string") {
    throw new Error(`The output of ${where} has no part for the language ${language}`);
  }
  return part;
}

/** A part as HTML of the page; its heading is not in it. */
export function renderPart(part: ReportPart, context: OutputContext): string {
  return prepareMarkup(part.html, {
    ...context,
    refuse: true,
    ...(part.heading && { headingLevel: part.heading.level }),
  });
}

/** What an analyst's own cell has shown: the best of its MIME types that needs no script. */
export async function renderDisplay(data: MimeBundle, context: OutputContext): Promise<string> {
  const text = (mime: string) => typeof data[mime] === "string" ? data[mime] : undefined;
  const clean = async (html: string) =>
    prepareMarkup(await sanitizeHtml(html), { ...context, refuse: false });
  const box = (html: string) => `<div class="output">${html}</div>`;

  const markup = text("text/html") ?? text("image/svg+xml");
  if (markup !== undefined) return box(await clean(markup));
  for (const mime of ["image/png", "image/jpeg"]) {
    const picture = text(mime)?.replace(/\s+/g, "");
    if (picture !== undefined && /^[A-Za-z0-9+/]+=*$/.test(picture)) {
      const alternative = escapeHtml(text("text/plain") ?? TEXT.figure[context.language]);
      return box(`<img src="data:${mime};base64,${picture}" alt="${alternative}">`);
    }
  }
  const markdown = text("text/markdown");
  if (markdown !== undefined) {
    return box(prepareMarkup(renderMarkdown(markdown), { ...context, refuse: false }));
  }
  const plain = text("text/plain");
  if (plain !== undefined) return box(`<pre tabindex="0">${plainText(plain)}</pre>`);
  const types = Object.keys(data).join(", ");
  return box(`<p class="note">${TEXT.notShown[context.language]} ${escapeHtml(types)}.</p>`);
}

/** What a cell printed; it belongs to the analyst's notes. */
export function renderStream(output: StreamOutput, language: Language): string {
  return `<div class="notes notes-output"><p class="notes-label">${TEXT.printed[language]}</p>` +
    `<pre tabindex="0">${plainText(output.text)}</pre></div>`;
}

/** The error that stopped a cell; every reader sees that something is missing here. */
export function renderError(output: ErrorOutput, language: Language): string {
  const summary = plainText(`${output.ename}: ${output.evalue}`);
  const trace = plainText(output.traceback.join("\n"));
  return `<div class="cell-error"><p><strong>${TEXT.cellError[language]}.</strong> ${summary}</p>` +
    (trace ? `<pre class="notes" tabindex="0">${trace}</pre>` : "") + `</div>`;
}
