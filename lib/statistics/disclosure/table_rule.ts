import { type Codebook, sourcesOf } from "../../responses/codebook.ts";
import { NO_ANSWER, NOT_ASKED, type Survey } from "../../responses/survey.ts";
import { type CodedColumn, columnOf } from "../column.ts";
import type { Sample } from "../counts.ts";
import { sumOf } from "../cross_table.ts";
import type { Domain } from "../domain.ts";
import { isBackground, linkedWith, shownBy } from "../needed_counts.ts";
import { answersByPattern, narrow, type Tally, tally } from "../tally.ts";
import { answersTogether, isEnough, isSplit, limitsOf, peopleWith } from "./enough.ts";

/** What may be shown of a question in a table of some variables. */
interface TableRule {
  /** Whether nothing is. */
  readonly isClosed: boolean;
  /** Answers that are shown added up only, each list as one; see `answersTogether()`. */
  readonly together: readonly (readonly string[])[];
}

/** By the codes of a survey, which are the same for each part of it. */
const rules = new WeakMap<object, Map<string, TableRule>>();
const tables = new WeakMap<object, Map<string, Tally>>();

/** What was worked out of the same codes before, or is now. */
function kept<T>(
  all: WeakMap<object, Map<string, T>>,
  codes: object,
  of: unknown,
  make: () => T,
): T {
  const known = all.get(codes) ?? new Map<string, T>();
  all.set(codes, known);
  const key = JSON.stringify(of);
  const made = known.get(key) ?? make();
  known.set(key, made);
  return made;
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
  const of = [answers.id, answers.either, names, limitsOf(sample)];
  return kept(rules, survey.codes, of, () => ruleOf(survey, answers, names, sample));
}

function ruleOf(
  survey: Survey,
  answers: CodedColumn,
  names: readonly string[],
  sample: Sample,
): TableRule {
  const table = tableOf(survey, answers, names);
  const { sets, categories } = answers;
  const [everyone = new Float64Array(categories.length)] = answersByPattern(narrow(table, []));
  const places = names.map((_, place) => place);
  const margins = places.map((left) => places.filter((place) => place !== left));
  const placesIn = (ids: readonly string[]) => ids.map((id) => categories.indexOf(id));
  const { leastAnswer } = limitsOf(sample);
  const [only = "", another] = names;
  // Of an answer made of several the zeros are not known where there are counts alone.
  const hasZeros = another === undefined && leastAnswer > 1 && !answers.either &&
    isBackground(survey.codebook, only);
  const together = answersTogether(
    margins.flatMap((margin) => answersByPattern(narrow(table, margin))),
    Object.values(sets).map(placesIn),
    leastAnswer,
    {
      before: another === undefined
        ? []
        : margins.flatMap((margin) =>
          tableRule(survey, answers, margin.map((at) => names[at]!), sample).together.map(placesIn)
        ),
      ...hasZeros && { isTold: toldByZeros(survey, answers, only, everyone, sample) },
    },
  );
  return {
    isClosed: answersByPattern(table).some((people) => !isEnough(people, everyone, sample)),
    together: together.map((block) => block.map((place) => categories[place]!)),
  };
}

/** A table of everyone. */
function tableOf(
  survey: Survey,
  answers: CodedColumn,
  names: readonly string[],
  where: Domain = {},
): Tally {
  const { within: _, ...everyone } = survey;
  return kept(
    tables,
    survey.codes,
    [answers.id, answers.either, names, where],
    () => tally(everyone, answers, names.map((name) => columnOf(survey, name)), where),
  );
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
  everyone: Float64Array,
  sample: Sample,
): (answers: readonly number[]) => boolean {
  /** The groups of a variable that are shown: of those that are not, the zeros are not told either. */
  const shown = (name: string) => {
    const table = tableOf(survey, answers, [name]);
    const all = answersByPattern(table).map((people, pattern) => ({
      ...{ name, people, code: table.patterns.codes[0]![pattern]! },
      n: sumOf([...people]),
    }));
    const groups = all.filter(({ people }) => isEnough(people, everyone, sample))
      .sort((a, b) => b.n - a.n);
    const hidden = everyone.map((_, place) =>
      all.reduce((sum, group) => sum + (groups.includes(group) ? 0 : group.people[place]!), 0)
    );
    while (groups.length > 0 && !isEnough(hidden, everyone, sample)) {
      groups.pop()!.people.forEach((n, place) => hidden[place]! += n);
    }
    return groups;
  };
  const least = limitsOf(sample).leastBase;
  const groups = shown(variable);
  const others = shownBy(survey, answers.id)
    .filter((name) => name !== variable && isBackground(survey.codebook, name))
    .flatMap(shown);
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
interface Groups {
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
