import type { Codebook } from "../responses/codebook.ts";
import type { Language } from "../responses/language.ts";
import { codebook as shippedCodebook } from "../responses/study.ts";
import { type Expected, planSurvey, type SurveyPlan } from "../statistics/plan_survey.ts";
import { texts } from "../words/catalogue.ts";
import { tell } from "../words/claims.ts";
import { intervalName } from "../words/figure_texts.ts";
import { ownText } from "../words/message.ts";
import { checkOptions, type Named } from "./check_options.ts";
import { type Column, dataTable, number, tabulated, text } from "./data_table.ts";
import type { DataTable, Showable } from "./notebook_file.ts";

const WORDS = texts("plan");

interface PlanOptions extends Named, Omit<SurveyPlan, "invited"> {
  /** By default those of the codebook. */
  readonly invited?: number;
  /** Whose confidence, least base and number invited it is; the shipped one by default. */
  readonly codebook?: Codebook;
}

/** What to expect, which as a cell's last line shows itself as a table. */
type Planned = Showable & {
  readonly expected: readonly Expected[];
  readonly table: (language: Language) => DataTable;
};

/**
 * What a survey will be able to show, before anybody is asked: see `planSurvey()`.
 *
 *     surveyPlan({ invited: 900, response: 0.4, groups: [{ name: "North", invited: 120 }] })
 *
 * @throws {InputError} For an option that is none, with the nearest right one, or a number out of range.
 */
export function surveyPlan(options: PlanOptions): Planned {
  const { name = "plan", title = WORDS.title, codebook = shippedCodebook(), ...own } = checkOptions(
    "surveyPlan()",
    options,
    ["invited", "response", "groups", "share", "designEffect", "power", "earlier", "codebook"],
  );
  const { study: { invited, confidence }, disclosure: { least_base: leastBase } } = codebook;
  const plan = { invited, ...own };
  const expected = planSurvey(plan, { confidence, leastBase });
  const { share = 0.5, power = 0.8, designEffect: effect = 1 } = plan;
  const { change } = expected[0]!;
  const columns: Column<Expected>[] = [
    text(WORDS.group, (row) => row.name ?? WORDS.everybody),
    number("count", WORDS.invited, (row) => Math.round(row.invited)),
    number("count", WORDS.respondents, (row) => Math.round(row.respondents)),
    number("number", WORDS.width, ({ interval }) => 50 * (interval.high - interval.low), 1),
    number("number", WORDS.detectable, ({ detectable }) => detectable && 100 * detectable, 1),
    number("share", WORDS.chance, ({ hidden }) => hidden),
    text(WORDS.shown, ({ isHidden }) => WORDS[`hidden.${isHidden}`]),
  ];
  const base = tell(
    ownText("plan.base", { share, power, effect, interval: intervalName(confidence) }),
    ...change === null ? [] : [ownText("plan.change", { change })],
  );
  const table = tabulated(expected, columns, { name, title, base });
  return Object.assign(dataTable([table]), { expected, table });
}
