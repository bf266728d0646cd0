import { palette } from "../charts/palette.ts";
import * as Plot from "../charts/plot.ts";
import { InputError } from "../responses/input_error.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import type { QuestionId } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import {
  type Importance,
  type ImportanceOptions,
  type Ranged,
  type RelativeImportance,
  relativeImportance,
} from "../statistics/rows/relative_importance.ts";
import { wordsOf } from "../words/catalogue.ts";
import { endNames, intervalName } from "../words/how_counted.ts";
import { ownText, words } from "../words/message.ts";
import { checkOptions, type Named, textsOf } from "./check_options.ts";
import { NEEDS_ROWS } from "./data_told.ts";
import { dataTable } from "./data_table.ts";
import { narrate } from "./narrate.ts";
import type { DataTable } from "./notebook_file.ts";
import { plotted } from "./plot_rendered.ts";
import type { Showable } from "./showable.ts";

/** What was worked out, which as a cell's last line shows itself as a table. */
export type WhatMatters = Worked & Showable;

/** With the codebook that its names are of. */
type Worked = RelativeImportance & Pick<Survey, "codebook">;

/**
 * What goes together most with an answer, and how sure that is: see `relativeImportance()`.
 *
 *     whatMatters(survey, { outcome: "…", predictors: ["…", "…"] })
 *
 * @param options `method`: "shapley" or "johnson"; `replicates`, `seed`, `within`; `name`, `title`.
 * @throws {InputError} For an option or a name that is none, with the nearest right one.
 */
export function whatMatters(
  survey: Survey,
  plan: { readonly outcome: QuestionId; readonly predictors: readonly QuestionId[] },
  options: ImportanceOptions & Named = {},
): WhatMatters {
  const call = "whatMatters()";
  checkOptions(call, plan, ["outcome", "predictors"]);
  if (typeof plan?.outcome !== "string" || !Array.isArray(plan.predictors)) {
    throw new InputError(
      `${call} takes what is to be explained, and by what: ` +
        `whatMatters(survey, { outcome: "…", predictors: ["…", "…"] }).`,
    );
  }
  const known = ["method", "replicates", "seed", "within", "name", "title"];
  const { name = `${plan.outcome}-importance`, ...own } = checkOptions(call, options, known) as
    & ImportanceOptions
    & Named;
  if (own.method !== undefined && !["shapley", "johnson"].includes(own.method)) {
    throw new InputError(`${call}: method is "shapley" or "johnson", not "${own.method}".`);
  }
  const found = relativeImportance(survey, plan, own);
  const { codebook } = survey;
  const label = codebook.questions[plan.outcome]!.label;
  const { title = ownText("importance.title", { outcome: label }) } = textsOf(call, own);
  const shown = { ...found, codebook };
  const table = dataTable((language) => tableOf(shown, { name, title }, language));
  return Object.assign(found.status === "estimated" ? table : why(found), shown);
}

/**
 * The priority map: how much each predictor carries against its score. What is not surely on one side
 * of both means is drawn quietly, and has no place.
 *
 * @param found As `whatMatters()` gives it.
 */
export function priorityMap(found: WhatMatters, options: Named = {}): Showable {
  const call = "priorityMap()";
  const { name = `${found.plan.outcome}-priorities` } = checkOptions(call, options, [
    "name",
    "title",
  ]) as Named;
  if (found.status !== "estimated") return why(found);
  const label = found.codebook.questions[found.plan.outcome]!.label;
  const { title = ownText("importance.map_title", { outcome: label }) } = textsOf(call, options);
  const base = inEveryLanguage((language) =>
    `${baseOf(found)[language]} ${words("importance.map_base", language, { outcome: label })}`
  );
  const alt = inEveryLanguage((language) =>
    found.rows.map((row) =>
      words("importance.alt", language, {
        ...{ label: labelOf(found, row, language), share: row.share.value },
        score: row.score.value,
      })
    ).join(" ")
  );
  const table = (language: Language) => tableOf(found, { name, title }, language);
  return plotted(
    { name, title, alt, base, table },
    (language, width) => draw(found, language, width),
  );
}

function why({ status }: RelativeImportance): Showable {
  return narrate(status === "needs_rows" ? NEEDS_ROWS : ownText("importance.none"));
}

