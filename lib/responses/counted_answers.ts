import { categoriesOf, type Codebook } from "./codebook.ts";
import { InputError } from "./input_error.ts";
import {
  type CountedAnswers,
  type CountedTable,
  NO_ANSWER,
  NOT_ASKED,
  type Survey,
} from "./survey.ts";

/** The answer (or group) of those who were asked and left it empty. No codebook id looks like it. */
export const NO_ANSWER_ID = "(no answer)";
/** The answer (or group) of those who were not asked. */
export const NOT_ASKED_ID = "(not asked)";

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
  const [n, w, w2] = Array.from({ length: 3 }, () => new Float64Array(size));
  return { names, n: n!, w: w!, w2: w2! };
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
  const from = tables.get(keyOf(all)) ??
    [...tables.values()].filter((table) => all.every((name) => table.names.includes(name)))
      .sort((a, b) => a.n.length - b.n.length)[0];
  if (from === undefined) throw new MissingCounts([all]);
  const to = emptyTable(codebook, all);
  // How far apart two answers to a name of the large table are in the small one.
  const strides = from.names.map((name) =>
    all.includes(name) ? emptyTable(codebook, all.slice(all.indexOf(name) + 1)).n.length : 0
  );
  forEachPlace(from, codebook, (place, places) => {
    const sum = places.reduce((sum, each, i) => sum + each * strides[i]!, 0);
    to.n[sum]! += from.n[place]!;
    to.w[sum]! += from.w[place]!;
    to.w2[sum]! += from.w2[place]!;
  });
  return to;
}

/** Whether there is a table by these names, or one that they can be summed from. */
export function isCounted({ tables }: CountedAnswers, names: readonly string[]): boolean {
  return [...tables.values()].some((table) => names.every((name) => table.names.includes(name)));
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

/**
 * A survey of which there are counts and no rows.
 *
 * @param known All that is known of it besides.
 * @param names The questions and variables that it has.
 * @param counted The counts.
 */
export function countedSurvey(
  known: Omit<Survey, "codes" | "ids" | "weights" | "counted">,
  names: Iterable<string>,
  counted: CountedAnswers,
): Survey {
  return { ...known, codes: new NoRows(names), ids: null, weights: null, counted };
}

/** The same survey with everyone counting the same. */
export function unweighted(survey: Survey): Survey {
  const { weighting: _, counted, ...rest } = survey;
  return {
    ...rest,
    weights: null,
    ...counted && { counted: counted.weighted ? withoutWeights(counted) : counted },
  };
}

/** The same counts with everyone counting the same. */
export function withoutWeights({ tables, ...counted }: CountedAnswers): CountedAnswers {
  const plain = [...tables].map(([key, table]) =>
    [key, { ...table, w: table.n, w2: table.n }] as const
  );
  return { ...counted, weighted: false, tables: new Map(plain) };
}

/** Thrown where the answers of single respondents are needed and a survey was read as counts. */
export class NeedsRows extends InputError {
  /** @param what What was looked for: a question or variable. */
  constructor(what: string) {
    super(
      `The answers of single respondents are needed (${what}), and this survey was read as counts. ` +
        `Give a file of the answers, or leave this out.`,
    );
  }
}

/** The codes of a survey that was read as counts: which names it has, and nobody's answers. */
class NoRows extends Map<string, Uint8Array> {
  constructor(names: Iterable<string>) {
    super([...names].map((name) => [name, new Uint8Array()]));
    const refuse = (): never => {
      throw new NeedsRows("all columns");
    };
    Object.assign(this, {
      ...{ entries: refuse, values: refuse, forEach: refuse, [Symbol.iterator]: refuse },
    });
  }

  override get(name: string): undefined {
    if (this.has(name)) throw new NeedsRows(name);
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
