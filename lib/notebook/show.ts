import { ColumnTable } from "arquero";
import { InputError } from "../responses/input_error.ts";
import type { Language } from "../responses/language.ts";
import { type MimeBundle, REPORT_MIME, type ReportParts } from "../report/notebook_file.ts";
import { arqueroHtml, arqueroText } from "./arquero_table.ts";
import type { Figure } from "../charts/figure.ts";
import { putOnWire } from "./display.ts";
import { figureRendered } from "./figure_rendered.ts";
import { plotRendered } from "./plot_rendered.ts";
import { readSettings, type Settings } from "./settings.ts";
import { htmlRendered, isShowable, type Rendered } from "./showable.ts";

/**
 * Shows things below the cell, in order: figures, tables, sentences, headings, claims, Arquero
 * tables, Plot figures, or a function that makes one of them for a language.
 *
 * Wait for it (`await show(…)`): when it returns, the output is on its way to whoever listens, so
 * none is lost to a reader that stops when the cell ends.
 *
 * @param things What to show.
 * @throws {InputError} For a value that cannot be shown.
 */
export async function show(...things: readonly unknown[]): Promise<void> {
  const settings = readSettings();
  for (const thing of things) {
    for (const bundle of bundlesOf(thing, settings)) await putOnWire(bundle);
  }
}

/**
 * The outputs of one thing: what an editor shows in the first language, and in a run for a report
 * every language's version beside the first of them.
 */
export function bundlesOf(thing: unknown, settings: Settings): MimeBundle[] {
  const [first = "da"] = settings.languages;
  const shown = render(thing, first);
  if (!settings.report) return [...shown.outputs];
  const parts: ReportParts = Object.fromEntries(
    settings.languages.map((language) => [
      language,
      language === first ? shown.part : render(thing, language).part,
    ]),
  );
  const nothing: ReportParts = Object.fromEntries(
    settings.languages.map((language) => [language, { html: "" }]),
  );
  return shown.outputs.map((bundle, index) => ({
    ...bundle,
    [REPORT_MIME]: index === 0 ? parts : nothing,
  }));
}

function render(thing: unknown, language: Language): Rendered {
  if (typeof thing === "function") return render(thing(language), language);
  if (isShowable(thing)) return thing.render(language);
  if (isFigure(thing)) return figureRendered(thing, language);
  if (thing instanceof ColumnTable) return htmlRendered(arqueroHtml(thing), arqueroText(thing));
  if (isElement(thing)) return plotRendered(thing);
  throw new InputError(
    `show() cannot show ${describe(thing)}. Give it a figure, a table, a text made by narrate(), ` +
      `a Plot figure, or a function of the language that returns one.`,
  );
}

function isFigure(value: unknown): value is Figure {
  return typeof value === "object" && value !== null && "svg" in value && "caption" in value;
}

function isElement(value: unknown): value is Element {
  return typeof value === "object" && value !== null && "outerHTML" in value;
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return typeof value === "object" ? `a ${value.constructor?.name ?? "object"}` : typeof value;
}
