import { dataTableText } from "../notebook/data_table.ts";
import { surveyPlan } from "../notebook/survey_plan.ts";
import { categoriesOf } from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import { type Language, LANGUAGES } from "../responses/language.ts";
import { nearest, numberOf } from "../responses/spelling.ts";
import { codebook, population } from "../responses/study.ts";
import type { PlannedGroup } from "../statistics/plan_survey.ts";

/** The options of `deno task plan`, as they are written. */
export interface PlanCommand {
  readonly response: string;
  readonly invited?: string;
  /** "name=number", several with commas; each may have its own response: "name=number@30%". */
  readonly groups?: string;
  /** Variables of the codebook, with commas. */
  readonly by?: string;
  readonly share: string;
  readonly deff: string;
  readonly power: string;
  readonly earlier?: string;
  readonly lang: string;
}

/**
 * Prints what a survey will be able to show: by group the width of intervals, the least difference that
 * is found, and which groups will be hidden. Groups are those given, or the variables whose sizes the
 * codebook's strata or data/population.json have.
 *
 * @returns 0.
 * @throws {InputError} Where an option is unfit.
 */
export function plan(command: PlanCommand): Promise<number> {
  const { response, share, deff, power, earlier, lang } = command;
  const language = LANGUAGES.find((each) => each === lang);
  if (language === undefined) throw new InputError(`--lang ${lang}: give da or en.`);
  const invited = command.invited === undefined
    ? codebook().study.invited
    : numberIn("--invited", command.invited);
  const planned = surveyPlan({
    ...{ invited, response: shareIn("--response", response), share: shareIn("--share", share) },
    ...{ designEffect: numberIn("--deff", deff), power: shareIn("--power", power) },
    ...earlier !== undefined && { earlier: numberIn("--earlier", earlier) },
    groups: command.groups === undefined
      ? knownGroups(invited, command.by, language)
      : command.groups.split(",").map(groupIn),
  });
  const table = planned.table(language);
  const lines = dataTableText(table, language).split("\n").slice(1).map((line) => line.split("\t"));
  const widths = lines[0]!.map((_, i) => Math.max(...lines.map((line) => line[i]!.length)));
  console.log(table.title);
  for (const line of lines) {
    const cells = line.map((cell, i) =>
      table.columns[i]!.kind === "text" ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)
    );
    console.log(cells.join("  ").trimEnd());
  }
  console.log(table.base);
  return Promise.resolve(0);
}

/** The groups whose sizes are known, of the variables that are wanted. */
function knownGroups(invited: number, by: string | undefined, language: Language): PlannedGroup[] {
  const book = codebook();
  const { strata } = book.study;
  const drawn = strata?.invited ? { [strata.variable]: strata.invited } : {};
  const margins = Object.entries(population().margins).map(([variable, shares]) => [
    variable,
    Object.fromEntries(Object.entries(shares).map(([id, share]) => [id, share * invited])),
  ]);
  const sizes: Record<string, Record<string, number | null>> = {
    ...Object.fromEntries(margins),
    ...drawn,
  };
  const wanted = by?.split(",").map((name) => name.trim()) ?? Object.keys(sizes);
  return wanted.flatMap((variable) => {
    if (sizes[variable] === undefined) {
      const [meant = Object.keys(sizes).join(", ")] = nearest(variable, Object.keys(sizes));
      throw new InputError(
        `--by ${variable}: how many are in its groups is not known. Is ${meant} meant? Otherwise put ` +
          "the shares in data/population.json, or give --groups.",
      );
    }
    const labels = categoriesOf(book, variable) ?? {};
    return Object.entries(sizes[variable]).flatMap(([id, size]) =>
      size === null ? [] : [{ name: labels[id]?.[language] ?? id, of: variable, invited: size }]
    );
  });
}

function groupIn(text: string): PlannedGroup {
  const [, name = "", number = "", response] = /^([^=]+)=([^=@]+)(?:@(.+))?$/.exec(text.trim()) ??
    [];
  if (name === "") {
    throw new InputError(`--groups: cannot read "${text}". Write name=number, as in North=400.`);
  }
  return {
    ...{ name: name.trim(), invited: numberIn("--groups", number) },
    ...response !== undefined && { response: shareIn("--groups", response) },
  };
}

function numberIn(option: string, text: string): number {
  const number = numberOf(text);
  if (Number.isNaN(number)) throw new InputError(`${option} ${text}: give a number.`);
  return number;
}

/** "35%" or "0.35". */
function shareIn(option: string, text: string): number {
  const [, percent] = /^(.+?)\s*(?:%|pct\.?)$/.exec(text.trim()) ?? [];
  const share = percent === undefined ? numberOf(text) : numberOf(percent) / 100;
  if (share > 0 && share <= 1) return share;
  throw new InputError(`${option} ${text}: give a share, such as 35% or 0.35.`);
}
