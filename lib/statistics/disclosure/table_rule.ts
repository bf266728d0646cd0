import { type Codebook, sourcesOf } from "../../responses/codebook.ts";
import { NO_ANSWER, NOT_ASKED, type Survey } from "../../responses/survey.ts";
import { type CodedColumn, columnOf } from "../column.ts";
import type { Sample } from "../counts.ts";
import { sumOf } from "../cross_table.ts";
import type { Domain } from "../domain.ts";
import { answersByPattern, narrow, type Tally, tally } from "../tally.ts";
import { isBackground, linkedWith, shownBy } from "../variable_sources.ts";
import { answersTogether, isEnough, isSplit, limitsOf, peopleWith } from "./enough.ts";

/** What may be shown of a question in a table of some variables. */
export interface TableRule {
  /** Whether nothing is. */
  readonly isClosed: boolean;
  /** Answers that are shown added up only, each list as one; see `answersTogether()`. */
  readonly together: readonly (readonly string[])[];
}

/** By the codes of a survey, which are the same for each part of it. */
const rules = new WeakMap<object, Map<string, TableRule>>();
/** The tables that were counted last: those that a table is a part of are asked for around it. */
const tables = new WeakMap<object, Table[]>();
const KEPT = 20;

/** A question of everyone, counted by some variables. */
interface Table {
  readonly question: string;
  readonly names: readonly string[];
  readonly tally: Tally;
}

/**
 * What may be shown of a question in a table of some variables, such as what a report on a part of the
 * respondents shows by a variable. It does not matter which of them the part is made with: the
 * same cells are shown by the report on women in the group of 40 to 54 years and the other way round.
 *
 * The table is shown as a whole or not at all: each cell that anybody is in has the least base, those
 * without a group included, and people who do not all answer alike. Hiding single cells of it would
 * not do, since reports on different parts, each with cells hidden to cover for one another, can be
 * subtracted from each other. (Of everyone by one variable it can be done: see `suppress.ts`.)
 *
 * Answers are shown by themselves as {@link answersTogether} says: the margins that the table breaks
 * down are those with one variable less. By one variable they must not be told by zeros either.
 *
 * @param answers The question's column.
 * @param variables Codebook ids; at least one.
 */
export function tableRule(
  survey: Survey,
  answers: CodedColumn,
  variables: readonly string[],
  sample: Sample,
): TableRule {
  const names = [...new Set(variables)].sort();
  const question = JSON.stringify([answers.id, answers.either]);
  const key = JSON.stringify([question, names, limitsOf(sample)]);
  const known = rules.get(survey.codes) ?? new Map<string, TableRule>();
  rules.set(survey.codes, known);
  const before = known.get(key);
  if (before) return before;
  const table = tableOf(survey, answers, names);
  const places = names.map((_, place) => place);
  const without = (name: number) => places.filter((place) => place !== name);
  const [everyone = new Float64Array(answers.categories.length)] = answersByPattern(
    narrow(table, []),
  );
  const { sets, categories } = answers;
  const { leastAnswer, leastBase } = limitsOf(sample);
  const placesIn = (ids: readonly string[]) => ids.map((id) => categories.indexOf(id));
  const [only = ""] = names;
  const together = answersTogether(
    places.flatMap((place) => answersByPattern(narrow(table, without(place)))),
    Object.values(sets).map(placesIn),
    leastAnswer,
    names.length > 1
      ? {
        before: places.flatMap((place) =>
          tableRule(survey, answers, without(place).map((at) => names[at]!), sample).together
        ).map(placesIn),
      }
      : leastAnswer > 0 && isBackground(survey.codebook, only) && !answers.either
      ? { isTold: toldByZeros(survey, answers, only, leastBase) }
      : {},
  );
  const rule = {
    isClosed: answersByPattern(table).some((people) => !isEnough(people, everyone, sample)),
    together: together.map((block) => block.map((place) => categories[place]!)),
  };
  known.set(key, rule);
  return rule;
}

/** A table of everyone, added up from a larger one where that was counted before. */
function tableOf(
  survey: Survey,
  answers: CodedColumn,
  names: readonly string[],
  within: Domain = {},
): Tally {
  const kept = tables.get(survey.codes) ?? [];
  const question = JSON.stringify([answers.id, answers.either, within]);
  const larger = kept.find((table) =>
    table.question === question && names.every((name) => table.names.includes(name))
  );
  if (larger) return narrow(larger.tally, names.map((name) => larger.names.indexOf(name)));
  const { within: _, ...everyone } = survey;
  const counted = tally(everyone, answers, names.map((name) => columnOf(survey, name)), within);
  tables.set(survey.codes, [{ question, names, tally: counted }, ...kept.slice(0, KEPT - 1)]);
  return counted;
}

