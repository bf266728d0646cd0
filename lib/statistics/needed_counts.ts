import { batteriesOf, type Codebook, sourcesOf } from "../responses/codebook.ts";
import { isCounted, keyOf, MissingCounts, placesOf } from "../responses/counted_answers.ts";
import { InputError } from "../responses/input_error.ts";
import type { Indicator } from "../responses/published.ts";
import { readPublished } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import type { Domain } from "./domain.ts";

/** A battery is counted by all of its items together where they have no more combinations of answers. */
const MOST_PLACES = 10_000;

/**
 * All that a report counts, as the questions and variables that are counted by together. Whoever has
 * the people by these, and no rows, can make the report.
 *
 * - Each question and variable alone, and each two of them: breakdowns, associations, what two
 *   answers have in common.
 * - Each with the variables whose table tells which groups must be hidden; see `crossedWith()`.
 * - Each with who was asked, and so the questions that a domain is made of: their answers tell whether
 *   the number of people in it may be shown; see `arePeopleHidden()`.
 * - Each two variables with who was asked: who can have given an answer; see `table_rule.ts`.
 * - What the published figures are about, which have groups of groups.
 * - Each battery of questions, where few enough combinations of answers are possible: how its items
 *   hang together.
 * - Each of these with the variables that tell groups of groups apart; see `table_rule.ts`.
 * - Each of these by what derived variables are made of, in their place.
 * - Each of these by the variables of a domain, where the report is on one, and by the strata that
 *   people were drawn from, where there are some.
 *
 * @param codebook What was asked.
 * @param isAsked Whether a question or variable was part of the wave; by default all were.
 * @param within The domain that the report is on; none by default.
 * @returns Sets of codebook ids, each once, the small ones first.
 */
export function neededCounts(
  codebook: Codebook,
  isAsked: (name: string) => boolean = () => true,
  within: Domain = {},
): string[][] {
  const { strata } = codebook.study;
  const variables = Object.keys(codebook.variables);
  const all = [...Object.keys(codebook.questions), ...variables];
  const background = variables.filter((name) => isBackground(codebook, name));
  const madeOf = (name: string) =>
    codebook.variables[name]?.derived ? sourcesOf(codebook, name) : null;
  const sizeOf = (names: readonly string[]) =>
    names.reduce((product, name) => product * placesOf(codebook, name), 1);
  const crossings = variables.flatMap((name) => [
    ...crossedWith(codebook, name),
    toldBy(codebook, name),
  ]).filter((crossing) => crossing.length > 0);
  const asked = Object.values(codebook.bases).map(({ where }) => Object.keys(where));
  const wanted = [
    ...all.map((name) => [name]),
    ...all.flatMap((name, i) => all.slice(i + 1).map((other) => [name, other])),
    ...all.flatMap((name) => crossings.map((crossing) => [name, ...crossing])),
    ...asked.flatMap((base) => all.map((name) => [name, ...base])),
    ...asked.filter((base) => base.length > 0).flatMap((base) =>
      background.flatMap((name, i) =>
        background.slice(i + 1).map((other) => [name, other, ...base])
      )
    ),
    ...Object.keys(within).flatMap((name) => [name, ...sourcesOf(codebook, name)])
      .filter((name) => Object.hasOwn(codebook.questions, name))
      .flatMap((answer) => asked.flatMap((base) => all.map((name) => [answer, name, ...base]))),
    ...readPublished().indicators.map((indicator) => neededFor(codebook, indicator)),
    ...batteriesOf(codebook, isAsked).filter((names) => sizeOf(names) <= MOST_PLACES),
  ].map((names) => [...names, ...Object.keys(within)])
    .flatMap((names) => [names, names.flatMap((name) => madeOf(name) ?? [name])])
    .flatMap((names) => [names, [...names, ...linkedWith(codebook, names)]])
    .map((names) => [...names, ...strata ? [strata.variable] : []]);
  const order = (name: string) => all.indexOf(name);
  const sets = wanted
    .map((names) =>
      [...new Set(names)].filter((name) => all.includes(name) && isAsked(name))
        .sort((a, b) => order(a) - order(b))
    )
    .filter((names) => names.length > 0);
  return [...new Map(sets.map((names) => [keyOf(names), names])).values()]
    .sort((a, b) => a.length - b.length);
}

/** What a published figure counts by: its questions, who was asked, and the part of them. */
export function neededFor(
  codebook: Codebook,
  { questions, where, rules, base }: Indicator,
): string[] {
  return [
    ...questions,
    ...Object.keys(where),
    ...Object.keys(codebook.bases[base]?.where ?? {}),
    ...rules.flatMap((rule) => "by" in rule ? [rule.by] : []),
    ...rules.flatMap((rule) => "than" in rule ? Object.keys(rule.than) : []),
  ];
}

/**
 * Refuses a survey that was read as counts where a report needs some that are not there.
 *
 * @param within The domain that the report is on.
 * @throws {MissingCounts} Naming them.
 */
export function requireCounts({ codebook, codes, counted }: Survey, within: Domain = {}): void {
  if (counted === undefined) return;
  const unknown = Object.keys(within).find((name) => !codes.has(name));
  if (unknown !== undefined) {
    throw new InputError(
      `The data have no "${unknown}". Add its counts, or leave it out of the call.`,
    );
  }
  const missing = neededCounts(codebook, (name) => codes.has(name), within)
    .filter((names) => !isCounted(counted, names));
  if (missing.length > 0) throw new MissingCounts(missing);
}

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
