import type { Survey } from "../../responses/survey.ts";
import { columnOf } from "../column.ts";
import type { Sample } from "../counts.ts";
import { sourcesOf } from "../../responses/codebook.ts";
import { isBackground, linkedWith } from "../variable_sources.ts";
import { isSplit } from "./answers_together.ts";
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
  const isKnown = (name: string) =>
    Object.hasOwn(codebook.variables, name) || Object.hasOwn(codebook.questions, name);
  const answers = [...names].filter((name) => isKnown(name) && !isBackground(codebook, name));
  const asked = Object.keys(codebook.bases[base]?.where ?? {});
  return answers.some((name) => {
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