function baseOf(found: Worked): Text {
  return ownText("importance.base", {
    ...{ found, explained: found.rSquared.value, replicates: found.replicates },
    interval: intervalName(found.codebook.study.confidence),
  });
}

function labelOf(
  { codebook }: Worked,
  { variable, isTurned }: Importance,
  language: Language,
) {
  const label = codebook.questions[variable]!.label;
  return isTurned ? words("importance.turned", language, { label }) : label[language];
}

function tableOf(
  found: Worked,
  { name, title }: { readonly name: string; readonly title: Text },
  language: Language,
): DataTable {
  const own = wordsOf("importance", language);
  const ends = endNames(found.codebook.study.confidence);
  const ranged = (label: string, kind: "share" | "number", digits = 2) =>
    [label, ends.low[language], ends.high[language]].map((label) => ({ label, kind, digits }));
  return {
    name,
    title: title[language],
    base: baseOf(found)[language],
    columns: [
      { label: own.predictor, kind: "text" },
      { label: own.number, kind: "count" },
      ...ranged(own.share, "share"),
      ...ranged(own.correlation, "number"),
      ...ranged(own.score, "number", 0),
      { label: own.place, kind: "text" },
    ],
    rows: found.rows.map((row, i) => [
      ...[labelOf(found, row, language), i + 1],
      ...[told(row.share, 3), told(row.correlation, 2), told(row.score, 0)].flat(),
      own[row.place ?? "unsure"],
    ]),
  };
}

/** No finer than needed: from all digits of them the answers of few people could be worked out. */
function told({ value, low, high }: Ranged, decimals: number): number[] {
  return [value, low, high].map((number) => Number(number.toFixed(decimals)));
}

function draw(found: Worked, language: Language, width: number): Element {
  const own = wordsOf("importance", language);
  // On a telephone each entry of the key has two lines.
  const [entry, lineWidth] = width < 500 ? [34, 25] : [18, 60];
  const dots = found.rows.map((row, i) => ({
    ...{ number: String(i + 1), label: `${i + 1}  ${labelOf(found, row, language)}` },
    ...{ x: row.score.value, x1: row.score.low, x2: row.score.high },
    ...{ y: 100 * row.share.value, y1: 100 * row.share.low, y2: 100 * row.share.high },
    isSure: row.place !== null,
  }));
  const middle = {
    x: dots.reduce((sum, { x }) => sum + x, 0) / dots.length,
    y: 100 / dots.length,
  };
  const colour = ({ isSure }: { isSure: boolean }) => isSure ? palette.accent : palette.muted;
  const line = { stroke: colour, strokeWidth: 1.5 } as const;
  const corner = (text: string, frameAnchor: Plot.FrameAnchor) =>
    Plot.text([text], { frameAnchor, fill: palette.muted, fontSize: 12, dx: 0 });
  return Plot.plot({
    width,
    height: 360 + entry * dots.length,
    marginLeft: 44,
    marginBottom: 48 + entry * dots.length,
    insetTop: 20,
    insetBottom: 20,
    x: { label: own.x, labelOffset: 34, labelArrow: "none", nice: true },
    y: { label: own.y, labelArrow: "none", nice: true, zero: true },
    marks: [
      Plot.ruleX([middle.x], { stroke: palette.axis }),
      Plot.ruleY([middle.y], { stroke: palette.axis }),
      corner(own.priority, "top-left"),
      corner(own.strength, "top-right"),
      corner(own.watch, "bottom-left"),
      corner(own.maintain, "bottom-right"),
      Plot.ruleX(dots, { x: "x", y1: "y1", y2: "y2", ...line }),
      Plot.ruleY(dots, { y: "y", x1: "x1", x2: "x2", ...line }),
      Plot.dot(dots, {
        ...{ x: "x", y: "y", r: 10, stroke: colour, strokeWidth: 2 },
        fill: ({ isSure }) => isSure ? palette.accent : palette.paper,
      }),
      Plot.text(dots, {
        ...{ x: "x", y: "y", text: "number", fontWeight: 600, fontSize: 12 },
        fill: ({ isSure }) => isSure ? palette.paper : palette.muted,
      }),
      ...dots.map(({ label }, i) =>
        Plot.text([label], {
          ...{ frameAnchor: "bottom-left", textAnchor: "start", fontSize: 12 },
          ...{ dx: -36, dy: 52 + entry * i, lineAnchor: "top", lineWidth },
        })
      ),
    ],
  });
}
