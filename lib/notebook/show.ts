import { ColumnTable } from "arquero";
import { isElement } from "../charts/draw_chart.ts";
import { FIGURE, type Figure } from "../charts/figure.ts";
import { chartDocument } from "../charts/plot.ts";
import { sourcesOf } from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import { INTERVIEWS } from "../responses/interviews.ts";
import { isText, type Language } from "../responses/language.ts";
import { codebook } from "../responses/study.ts";
import { escapeHtml } from "../words/escape_html.ts";
import { words } from "../words/message.ts";
import { quotedLabels } from "../words/quoted.ts";
import { arqueroRendered, surveyRendered } from "./answers_rendered.ts";
import { figureRendered, plotRendered } from "./chart_rendered.ts";
import { putOnWire } from "./display.ts";
import { narrate } from "./narrate.ts";
import { type MimeBundle, REPORT_MIME, type ReportParts } from "./notebook_file.ts";
import { CellSurvey } from "./open_survey.ts";
import { readSettings, type Settings } from "./settings.ts";
import { isShowable, type Rendered, type Showable, showable, Shown } from "./showable.ts";

/** Deno's kernel asks the value of a cell's last line for its MIME bundle by this name. */
const DISPLAY = Symbol.for("Jupyter.display");

/**
 * Shows things below the cell, in order: figures, tables, sentences, headings, claims, Arquero
 * tables, Plot figures, the survey, or a function that makes one of them for a language.
 *
 * Wait for it (`await show(…)`): when it returns, the output is on its way to whoever listens, so
 * none is lost to a reader that stops when the cell ends.
 *
 * What is all about a question that was not part of this wave is left out; one sentence says so where
 * nothing else is left to show, or the finding itself is gone.
 *
 * @param things What to show.
 * @throws {InputError} For a value that cannot be shown.
 */
export function show(...things: readonly unknown[]): Promise<void> {
  const settings = readSettings();
  const shown = (async () => {
    for (const thing of ofWave(things, settings.languages[0] ?? "da")) {
      for (const bundle of bundlesOf(thing, settings)) await putOnWire(bundle);
    }
  })();
  // As the last line of a cell, without `await`, there is nothing more to show.
  return Object.defineProperty(shown, DISPLAY, { value: () => shown.then(() => ({})) });
}

/**
 * Lets whatever `show()` shows be a cell's last line: it then looks the same. Without it the kernel
 * prints an object's insides.
 */
export function registerDisplays(): void {
  // What Plot makes is an SVG element or an HTML one, both of which are elements.
  const drawing = chartDocument().createElementNS("http://www.w3.org/2000/svg", "svg");
  const element = Object.getPrototypeOf(Object.getPrototypeOf(drawing));
  const classes = [ColumnTable, CellSurvey, Shown].map(({ prototype }) => prototype);
  for (const prototype of [...classes, FIGURE, element]) {
    Object.defineProperty(prototype, DISPLAY, {
      configurable: true,
      async value(this: unknown) {
        const bundles = bundlesOf(this, readSettings());
        for (const bundle of bundles.slice(0, -1)) await putOnWire(bundle);
        return bundles.at(-1);
      },
    });
  }
}

/**
 * The outputs of one thing: what an editor shows in the first language, and in a run for a report
 * every language's version beside the first of them.
 */
export function bundlesOf(thing: unknown, settings: Settings): MimeBundle[] {
  const missing = missingOf(thing);
  if (missing.length > 0) return bundlesOf(notInWave(missing), settings);
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

/**
 * What proves a finding: in the report all of it stands behind the finding's "Details", closed; in an
 * editor it is open. A `finding()` among it is a heading there, and no entry of the contents.
 *
 * @param given Whatever `show()` shows.
 */
export function details(...given: readonly unknown[]): Showable {
  const things = given.filter((thing) => missingOf(thing).length === 0);
  return showable((language) => {
    const all = things.map((thing) => render(thing, language));
    const parts = all.map(({ part }) => part);
    return {
      outputs: all.flatMap(({ outputs }) => outputs),
      part: {
        html: "",
        details: parts.map(({ html, details = "" }) => asInner(html) + details).join("\n"),
        signs: parts.flatMap(({ signs = [] }) => signs),
        tables: parts.flatMap(({ tables = [] }) => tables),
      },
    };
  }, things.length === 0 ? [...new Set(given.flatMap(missingOf))] : []);
}

/** What all of a thing is about that was not part of this wave. */
function missingOf(thing: unknown): readonly string[] {
  const isThing = isShowable(thing) || isFigure(thing) || isText(thing);
  return isThing && "missing" in thing ? thing.missing as string[] | undefined ?? [] : [];
}

/** Things without those that were not part of this wave, and the sentence on these where it is needed. */
function ofWave(things: readonly unknown[], language: Language): unknown[] {
  const missing = [...new Set(things.flatMap(missingOf))];
  if (missing.length === 0) return [...things];
  const isChapter = (thing: unknown) =>
    isShowable(thing) && thing.render(language).part.heading?.level === 2;
  const first = things.findIndex((thing) => !isChapter(thing));
  const isSaid = missingOf(things[first]).length > 0;
  return things.flatMap((thing, i) =>
    missingOf(thing).length === 0 ? [thing] : isSaid && i === first ? [notInWave(missing)] : []
  );
}

/** That something was not part of this wave; a chapter of the report says it once. */
function notInWave(names: readonly string[]): Showable {
  const asked = [
    ...new Set(names.flatMap((name) => {
      const sources = sourcesOf(codebook(), name);
      return sources.length === 1 ? sources : [name];
    })),
  ].filter((name) => name !== INTERVIEWS);
  return showable((language) => {
    const about = { names: quotedLabels(codebook(), asked, language), count: asked.length };
    const said = [
      ...asked.length > 0 ? [words("not_in_wave", language, about)] : [],
      ...names.includes(INTERVIEWS) ? [words("interviews.none", language)] : [],
    ].join(" ");
    const html = `<p>${escapeHtml(said)}</p>`;
    return { outputs: [{ "text/html": html, "text/plain": said }], part: { html, once: said } };
  });
}

function asInner(html: string): string {
  return html.replace(/^<h[23][^>]*>(.*?)<\/h[23]>/s, '<h4 class="headline">$1</h4>');
}

function render(thing: unknown, language: Language): Rendered {
  if (typeof thing === "function") return render(thing(language), language);
  if (isShowable(thing)) return thing.render(language);
  if (isFigure(thing)) return figureRendered(thing, language);
  if (thing instanceof ColumnTable) return arqueroRendered(thing);
  if (thing instanceof CellSurvey) return surveyRendered(thing, language);
  if (isElement(thing)) return plotRendered(thing);
  if (isText(thing) || typeof thing === "string") return narrate(thing).render(language);
  throw new InputError(
    `show() cannot show ${describe(thing)}. Give it a figure, a table, a text made by narrate(), ` +
      `a Plot figure, the survey, or a function of the language that returns one.`,
  );
}

function isFigure(value: unknown): value is Figure {
  return typeof value === "object" && value !== null && "svg" in value && "caption" in value;
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return typeof value === "object" ? `a ${value.constructor?.name ?? "object"}` : typeof value;
}
