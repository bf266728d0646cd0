import type { Codebook } from "../responses/codebook.ts";
import type { Language } from "../responses/language.ts";
import { codebook as shippedCodebook } from "../responses/study.ts";
import { type Expected, planSurvey, type SurveyPlan } from "../statistics/plan_survey.ts";
import { wordsOf } from "../words/catalogue.ts";
import { intervalName } from "../words/how_counted.ts";
import { ownText, words } from "../words/message.ts";
import { checkOptions, type Named, textsOf } from "./check_options.ts";
import { dataTable } from "./data_table.ts";
import type { DataTable } from "./notebook_file.ts";
import type { Showable } from "./showable.ts";

const OPTIONS = [
  ...["invited", "response", "groups", "share", "designEffect", "power", "earlier"],
  ...["name", "title", "codebook"],
];

interface PlanOptions extends Named, Omit<SurveyPlan, "invited"> {
  /** By default those of the codebook. */
  readonly invited?: number;
  /** Whose confidence, least base and number invited it is; the shipped one by default. */
  readonly codebook?: Codebook;
}

/** What to expect, which as a cell's last line shows itself as a table. */
export type Planned = Showable & {
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
  const call = "surveyPlan()";
  const { name = "plan", codebook = shippedCodebook(), ...own } = checkOptions(
    call,
    options,
    OPTIONS,
  ) as unknown as PlanOptions;
  const { title = ownText("plan.title") } = textsOf(call, own);
  const { study: { invited, confidence }, disclosure: { least_base: leastBase } } = codebook;
  const plan = { invited, ...own };
  const expected = planSurvey(plan, { confidence, leastBase });
  const table = (language: Language): DataTable => {
    const heads = wordsOf("plan", language);
    const { share = 0.5, power = 0.8, designEffect: effect = 1 } = plan;
    const [{ change }] = expected as [Expected];
    const points = (label: string) => ({ label, kind: "number" as const, digits: 1 });
    return {
      name,
      title: title[language],
      base: [
        words("plan.base", language, {
          ...{ share, power, effect, interval: intervalName(confidence) },
        }),
        ...change === null ? [] : [words("plan.change", language, { change })],
      ].join(" "),
      columns: [
        { label: heads.group, kind: "text" },
        { label: heads.invited, kind: "count" },
        { label: heads.respondents, kind: "count" },
        points(heads.width),
        points(heads.detectable),
        { label: heads.chance, kind: "share" },
        { label: heads.shown, kind: "text" },
      ],
      rows: expected.map((row) => [
        ...[row.name ?? heads.everybody, Math.round(row.invited), Math.round(row.respondents)],
        50 * (row.interval.high - row.interval.low),
        row.detectable === null ? null : 100 * row.detectable,
        ...[row.hidden, heads[`hidden.${row.isHidden}`]],
      ]),
    };
  };
  return Object.assign(dataTable(table), { expected, table });
}
