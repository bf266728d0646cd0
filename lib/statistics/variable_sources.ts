import { type Codebook, sourcesOf } from "../responses/codebook.ts";
import type { Survey } from "../responses/survey.ts";

/*
 * What the codebook says of how its variables hang together: which are made of which, and who was
 * asked. What may be shown follows from it, and what must be counted together.
 */

/** Whether a variable says who somebody is, and nothing of what they answered to a question. */
export function isBackground(codebook: Codebook, name: string): boolean {
  return codebook.variables[name] !== undefined &&
    sourcesOf(codebook, name)
      .every((source) => source === name || isBackground(codebook, source));
}

/** Whether a variable is made from a question, be it by way of other variables. */
export function isMadeFrom(codebook: Codebook, variable: string, question: string): boolean {
  const { items = {} } = codebook.questions[question]?.score ?? {};
  return variable === question ||
    Object.keys(items).some((item) => isMadeFrom(codebook, variable, item)) ||
    sourcesOf(codebook, variable)
      .some((source) => source !== variable && isMadeFrom(codebook, source, question));
}

/** The variables that a report breaks a question down by: none that is made from it. */
export function shownBy({ codebook, codes }: Survey, question: string): string[] {
  return Object.entries(codebook.variables).filter(([id, { background, derived }]) =>
    codes.has(id) && (background || derived) && !isMadeFrom(codebook, id, question)
  ).map(([id]) => id);
}

/**
 * The variables that a variable makes another one with, those before it first. Whoever sees a question
 * by each of them, and by the other one, sees the margins of the table that they make together.
 */
export function crossedWith(codebook: Codebook, name: string): string[][] {
  return Object.keys(codebook.variables).map((variable) => sourcesOf(codebook, variable))
    .filter((sources) => sources.indexOf(name) > 0);
}

/**
 * What tells the group of a variable that not everybody can have: the variables that it is made of,
 * or itself and those that tell who was asked. Empty where neither is so.
 */
export function toldBy(codebook: Codebook, name: string): string[] {
  const variable = codebook.variables[name];
  if (variable === undefined) return [];
  if (variable.derived) return sourcesOf(codebook, name);
  const asked = Object.keys(codebook.bases[variable.base]?.where ?? {});
  return asked.length > 0 ? [name, ...asked] : [];
}

/**
 * Variables with those beside them that tell their groups apart: whatever several variables are made
 * of, what another one is made of together with one of them, and who was asked.
 */
export function linkedWith(codebook: Codebook, names: readonly string[]): string[] {
  return [
    ...new Set(names.flatMap((name) => {
      const told = sourcesOf(codebook, name).length === 1 ? [] : toldBy(codebook, name);
      return [name, ...told, ...crossedWith(codebook, name).flat()];
    })),
  ];
}

/**
 * Groups of a variable that together are a group of another variable, so that a report which is
 * broken down by both also shows them added up.
 *
 * @param name A question or variable.
 * @returns Lists of category ids, each with two or more.
 */
export function publishedUnions(codebook: Codebook, name: string): string[][] {
  const own = Object.entries(codebook.variables[name]?.categories ?? {});
  const coarser = sourcesOf(codebook, name).flatMap((source) => {
    const answers = new Set(own.flatMap(([, { where }]) => where?.[source] ?? []));
    return [...answers].map((answer) =>
      own.filter(([, { where }]) => where?.[source]?.includes(answer)).map(([id]) => id)
    );
  });
  const finer = Object.values(codebook.variables).flatMap(({ categories }) =>
    Object.values(categories).flatMap(({ where }) => where?.[name] ? [where[name]] : [])
  );
  const unions = [...coarser, ...finer].filter((union) => union.length > 1);
  return [...new Map(unions.map((union) => [JSON.stringify(union), [...union]])).values()];
}
