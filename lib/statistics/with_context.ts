import { NO_ANSWER, type Survey } from "../survey/survey.ts";
import { type Column, columnOf } from "./column.ts";
import type { Domain } from "./count_answers.ts";
import { countCrossing, crossedWith, toldBy } from "./count_crossings.ts";
import { crossTables } from "./count_tables.ts";
import { baseOf, type Counts, NO_ANSWER_ID } from "./counts.ts";
import { leftBeside, shownGroups } from "./suppress.ts";

/** What counts were made from, and what else is or may be reported of it. */
export interface Context {
  readonly survey: Survey;
  readonly question: string | Column;
  readonly within: Domain;
  /** 1 for each respondent in the domain, or null for everyone. */
  readonly inside: Uint8Array | null;
  /** The same counts of the larger parts; see `largerParts()`. */
  readonly larger: readonly Counts[];
  /** Counts of the question by a variable that the domain names, of everyone. */
  readonly byCondition: (whole: Survey, variable: string) => Counts;
  /** What `countCrossing()` counts, from counts that are there already; by default from the rows. */
  readonly crossing?: (
    variables: readonly string[],
    isCounted?: (codes: readonly number[]) => boolean,
  ) => number[];
}

/**
 * Counts with what it takes to tell which of them may be shown: numbers of people, of this part and
 * outside it. See `suppress.ts`, which draws the conclusions.
 */
export function withContext(counts: Counts, context: Context): Counts {
  const { larger, survey: { within: own, ...whole }, within } = context;
  const rests = larger.map((part) =>
    Float64Array.from(counts.groups, (group) => baseOf(part, group).n - baseOf(counts, group).n)
  );
  const covered = larger.flatMap((part, i): (string | null)[] => {
    if (counts.variable === null) return [];
    const shown = shownGroups(part);
    return counts.groups.filter((group, g) => rests[i]![g] === 0 && !shown.has(group));
  });
  const exposed = exposedBy(counts, context);
  const conditions = [own ?? {}, within].flatMap((domain) => Object.entries(domain));
  const [condition, another] = conditions;
  if (condition !== undefined && another === undefined) {
    const [variable, among] = condition;
    const everyone = context.byCondition(whole, variable);
    exposed.push(...leftBeside(everyone, among));
    const [only, ...others] = among;
    if (only !== undefined && others.length === 0 && !shownGroups(everyone).has(only)) {
      covered.push(null);
    }
  }
  return {
    ...counts,
    ...rests.length > 0 && { rests },
    ...covered.length > 0 && { covered },
    ...exposed.length > 0 && { exposed },
  };
}

/**
 * The places of the table that a variable makes with another one, and the people who answered only a
 * part of what tells their group.
 */
function exposedBy(counts: Counts, context: Context): number[] {
  const { survey, question, inside, within, crossing } = context;
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
      ? crossTables(survey, column, variables, within, isCounted)
      : countCrossing(survey, column.codes, variables, inside, isCounted);
  const isIncomplete = (codes: readonly number[]) => codes.includes(NO_ANSWER);
  return [
    ...crossed.flatMap((variables) => count(variables)),
    ...told.length > 0 ? count(told, isIncomplete) : [],
  ];
}
