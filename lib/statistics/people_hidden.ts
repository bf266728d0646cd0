import type { Survey } from "../responses/survey.ts";
import { isSplit } from "./answers_together.ts";
import { columnOf } from "./column.ts";
import { linkedWith } from "./count_crossings.ts";
import type { Sample } from "./counts.ts";
import { isBackground } from "./is_background.ts";
import { tableRule } from "./table_rule.ts";

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
 * the groups (`pressure`), it is the number of people who gave that answer, and may be shown of a
 * background only as any other count of answers.
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
  const isKnown = (name: string) =>
    Object.hasOwn(codebook.variables, name) || Object.hasOwn(codebook.questions, name);
  const answers = [...names].filter((name) => isKnown(name) && !isBackground(codebook, name));
  const asked = Object.keys(codebook.bases[base]?.where ?? {});
  return answers.some((name) => {
    const others = new Set([...names, ...asked]);
    others.delete(name);
    if (others.size === 0) return false;
    const { categories } = columnOf(survey, name);
    const among = conditions.filter(([condition]) => condition === name).map(([, among]) => among);
    const groups = among.length > 0 ? among : categories.map((category) => [category]);
    return [name, ...sourcesOf(survey, name)].some((source) => {
      const column = columnOf(survey, source);
      // The larger table first: the other one is added up from it.
      const linked = tableRule(survey, column, linkedWith(survey, [...others]), sample);
      const rule = tableRule(survey, column, [...others], sample);
      const together = rule.together.map((block) => new Set(block));
      return rule.isClosed || linked.isClosed ||
        groups.some((group) => isSplit(together, answersOf(survey, name, group, source)));
    });
  });
}

/** The questions that a variable is made of. */
function sourcesOf({ codebook }: Survey, name: string): string[] {
  const { categories = {} } = codebook.variables[name] ?? {};
  return [...new Set(Object.values(categories).flatMap(({ where }) => Object.keys(where ?? {})))];
}

/** The answers to one of its sources that put somebody into groups of a variable. */
function answersOf(
  { codebook }: Survey,
  name: string,
  groups: readonly string[],
  source: string,
): readonly string[] {
  const { categories = {} } = codebook.variables[name] ?? {};
  return source === name
    ? groups
    : [...new Set(groups.flatMap((group) => categories[group]?.where?.[source] ?? []))];
}
