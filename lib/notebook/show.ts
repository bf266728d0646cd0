import { ColumnTable } from "arquero";
import { isElement } from "../charts/draw_chart.ts";
import { FIGURE, type Figure } from "../charts/figure.ts";
import { chartDocument } from "../charts/plot.ts";
import { putOnWire } from "../jupyter/wire_barrier.ts";
import { sourcesOf } from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import { INTERVIEWS } from "../responses/interviews.ts";
import { isText, type Language } from "../responses/language.ts";
import { codebook } from "../responses/study.ts";
import { NOTHING, tell } from "../words/claims.ts";
import { ownText } from "../words/message.ts";
import { escapeHtml } from "../words/prose.ts";
import { arqueroRendered, surveyRendered } from "./answers_rendered.ts";
import { figureRendered, plotRendered } from "./chart_rendered.ts";
import { namedNote } from "./labels.ts";
import { narrate } from "./narrate.ts";
import {
  htmlRendered,
  isShowable,
  type MimeBundle,
  type Rendered,
  REPORT_MIME,
  type ReportPart,
  type Showable,
  Shown,
} from "./notebook_file.ts";
import { CellSurvey } from "./open_survey.ts";
import { readSettings, type Settings } from "./settings.ts";

/** Deno's kernel asks the value of a cell's last line for its MIME bundle by this name. */
const DISPLAY = Symbol.for("Jupyter.display");

/**
 * Shows things below the cell, in order: figures, tables, texts, claims, Arquero tables, Plot figures, the
 * survey, or a function that makes one of them for a language. Wait for it: no output is lost then.
 *
 * What is all about a question that was not part of this wave is left out; one sentence says so where
 * nothing else is left to show, or the finding itself is gone.
 *
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

/** Lets whatever `show()` shows be a cell's last line, which looks the same then. */
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

/** The outputs of one thing, in the first language; in a run for a report with every language's version. */
export function bundlesOf(thing: unknown, settings: Settings): MimeBundle[] {
  const missing = missingOf(thing);
  if (missing.length > 0) return bundlesOf(notInWave(missing), settings);
  const [first = "da"] = settings.languages;
  const shown = render(thing, first);
  if (!settings.report) return [...shown.outputs];
  const parts = (partOf: (language: Language) => ReportPart) =>
    Object.fromEntries(settings.languages.map((language) => [language, partOf(language)]));
  return shown.outputs.map((bundle, index) => ({
    ...bundle,
    [REPORT_MIME]: parts((language) =>
      index > 0 ? { html: "" } : language === first ? shown.part : render(thing, language).part
    ),
  }));
}

/**
 * What proves a finding: in the report it stands behind the finding's "Details", closed; a `finding()` among it
 * is a heading there.
 */
export function details(...given: readonly unknown[]): Showable {
  const things = given.filter((thing) => missingOf(thing).length === 0);
  return new Shown((language) => {
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
function notInWave(missing: readonly string[]): Showable {
  const names = missing.flatMap((name) => {
    const sources = sourcesOf(codebook(), name);
    return name === INTERVIEWS ? [] : sources.length === 1 ? sources : [name];
  });
  const said = tell(
    ...namedNote(codebook(), [...new Set(names)], "not_in_wave"),
    missing.includes(INTERVIEWS) ? ownText("interviews.none") : NOTHING,
  );
  return new Shown((language) => {
    const { outputs, part } = htmlRendered(`<p>${escapeHtml(said[language])}</p>`, said[language]);
    return { outputs, part: { ...part, once: said[language] } };
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
  const name = typeof thing === "object" && thing !== null
    ? `a ${thing.constructor?.name ?? "object"}`
    : String(thing);
  throw new InputError(
    `show() cannot show ${name}. Give it a figure, a table, a text made by narrate(), ` +
      `a Plot figure, the survey, or a function of the language that returns one.`,
  );
}

function isFigure(value: unknown): value is Figure {
  return typeof value === "object" && value !== null && "svg" in value && "caption" in value;
}
