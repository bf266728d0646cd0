import { namedCounts } from "./counts_of_bins.ts";
import { InputError } from "../responses/input_error.ts";
import { categoriesOf, type Codebook } from "../responses/codebook.ts";
import {
  codeAt,
  type CountedAnswers,
  type CountedTable,
  forEachPlace,
  peopleBy,
  placeOf,
} from "../responses/counted_answers.ts";
import { NO_ANSWER, NOT_ASKED, type Survey } from "../responses/survey.ts";
import type { Column } from "./column.ts";
import type { Domain } from "./count_answers.ts";
import { type Counts, sampleOf } from "./counts.ts";
import { toldOfEither } from "./either_id.ts";
import type { Place } from "./table_places.ts";

/** The codes of one combination of answers, by name. */
type CodeOf = (name: string) => number;

/**
 * What `countAnswers()` counts, of a survey that was read as counts.
 *
 * @param answers The question's column.
 * @param groups The variable's column, or null.
 * @param within Only these people, besides the survey's own domain.
 * @throws {InputError} Where a name is not in the codebook, or nothing counts by these together.
 */
export function countTables(
  survey: Survey,
  answers: Column,
  groups: Column | null,
  within: Domain,
): Counts {
  const { codebook } = survey;
  const domains = [survey.within ?? {}, within];
  const names = [
    ...namesIn(answers),
    ...groups ? namesIn(groups) : [],
    ...domains.flatMap((domain) => Object.keys(domain)),
  ];
  const isInside = insideOf(codebook, domains);
  const width = answers.categories.length + 2;
  const size = width * (groups ? groups.categories.length + 2 : 1);
  const sums = () => new Float64Array(size);
  const [n, w, w2] = [sums(), sums(), sums()];
  forEachAnswer(survey, names, (people, place, codeOf) => {
    if (!isInside(codeOf)) return;
    const group = groups ? placeIn(groups, codeIn(codebook, groups, codeOf)) : 0;
    const at = group * width + placeIn(answers, codeIn(codebook, answers, codeOf));
    n[at]! += people.n[place]!;
    w[at]! += people.w[place]!;
    w2[at]! += people.w2[place]!;
  });
  return namedCounts({ n, w, w2 }, answers, groups, sampleOf(survey));
}

/**
 * What `countCrossing()` counts, of a survey that was read as counts.
 *
 * @param within Only these people, besides the survey's own domain.
 * @param isCounted Which combinations of codes count; all by default.
 */
export function crossTables(
  survey: Survey,
  answers: Column,
  variables: readonly string[],
  within: Domain,
  isCounted: (codes: readonly number[]) => boolean = () => true,
): number[] {
  const { codebook } = survey;
  const domains = [survey.within ?? {}, within];
  const isInside = insideOf(codebook, domains);
  const found = new Map<string, number>();
  const names = [
    ...namesIn(answers),
    ...variables,
    ...domains.flatMap((domain) => Object.keys(domain)),
  ];
  forEachAnswer(survey, names, ({ n }, place, codeOf) => {
    const answer = codeIn(codebook, answers, codeOf);
    const codes = variables.map(codeOf);
    if (answer === NO_ANSWER || answer === NOT_ASKED) return;
    if (!isInside(codeOf) || !isCounted(codes)) return;
    const key = codes.join();
    found.set(key, (found.get(key) ?? 0) + n[place]!);
  });
  return [...found.values()];
}

/**
 * What `tablePlaces()` counts, of a survey that was read as counts.
 *
 * @param variables Codebook ids, each once.
 */
export function placesOfTables(
  survey: Survey,
  answers: Column,
  variables: readonly string[],
): Place[] {
  const found = new Map<string, Place>();
  forEachAnswer(survey, [...namesIn(answers), ...variables], ({ n }, place, codeOf) => {
    const answer = codeIn(survey.codebook, answers, codeOf);
    if (n[place] === 0 || answer === NO_ANSWER || answer === NOT_ASKED) return;
    const codes = variables.map(codeOf);
    const key = codes.join();
    const own = found.get(key) ?? { codes, people: new Float64Array(answers.categories.length) };
    found.set(key, own);
    own.people[answer - 1]! += n[place]!;
  });
  return [...found.values()];
}

