import { NO_ANSWER, NOT_ASKED, type Survey } from "../responses/survey.ts";
import type { Variable } from "../responses/codebook.ts";
import { columnOf } from "./column.ts";

/**
 * The variables that a variable makes another one with, those before it first: whoever sees a
 * question by each of them, and how many people there are in the other one's groups, sees the
 * margins of a table of which these are the places.
 */
export function crossedWith({ codebook }: Pick<Survey, "codebook">, name: string): string[][] {
  return Object.values(codebook.variables).flatMap(({ categories }) => {
    const sources = sourcesOf(categories);
    return sources.indexOf(name) > 0 ? [sources] : [];
  });
}

/**
 * What tells the group of a variable that not everybody can have: the variables that it is made of,
 * or itself and those that tell who was asked. Empty where neither is so.
 */
export function toldBy({ codebook }: Pick<Survey, "codebook">, name: string): string[] {
  const variable = codebook.variables[name];
  if (variable === undefined) return [];
  const asked = Object.keys(codebook.bases[variable.base]?.where ?? {});
  if (!variable.derived) return asked.length > 0 ? [name, ...asked] : [];
  return sourcesOf(variable.categories);
}

/**
 * Variables with those beside them that tell their groups apart: whatever several variables are made
 * of, what another one is made of together with one of them, and who was asked.
 */
export function linkedWith(
  { codebook }: Pick<Survey, "codebook">,
  names: readonly string[],
): string[] {
  return [
    ...new Set(names.flatMap((name) => {
      const sources = sourcesOf(codebook.variables[name]?.categories ?? {});
      const told = sources.length === 1 ? [] : toldBy({ codebook }, name);
      return [name, ...told, ...crossedWith({ codebook }, name).flat()];
    })),
  ];
}

function sourcesOf(categories: Variable["categories"]): string[] {
  return [...new Set(Object.values(categories).flatMap(({ where }) => Object.keys(where ?? {})))];
}

/**
 * How many people who answered a question have each combination of answers to other variables.
 *
 * @param answers One code per respondent.
 * @param inside 1 for each respondent in the domain, or null for everyone.
 * @param isCounted Which combinations of codes count; all by default.
 * @returns The numbers, of the combinations that anybody has.
 */
export function countCrossing(
  survey: Survey,
  answers: Uint8Array,
  variables: readonly string[],
  inside: Uint8Array | null,
  isCounted: (codes: readonly number[]) => boolean = () => true,
): number[] {
  const columns = variables.map((name) => columnOf(survey, name).codes);
  const people = new Map<number, number>();
  const isAnswered = (i: number) =>
    answers[i] !== NO_ANSWER && answers[i] !== NOT_ASKED && inside?.[i] !== 0;
  const [first, second, third] = columns;
  if (first && second && !third) {
    // As it is with the shipped codebook, and ten times as fast as a map.
    const bins = new Uint32Array(1 << 16);
    for (let i = 0; i < answers.length; i++) {
      if (isAnswered(i)) bins[first[i]! << 8 | second[i]!]!++;
    }
    bins.forEach((n, place) => n > 0 && people.set(place, n));
  } else {
    for (let i = 0; i < answers.length; i++) {
      if (!isAnswered(i)) continue;
      const place = columns.reduce((sum, codes) => sum * 256 + codes[i]!, 0);
      people.set(place, (people.get(place) ?? 0) + 1);
    }
  }
  return [...people].filter(([place]) =>
    isCounted(columns.map((_, i) => Math.floor(place / 256 ** i) % 256))
  ).map(([, n]) => n);
}
