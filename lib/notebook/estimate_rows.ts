import { ColumnTable } from "arquero";
import { baseOf } from "../charts/lookup.ts";
import type { Codebook } from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import type { BaseId } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import type { Estimate } from "../statistics/estimate.ts";
import { estimates } from "../statistics/estimates.ts";

/** Estimates as `shares()` gives them, after any of Arquero's verbs, or an array of them. */
export type EstimateRows = ColumnTable | readonly Partial<Estimate>[];

/**
 * Rows of a table as estimates. Columns that say nothing new may have been left out: who was asked,
 * the set beside a category, the variable of rows that are of everyone.
 *
 * @throws {InputError} Where there is no row, or one lacks what it is a share of.
 */
export function estimatesOfRows(rows: EstimateRows, { questions }: Codebook): Estimate[] {
  const all = rows instanceof ColumnTable
    ? rows.objects() as readonly Partial<Estimate>[]
    : [...rows];
  if (all.length === 0) throw new InputError("There is no estimate to draw: the table has no row.");
  return all.map((row, index): Estimate => {
    const { question, set = null, category = null, variable = null, group = null } = row;
    const lacks = typeof question !== "string"
      ? "question"
      : set === null && category === null
      ? "set or category"
      : group !== null && variable === null
      ? "variable"
      : typeof row.share !== "number" && row.share !== null
      ? "share"
      : null;
    if (lacks !== null) {
      throw new InputError(
        `Row ${index + 1} of ${all.length} is no estimate: it has no ${lacks}. It has: ${
          Object.keys(row).join(", ")
        }. Keep the columns that shares() gives.`,
      );
    }
    const share = numberOf(row.share);
    return {
      question: question!,
      set,
      category: set === null ? category : null,
      base: row.base ?? questions[question!]?.base ?? "",
      variable,
      group,
      n: row.n ?? NaN,
      count: numberOf(row.count),
      share,
      low: numberOf(row.low),
      high: numberOf(row.high),
      weighted: row.weighted ?? false,
      suppressed: row.suppressed ?? share === null,
    };
  });
}

/** A number that may not be shown is NaN in a table. */
function numberOf(value: number | null | undefined): number | null {
  return value === undefined || value === null || Number.isNaN(value) ? null : value;
}

/**
 * The estimates that a figure is drawn from: for everyone, and by each variable.
 *
 * Where the one variable was asked of a part only, everyone is that part: the groups are all of it,
 * and what they are compared with has to be the same people.
 *
 * @throws {InputError} Where a name is not in the codebook, or the file has no such column.
 */
export function estimatesOfFigure(
  survey: Survey,
  questions: readonly string[],
  variables: readonly string[],
): Estimate[] {
  return questions.flatMap((question) => {
    const part = partOf(survey, question, variables);
    const groups = variables.flatMap((by) => estimates(survey, question, { by }));
    if (part === null) return [...estimates(survey, question), ...groups];
    const within = baseOf(survey.codebook, part).where;
    return [...estimates(survey, question, { within }), ...groups]
      .map((estimate) => ({ ...estimate, base: part }));
  });
}

/** The base of the one variable, where the question was asked of everyone and the variable was not. */
function partOf(
  { codebook }: Survey,
  question: string,
  variables: readonly string[],
): BaseId | null {
  const [variable, ...others] = variables;
  const base = codebook.variables[variable ?? ""]?.base;
  const asked = codebook.questions[question]?.base;
  if (base === undefined || asked === undefined || others.length > 0) return null;
  const isPart = Object.keys(codebook.bases[base]?.where ?? {}).length > 0;
  const isAll = Object.keys(codebook.bases[asked]?.where ?? {}).length === 0;
  return isPart && isAll ? base as BaseId : null;
}

/** Whether an estimate is of all whom its question was asked, or of a group: a wave has those too. */
export function isOfQuestion(
  { codebook }: Survey,
  { question, variable, base }: Estimate,
): boolean {
  return variable !== null || base === codebook.questions[question]?.base;
}

/**
 * The estimate by the name under which an earlier wave has it: a part of those asked is a group of the
 * variable that tells who is in it.
 */
export function asInWaves(survey: Survey, estimate: Estimate): Estimate {
  if (isOfQuestion(survey, estimate)) return estimate;
  const { bases, questions } = survey.codebook;
  const [condition, another] = Object.entries(bases[estimate.base]?.where ?? {});
  const [variable, [group, ...others]] = condition ?? [null, []];
  if (variable === null || group === undefined || another || others.length > 0) return estimate;
  const base = questions[estimate.question]?.base ?? estimate.base;
  return { ...estimate, base, variable, group };
}
