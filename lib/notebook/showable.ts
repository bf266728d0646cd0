import type { Language } from "../responses/language.ts";
import type { MimeBundle, ReportPart } from "./notebook_file.ts";

/** One language's version of something shown. */
export interface Rendered {
  /** What an editor shows, one output each; a chart is one, as an image that viewers that clean HTML show. */
  readonly outputs: readonly MimeBundle[];
  /** What the exported report shows instead of them all. */
  readonly part: ReportPart;
}

/** Something that `show()` can show in any language. */
export interface Showable {
  render(language: Language): Rendered;
  /** What it is about, by codebook id, where that was not part of this wave: it is left out then. */
  readonly missing?: readonly string[] | undefined;
}

/** Whether a value knows how to show itself. */
export function isShowable(value: unknown): value is Showable {
  return typeof value === "object" && value !== null && "render" in value &&
    typeof value.render === "function";
}

/** Something to show that is made by a function of the language; a cell's last line shows it, too. */
export class Shown implements Showable {
  /** @param missing What all of it is about that was not part of this wave. */
  constructor(
    readonly render: (language: Language) => Rendered,
    readonly missing: readonly string[] = [],
  ) {}
}

/** HTML that is the same in the editor and in the report, with its plain text. */
export function htmlRendered(html: string, text: string): Rendered {
  return { outputs: [{ "text/html": html, "text/plain": text }], part: { html } };
}