/**
 * Zeros tell too: whoever knows that nobody of a group gave an answer can strike them out elsewhere. Of
 * each group in which somebody gave some answers, the least base must be left when everybody is struck
 * out who is also in a group of another variable in which nobody did.
 *
 * @returns Whether too few are left, by places of answers that are shown added up.
 */
function toldByZeros(
  survey: Survey,
  answers: CodedColumn,
  variable: string,
  least: number,
): (answers: readonly number[]) => boolean {
  const large = (name: string) => {
    const table = tableOf(survey, answers, [name]);
    return answersByPattern(table).map((people, pattern) => ({
      ...{ name, people, code: table.patterns.codes[0]![pattern]! },
      n: sumOf([...people]),
    })).filter(({ n }) => n >= least);
  };
  const groups = large(variable);
  const others = shownBy(survey, answers.id)
    .filter((name) => name !== variable && isBackground(survey.codebook, name))
    .flatMap(large);
  const { base } = answers;
  return (places) => {
    const nobody = others.filter(({ people }) => peopleWith(people, places) === 0);
    return nobody.length > 0 && groups.some(({ name, code, people, n }) => {
      const struck = nobody.map((other) =>
        Math.min(other.n, peopleInBoth(survey, base, [name, code], [other.name, other.code]))
      );
      return peopleWith(people, places) > 0 && n - sumOf(struck) < least;
    });
  };
}

/** How many people of a base are in two groups at once, by variable and code. */
function peopleInBoth(
  survey: Survey,
  base: string,
  [one, code]: readonly [variable: string, code: number],
  [other, also]: readonly [variable: string, code: number],
): number {
  const column = columnOf(survey, other);
  const table = tableOf(survey, column, [one], survey.codebook.bases[base]?.where);
  const pattern = table.patterns.codes[0]!.indexOf(code);
  const last = column.categories.length;
  const place = also === NOT_ASKED ? last + 1 : also === NO_ANSWER ? last : also - 1;
  return pattern < 0 ? 0 : table.n[pattern * table.width + place]!;
}

/** What counts are of: the part of the respondents and the variable, by codebook id. */
export interface Groups {
  /** Who was asked. */
  readonly base: string;
  /** Categories by variable, of which a variable may have several lists. */
  readonly conditions: readonly (readonly [variable: string, among: readonly string[]])[];
  readonly by: string | null;
}

/**
 * Whether not even the number of people in groups may be shown: where an answer to a question makes
 * the groups, it is the number of people who gave that answer, and may be shown of a background only as
 * any other count of answers.
 *
 * @param survey Of everyone.
 */
export function arePeopleHidden(
  survey: Survey,
  { base, conditions, by }: Groups,
  sample: Sample,
): boolean {
  const { codebook } = survey;
  const names = new Set([...conditions.map(([name]) => name), ...by === null ? [] : [by]]);
  const asked = Object.keys(codebook.bases[base]?.where ?? {});
  return [...names].filter((name) => isAnswer(codebook, name)).some((name) => {
    const others = [...new Set([...names, ...asked])].filter((other) => other !== name);
    if (others.length === 0) return false;
    const among = conditions.filter(([condition]) => condition === name).map(([, among]) => among);
    const groups = among.length > 0
      ? among
      : columnOf(survey, name).categories.map((category) => [category]);
    const { categories = {} } = codebook.variables[name] ?? {};
    return [name, ...sourcesOf(codebook, name)].some((source) => {
      const column = columnOf(survey, source);
      // The larger table first: the other one is added up from it.
      const linked = tableRule(survey, column, linkedWith(codebook, others), sample);
      const rule = tableRule(survey, column, others, sample);
      const together = rule.together.map((block) => new Set(block));
      /** The answers to the source that put somebody into groups of the variable. */
      const given = (groups: readonly string[]) =>
        source === name
          ? groups
          : groups.flatMap((group) => categories[group]?.where?.[source] ?? []);
      return rule.isClosed || linked.isClosed ||
        groups.some((group) => isSplit(together, given(group)));
    });
  });
}

/** Whether a name stands for what people answered, and not for who they are or for something made here. */
function isAnswer(codebook: Codebook, name: string): boolean {
  return (Object.hasOwn(codebook.variables, name) || Object.hasOwn(codebook.questions, name)) &&
    !isBackground(codebook, name);
}
