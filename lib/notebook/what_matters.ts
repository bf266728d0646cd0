import { palette } from "../charts/palette.ts";
import * as Plot from "../charts/plot.ts";
import { InputError } from "../responses/input_error.ts";
import type { Language, Text } from "../responses/language.ts";
import type { QuestionId } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import {
  type Importance,
  type ImportanceOptions,
  type RelativeImportance,
  relativeImportance,
} from "../statistics/rows/relative_importance.ts";
import { texts, wordsOf } from "../words/catalogue.ts";
import { tell } from "../words/claims.ts";
import { endNames, intervalName } from "../words/figure_texts.ts";
import { ownText } from "../words/message.ts";
import { plotted } from "./chart_rendered.ts";
import { checkOptions, type Named } from "./check_options.ts";
import { type Column, dataTable, number, tabulated, text } from "./data_table.ts";
import { NEEDS_ROWS } from "./data_told.ts";
import { labelOf, namedNote } from "./labels.ts";
import { narrate } from "./narrate.ts";
import type { Showable } from "./notebook_file.ts";

const WORDS = texts("importance");

/** What was worked out, which as a cell's last line shows itself as a table. */
type WhatMatters = Worked & Showable;

/** With the codebook that its names are of, and the predictors that were not part of this wave. */
type Worked = RelativeImportance & Pick<Survey, "codebook"> & {
  readonly missing: readonly string[];
};

/**
 * What goes together most with an answer, and how sure that is: see `relativeImportance()`.
 *
 *     whatMatters(survey, { outcome: "…", predictors: ["…", "…"] })
 *
 * A predictor that was not part of this wave is left out, and the base line says so.
 *
 * @param options `replicates`, `seed`, `within`; `name`, `title`.
 * @throws {InputError} For an option or a name that is none, with the nearest right one.
 */
export function whatMatters(
  survey: Survey,
  plan: { readonly outcome: QuestionId; readonly predictors: readonly QuestionId[] },
  options: ImportanceOptions & Named = {},
): WhatMatters {
  const call = "whatMatters()";
  checkOptions(call, plan ?? {}, ["outcome", "predictors"], []);
  if (typeof plan?.outcome !== "string" || !Array.isArray(plan.predictors)) {
    throw new InputError(
      `${call} takes what is to be explained, and by what: ` +
        `whatMatters(survey, { outcome: "…", predictors: ["…", "…"] }).`,
    );
  }
  const { name = `${plan.outcome}-importance`, title, ...own } = checkOptions(call, options, [
    ...["replicates", "seed", "within"],
  ]);
  const isMissing = (question: string) => survey.left_out.includes(question);
  const missing = plan.predictors.filter(isMissing);
  const asked = plan.predictors.filter((question) => !isMissing(question));
  // Of fewer than two nothing can be compared: then the plan stays, and nobody has answered all of it.
  const isEnough = asked.length >= 2 && !isMissing(plan.outcome);
  const found = relativeImportance(survey, isEnough ? { ...plan, predictors: asked } : plan, own);
  const shown = {
    ...{ ...found, codebook: survey.codebook },
    missing: isMissing(plan.outcome) ? [plan.outcome, ...missing] : missing,
  };
  if (found.status !== "estimated") return Object.assign(why(shown), shown);
  const outcome = labelOf(survey, plan.outcome);
  return Object.assign(
    dataTable([tableOf(shown, name, title ?? ownText("importance.title", { outcome }))]),
    shown,
  );
}

/**
 * The priority map: how much each predictor carries against its score; drawn quietly where it has no sure place.
 */
export function priorityMap(found: WhatMatters, options: Named = {}): Showable {
  const { name = `${found.plan.outcome}-priorities`, title: given } = checkOptions(
    "priorityMap()",
    options,
    [],
  );
  if (found.status !== "estimated") return why(found);
  const outcome = labelOf(found, found.plan.outcome);
  const title = given ?? ownText("importance.map_title", { outcome });
  const alt = found.rows.map((row) =>
    ownText("importance.alt", {
      ...{ label: nameOf(found, row), share: row.share.value, score: row.score.value },
    })
  );
  return plotted({
    ...{ name, title, alt: tell(...alt) },
    base: tell(baseOf(found), ownText("importance.map_base", { outcome })),
    table: tableOf(found, name, title),
  }, (language, width) => draw(found, language, width));
}

function why(found: Worked): Showable {
  if (found.status === "needs_rows") return narrate(NEEDS_ROWS);
  const [notAsked = WORDS.none] = namedNote(found.codebook, found.missing, "not_in_wave");
  return narrate(notAsked);
}

function baseOf(found: Worked): Text {
  const base = ownText("importance.base", {
    ...{ found, explained: found.rSquared.value, replicates: found.replicates },
    interval: intervalName(found.codebook.study.confidence),
  });
  return tell(base, ...namedNote(found.codebook, found.missing, "not_in_wave"));
}

function nameOf(found: Worked, { variable, isTurned }: Importance): Text {
  const label = labelOf(found, variable);
  return isTurned ? ownText("importance.turned", { label }) : label;
}

function tableOf(found: Worked, name: string, title: Text) {
  const ends = endNames(found.codebook.study.confidence);
  const ranged = (
    of: "share" | "correlation" | "score",
    kind: "share" | "number",
    digits: number,
    decimals: number,
  ): Column<Importance>[] =>
    ([["value", WORDS[of]], ["low", ends.low], ["high", ends.high]] as const).map(([end, label]) =>
      // No finer than needed: from all digits of them the answers of few people could be worked out.
      number(kind, label, (row) => Number(row[of][end].toFixed(decimals)), digits)
    );
  return tabulated(found.rows, [
    text(WORDS.predictor, (row) => nameOf(found, row)),
    number("count", WORDS.number, (row) => found.rows.indexOf(row) + 1),
    ...ranged("share", "share", 2, 3),
    ...ranged("correlation", "number", 2, 2),
    ...ranged("score", "number", 0, 0),
    text(WORDS.place, ({ place }) => WORDS[place ?? "unsure"]),
  ], { name, title, base: baseOf(found) });
}

function draw(found: Worked, language: Language, width: number): Element {
  const own = wordsOf("importance", language);
  // On a telephone each entry of the key has two lines.
  const [entry, lineWidth] = width < 500 ? [34, 25] : [18, 60];
  const dots = found.rows.map((row, i) => ({
    ...{ number: String(i + 1), label: `${i + 1}  ${nameOf(found, row)[language]}` },
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