/**
 * Goes through the people by their answers to these together. What was not part of the wave nobody
 * was asked.
 */
function forEachAnswer(
  { codebook, codes, counted, source }: Survey,
  names: readonly string[],
  callback: (people: CountedTable, place: number, codeOf: CodeOf) => void,
): void {
  const asked = [...new Set(names)].filter((name) => codes.has(name));
  // Without a single name that was asked, anything that was will do.
  const [any] = codes.keys();
  const by = asked.length > 0 ? asked : any === undefined ? [] : [any];
  if (source.respondents === 0 || by.length === 0) return;
  const people = peopleBy(counted as CountedAnswers, codebook, by);
  const code = new Map<string, number>();
  forEachPlace(people, codebook, (place, places) => {
    people.names.forEach((name, i) => code.set(name, codeAt(codebook, name, places[i]!)));
    callback(people, place, (name) => asked.includes(name) ? code.get(name)! : NOT_ASKED);
  });
}

/** Whether somebody with these codes is inside every one of the domains. */
function insideOf(codebook: Codebook, domains: readonly Domain[]): (codeOf: CodeOf) => boolean {
  const conditions = domains.flatMap((domain) => Object.entries(domain)).map(([name, among]) => {
    const categories = Object.keys(categoriesOf(codebook, name) ?? {});
    const wrong = among.find((category) => !categories.includes(category));
    if (categories.length === 0) {
      throw new InputError(`There is no question or variable "${name}" in the codebook.`);
    }
    if (wrong !== undefined) {
      throw new InputError(
        `"${name}" has no category "${wrong}". It has: ${categories.join(", ")}.`,
      );
    }
    const wanted = new Set(among.map((category) => categories.indexOf(category) + 1));
    return { name, wanted };
  });
  return (codeOf) => conditions.every(({ name, wanted }) => wanted.has(codeOf(name)));
}

function namesIn({ id, either }: Column): readonly string[] {
  return either ? Object.keys(either) : [id];
}

function codeIn(codebook: Codebook, column: Column, codeOf: CodeOf): number {
  if (!column.either) return codeOf(column.id);
  return toldOfEither(
    Object.entries(column.either).map(([name, wanted]) => {
      const code = codeOf(name);
      if (code === NO_ANSWER || code === NOT_ASKED) return code;
      const category = Object.keys(categoriesOf(codebook, name) ?? {})[code - 1] ?? "";
      return wanted.includes(category) ? 1 : 2;
    }),
  );
}

function placeIn({ categories }: Column, code: number): number {
  return code === NOT_ASKED
    ? categories.length + 1
    : code === NO_ANSWER
    ? categories.length
    : code - 1;
}

/**
 * The table of people by some names, counted from rows: a pass over the respondents.
 *
 * @param names Questions and variables that were part of the wave.
 */
export function tableOfRows(survey: Survey, names: readonly string[]): CountedTable {
  const { codebook, codes, weights, source } = survey;
  const columns = names.map((name) => codes.get(name)!);
  const parts = names.map((name, i) => {
    const stride = names.slice(i + 1)
      .reduce((product, next) => product * sizeOf(codebook, next), 1);
    return Float64Array.from({ length: 256 }, (_, code) => placeOf(codebook, name, code) * stride);
  });
  const size = names.reduce((product, name) => product * sizeOf(codebook, name), 1);
  const [n, w, w2] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  for (let i = 0; i < source.respondents; i++) {
    let at = 0;
    for (let c = 0; c < columns.length; c++) at += parts[c]![columns[c]![i]!]!;
    const weight = weights ? weights[i]! : 1;
    n[at]!++;
    w[at]! += weight;
    w2[at]! += weight * weight;
  }
  return { names, n, w, w2 };
}

function sizeOf(codebook: Codebook, name: string): number {
  return Object.keys(categoriesOf(codebook, name) ?? {}).length + 2;
}
