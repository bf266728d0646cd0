import { InputError } from "./input_error.ts";
import { categoriesOf, type Codebook } from "./codebook.ts";
import { NO_ANSWER, NOT_ASKED } from "./survey.ts";

/** The answer (or group) of those who were asked and left it empty. No codebook id looks like it. */
export const NO_ANSWER_ID = "(no answer)";
/** The answer (or group) of those who were not asked. */
export const NOT_ASKED_ID = "(not asked)";

/** People by their answers to one or several questions and variables together. */
export interface CountedTable {
  /** Questions and variables by codebook id, each once. */
  readonly names: readonly string[];
  /**
   * Number of people by place: of each name a {@link placeOf} answer, the last name running fastest.
   */
  readonly n: Float64Array;
  /** Sums of their weights. */
  readonly w: Float64Array;
  /** Sums of their squared weights. */
  readonly w2: Float64Array;
}

/** The counts that stand for the respondents of a survey that has no rows. */
export interface CountedAnswers {
  /** Whether the weights are other than one each. */
  readonly weighted: boolean;
  /** By {@link keyOf} their names. */
  readonly tables: ReadonlyMap<string, CountedTable>;
  /** How many files of respondents they were made of here; absent where they were given as such. */
  readonly files?: number;
}

/** What tells tables apart: the names that they count by, in whatever order. */
export function keyOf(names: readonly string[]): string {
  return [...new Set(names)].sort().join("*");
}

/** How many places a name has: its categories, "no answer" and "not asked". */
export function placesOf(codebook: Codebook, name: string): number {
  return Object.keys(categoriesOf(codebook, name) ?? {}).length + 2;
}

/** The answers to a question by place: its categories, then the two that are none. */
export function answersOf(codebook: Codebook, name: string): string[] {
  return [...Object.keys(categoriesOf(codebook, name) ?? {}), NO_ANSWER_ID, NOT_ASKED_ID];
}

/** The place of a code: categories from 0, then "no answer", then "not asked". */
export function placeOf(codebook: Codebook, name: string, code: number): number {
  const places = placesOf(codebook, name);
  return code === NOT_ASKED ? places - 1 : code === NO_ANSWER ? places - 2 : code - 1;
}

/** The code at a place. */
export function codeAt(codebook: Codebook, name: string, place: number): number {
  const places = placesOf(codebook, name);
  return place === places - 1 ? NOT_ASKED : place === places - 2 ? NO_ANSWER : place + 1;
}

/** A table with nobody in it. */
export function emptyTable(codebook: Codebook, names: readonly string[]): CountedTable {
  const size = names.reduce((product, name) => product * placesOf(codebook, name), 1);
  return {
    names,
    n: new Float64Array(size),
    w: new Float64Array(size),
    w2: new Float64Array(size),
  };
}

/**
 * People by these names: the table itself where there is one, otherwise the sums of the smallest
 * table that counts by more.
 *
 * @param names Questions and variables that were part of the wave.
 * @throws {InputError} Where no table counts by all of them.
 */
export function peopleBy(
  { tables }: CountedAnswers,
  codebook: Codebook,
  names: readonly string[],
): CountedTable {
  const all = [...new Set(names)];
  const own = tables.get(keyOf(all));
  const from = own ?? [...tables.values()]
    .filter((table) => all.every((name) => table.names.includes(name)))
    .reduce<CountedTable | null>(
      (least, table) => least === null || table.n.length < least.n.length ? table : least,
      null,
    );
  if (from === null) throw new MissingCounts([all]);
  return sumBy(from, codebook, all);
}

/** How many people have one of these answers to each of these; null where nothing is named. */
export function peopleAmong(
  counted: CountedAnswers,
  codebook: Codebook,
  where: Readonly<Record<string, readonly string[]>>,
): number | null {
  const names = Object.keys(where);
  if (names.length === 0) return null;
  const people = peopleBy(counted, codebook, names);
  let sum = 0;
  forEachPlace(people, codebook, (place, places) => {
    const isAmong = people.names.every((name, i) =>
      where[name]!.includes(answersOf(codebook, name)[places[i]!]!)
    );
    if (isAmong) sum += people.n[place]!;
  });
  return sum;
}

/** Whether there is a table by these names, or one that they can be summed from. */
export function isCounted({ tables }: CountedAnswers, names: readonly string[]): boolean {
  return tables.has(keyOf(names)) ||
    [...tables.values()].some((table) => names.every((name) => table.names.includes(name)));
}

function sumBy(from: CountedTable, codebook: Codebook, names: readonly string[]): CountedTable {
  const to = emptyTable(codebook, names);
  const strides = from.names.map((name) => {
    const at = names.indexOf(name);
    return at < 0
      ? 0
      : names.slice(at + 1).reduce((product, next) => product * placesOf(codebook, next), 1);
  });
  forEachPlace(from, codebook, (place, places) => {
    const sum = places.reduce((sum, each, i) => sum + each * strides[i]!, 0);
    to.n[sum]! += from.n[place]!;
    to.w[sum]! += from.w[place]!;
    to.w2[sum]! += from.w2[place]!;
  });
  return to;
}

/** Calls back for every place that has people, with the place of each name. */
export function forEachPlace(
  table: CountedTable,
  codebook: Codebook,
  callback: (place: number, places: readonly number[]) => void,
): void {
  const sizes = table.names.map((name) => placesOf(codebook, name));
  const places = sizes.map(() => 0);
  for (let place = 0; place < table.n.length; place++) {
    if (table.n[place]! > 0) callback(place, places);
    for (let i = sizes.length - 1; i >= 0; i--) {
      places[i]!++;
      if (places[i]! < sizes[i]!) break;
      places[i] = 0;
    }
  }
}

/** Thrown where a survey that was read as counts has none of what is asked for. */
export class MissingCounts extends InputError {
  /** @param missing The names that nothing counts by, taken together. */
  constructor(missing: readonly (readonly string[])[]) {
    const first = missing.slice(0, 8).map((names) => `  ${names.join(" by ")}`);
    const more = missing.length - first.length;
    super(
      "This survey was read as counts, and these are not among them:\n" +
        first.join("\n") + (more > 0 ? `\n  and ${more} more` : "") +
        "\nMake the table of counts again with `deno task counts` (with --where for the report " +
        "on a group), which counts all that a report needs.",
    );
  }
}
