import { NO_ANSWER, type Survey } from "../responses/survey.ts";
import { type Column, columnOf } from "./column.ts";
import type { Domain } from "./count_answers.ts";
import { countCrossing, crossedWith, linkedWith, toldBy } from "./count_crossings.ts";
import { crossTables } from "./count_tables.ts";
import { baseOf, type Counts, NO_ANSWER_ID } from "./counts.ts";
import { isBackground } from "./is_background.ts";
import { arePeopleHidden } from "./people_hidden.ts";
import { isSumShown, shownGroups, togetherIn } from "./suppress.ts";
import { type TableRule, tableRule } from "./table_rule.ts";

/** What counts were made from. */
export interface Context {
  readonly survey: Survey;
  readonly question: string | Column;
  readonly within: Domain;
  /** Counts of the question by a variable that the domain names, of everyone. */
  readonly byCondition: (whole: Survey, variable: string) => Counts;
  /** What `countCrossing()` counts, from counts that are there already; by default from the rows. */
  readonly crossing?: (
    variables: readonly string[],
    isCounted?: (codes: readonly number[]) => boolean,
  ) => number[];
}

/**
 * Counts with what it takes to tell which of them may be shown. See `suppress.ts`, which draws the
 * conclusions.
 */
export function withContext(made: Counts, context: Context): Counts {
  const { survey: { within: own, ...whole }, within } = context;
  const counts = isBackground(whole.codebook, made.question)
    // Who has which background is known to whoever knows them: it is no answer.
    ? { ...made, sample: { ...made.sample, leastAnswer: 0, leastOthers: 0 } }
    : made;
  const conditions = [own ?? {}, within].flatMap((domain) => Object.entries(domain));
  const groups = { base: made.base, conditions, by: made.variable };
  if (arePeopleHidden(whole, groups, made.sample)) {
    return { ...counts, rule: { isClosed: true, together: [] }, hidesPeople: true };
  }
  if (conditions.length === 0) {
    const exposed = exposedBy(counts, context).sort((a, b) => a - b);
    return exposed.length > 0 ? { ...counts, exposed } : counts;
  }
  const variables = new Set(conditions.map(([variable]) => variable));
  if (counts.variable !== null) variables.add(counts.variable);
  const [variable = "", another] = variables;
  if (another !== undefined) return { ...counts, rule: ruleOf(whole, context, variables, counts) };
  const everyone = context.byCondition(whole, variable);
  const among = conditions.map(([, among]) => among)
    .reduce((both, among) => both.filter((group) => among.includes(group)));
  const shown = shownGroups(everyone);
  return {
    ...counts,
    rule: {
      isClosed: among.length > 0 && !isSumShown(everyone, among),
      together: togetherIn(everyone).map((block) => [...block]),
    },
    ...counts.variable !== null && {
      covered: counts.groups.filter((group) => !shown.has(group)),
    },
  };
}

function ruleOf(
  survey: Survey,
  { question }: Context,
  variables: ReadonlySet<string>,
  { sample }: Counts,
): TableRule {
  const column = typeof question === "string" ? columnOf(survey, question) : question;
  const linked = linkedWith(survey, [...variables]);
  // The larger table first: the other one is added up from it.
  const { isClosed } = tableRule(survey, column, linked, sample);
  return { ...tableRule(survey, column, [...variables], sample), isClosed };
}

/**
 * The places of the table that a variable makes with another one, and the people who answered only a
 * part of what tells their group.
 */
function exposedBy(counts: Counts, { survey, question, crossing }: Context): number[] {
  const { variable } = counts;
  if (variable === null) return [];
  const crossed = crossedWith(survey, variable);
  // Whoever answered only a part has no group.
  const told = baseOf(counts, NO_ANSWER_ID).n > 0 ? toldBy(survey, variable) : [];
  if (crossed.length + told.length === 0) return [];
  const column = typeof question === "string" ? columnOf(survey, question) : question;
  const count = (variables: readonly string[], isCounted?: (codes: readonly number[]) => boolean) =>
    crossing
      ? crossing(variables, isCounted)
      : survey.counted
      ? crossTables(survey, column, variables, {}, isCounted)
      : countCrossing(survey, column.codes, variables, null, isCounted);
  const isIncomplete = (codes: readonly number[]) => codes.includes(NO_ANSWER);
  return [
    ...crossed.flatMap((variables) => count(variables)),
    ...told.length > 0 ? count(told, isIncomplete) : [],
  ];
}
