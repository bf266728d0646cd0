import { categoriesOf } from "../responses/codebook.ts";
import { codeAt, forEachPlace, peopleBy } from "../responses/counted_answers.ts";
import { InputError } from "../responses/input_error.ts";
import { NO_ANSWER, NOT_ASKED, type Survey } from "../responses/survey.ts";
import { type CodedColumn, codeReader } from "./column.ts";
import { conditionsOf, type Domain, domainCodes } from "./domain.ts";

type Coded = Pick<CodedColumn, "id" | "categories" | "codes">;

/** The combinations of answers to some columns that somebody has. */
export interface Patterns {
  readonly size: number;
  /** By column, the code of each pattern. */
  readonly codes: readonly Uint8Array[];
}

/** The pattern of each respondent; `size` for those outside the domain. */
export interface RowPatterns extends Patterns {
  readonly of: Uint32Array;
}

/** People by pattern and, within it, by answer: at `pattern * width + place`. */
export interface Tally {
  readonly patterns: Patterns;
  /** The categories of the question, then "no answer" and "not asked". */
  readonly width: number;
  readonly n: Float64Array;
  /** Sums of their weights, and of their squared weights; both are `n` where nobody is weighted. */
  readonly w: Float64Array;
  readonly w2: Float64Array;
}

/**
 * Counts the answers to one question by the combinations of answers to some other columns, from rows
 * or from counts.
 *
 * @param by The columns; none puts everybody in one pattern.
 * @throws {InputError} Where the domain names what is not there, or nothing counts by these together.
 * @throws {RangeError} Where a respondent has a code that is none of a column's.
 */
export function tally(
  survey: Survey,
  answers: CodedColumn,
  by: readonly CodedColumn[],
  within: Domain = {},
): Tally {
  if (survey.counted) return tallyOfCounts(survey, answers, by, within);
  const inside = domainCodes(survey, within);
  return tallyOfRows(patternsOf(by, inside, survey.source.respondents), answers, survey.weights);
}

/** Keys of combinations are made shorter where there would be more: a table of them has 16 MB. */
const MOST_KEYS = 2 ** 22;

/**
 * Puts respondents together who have the same codes in all columns (a covariate pattern). What is a
 * sum over people is then a sum over patterns, of which there are far fewer. Needs rows.
 *
 * Source: P. McCullagh & J. A. Nelder (1989), Generalized Linear Models, 2nd ed., 4.1.2.
 *
 * @param inside 1 for each respondent who counts and 0 for the others; null for everyone.
 * @returns The patterns, in the order of the columns' categories.
 */
export function patternsOf(
  columns: readonly Coded[],
  inside: Uint8Array | null,
  respondents: number,
): RowPatterns {
  const of = new Uint32Array(respondents);
  let keys = 1;
  for (const column of columns) {
    const width = column.categories.length + 2;
    if (keys * width > MOST_KEYS) keys = renumber(of, keys);
    const { codes } = column;
    const places = placesOf(column, respondents);
    let flags = 0;
    for (let i = 0; i < respondents; i++) {
      const place = places[codes[i]!]!;
      flags |= place;
      of[i] = of[i]! * width + place;
    }
    if (flags & ILLEGAL) refuse(column);
    keys *= width;
  }
  if (inside) { for (let i = 0; i < respondents; i++) if (inside[i] === 0) of[i] = keys; }
  const size = renumber(of, keys);
  const somebody = new Uint32Array(size + 1);
  for (let i = 0; i < respondents; i++) somebody[of[i]!] = i;
  const codes = columns.map(({ codes }) =>
    Uint8Array.from(somebody.subarray(0, size), (person) => codes[person]!)
  );
  return { of, size, codes };
}

/** Leaves out the keys that nobody has. Returns how many are left; the key above all becomes that. */
function renumber(of: Uint32Array, keys: number): number {
  const numbers = new Uint32Array(keys + 1);
  for (let i = 0; i < of.length; i++) numbers[of[i]!] = 1;
  let count = 0;
  for (let key = 0; key < keys; key++) if (numbers[key] === 1) numbers[key] = count++;
  numbers[keys] = count;
  for (let i = 0; i < of.length; i++) of[i] = numbers[of[i]!]!;
  return count;
}

/** Counts the answers of respondents by their pattern: one loop over the codes. Needs rows. */
export function tallyOfRows(
  patterns: RowPatterns,
  answers: Coded,
  weights: Float64Array | null,
): Tally {
  const { of, size } = patterns;
  const { codes, categories } = answers;
  const width = categories.length + 2;
  const places = placesOf(answers, of.length);
  if (weights !== null && weights.length !== of.length) {
    throw new RangeError(
      `Columns of one survey must be of one length: ${of.length} and ${weights.length} weights`,
    );
  }
  const people = new Uint32Array((size + 1) * width);
  // Sums of weights and of their squares side by side: one is never changed alone.
  const sums = new Float64Array(weights ? people.length * 2 : 0);
  let flags = 0;
  for (let i = 0; i < of.length; i++) {
    const place = places[codes[i]!]!;
    flags |= place;
    const at = of[i]! * width + place;
    people[at]!++;
    if (weights === null) continue;
    const weight = weights[i]!;
    sums[2 * at]! += weight;
    sums[2 * at + 1]! += weight * weight;
  }
  if (flags & ILLEGAL) refuse(answers);
  const n = Float64Array.from(people.subarray(0, size * width));
  const sum = (which: number) => weights ? n.map((_, at) => sums[2 * at + which]!) : n;
  return { patterns, width, n, w: sum(0), w2: sum(1) };
}

const ILLEGAL = 0x8000;

/** By code, its place among the answers: the categories, "no answer", "not asked". */
function placesOf({ categories, codes }: Coded, respondents: number): Uint16Array {
  if (codes.length !== respondents) {
    throw new RangeError(
      `Columns of one survey must be of one length: ${codes.length} and ${respondents}`,
    );
  }
  const places = new Uint16Array(256).fill(ILLEGAL);
  categories.forEach((_, i) => places[i + 1] = i);
  places[NO_ANSWER] = categories.length;
  places[NOT_ASKED] = categories.length + 1;
  return places;
}

function refuse({ id, categories, codes }: Coded): never {
  const code = codes.find((code) => code > categories.length && code !== NOT_ASKED);
  throw new RangeError(
    `A respondent has code ${code} in ${id}, which has ${categories.length} categories`,
  );
}

function tallyOfCounts(
  survey: Survey,
  answers: CodedColumn,
  by: readonly CodedColumn[],
  within: Domain,
): Tally {
  const { codebook, codes, counted, source } = survey;
  const conditions = conditionsOf(survey, within).map(([name, among]) => ({
    name,
    codes: codesAmong(survey, name, among),
  }));
  const width = answers.categories.length + 2;
  const found = new Map<string, { codes: number[]; n: number[]; w: number[]; w2: number[] }>();
  const [answerOf, ...readers] = [answers, ...by].map((column) => codeReader(survey, column));
  const names = [
    ...[answers, ...by].flatMap(({ id, either }) => either ? Object.keys(either) : [id]),
    ...conditions.map(({ name }) => name),
  ];
  const asked = [...new Set(names)].filter((name) => codes.has(name));
  // Where none of these was part of the wave, anything that was counts the people.
  const counting = asked.length > 0 ? asked : [...codes.keys()].slice(0, 1);
  if (source.respondents > 0 && counting.length > 0) {
    const people = peopleBy(counted!, codebook, counting);
    forEachPlace(people, codebook, (at, places) => {
      const codeOf = (name: string) => {
        const i = asked.includes(name) ? people.names.indexOf(name) : -1;
        return i < 0 ? NOT_ASKED : codeAt(codebook, name, places[i]!);
      };
      if (!conditions.every(({ name, codes }) => codes.has(codeOf(name)))) return;
      const own = readers.map((read) => read(codeOf));
      const none = () => new Array<number>(width).fill(0);
      const key = own.join();
      const sums = found.get(key) ?? { codes: own, n: none(), w: none(), w2: none() };
      found.set(key, sums);
      const answer = answerOf!(codeOf);
      const place = answer === NOT_ASKED
        ? width - 1
        : answer === NO_ANSWER
        ? width - 2
        : answer - 1;
      sums.n[place]! += people.n[at]!;
      sums.w[place]! += people.w[at]!;
      sums.w2[place]! += people.w2[at]!;
    });
  }
  const all = [...found.values()];
  return {
    patterns: {
      size: all.length,
      codes: by.map((_, c) => Uint8Array.from(all, ({ codes }) => codes[c]!)),
    },
    width,
    n: Float64Array.from(all.flatMap(({ n }) => n)),
    w: Float64Array.from(all.flatMap(({ w }) => w)),
    w2: Float64Array.from(all.flatMap(({ w2 }) => w2)),
  };
}

function codesAmong({ codebook }: Survey, name: string, among: readonly string[]): Set<number> {
  const categories = Object.keys(categoriesOf(codebook, name) ?? {});
  if (categories.length === 0) {
    throw new InputError(`There is no question or variable "${name}" in the codebook.`);
  }
  return new Set(among.map((category) => {
    const at = categories.indexOf(category);
    if (at >= 0) return at + 1;
    throw new InputError(
      `"${name}" has no category "${category}". It has: ${categories.join(", ")}.`,
    );
  }));
}

/**
 * The same people by fewer columns.
 *
 * @param columns The places of those that are left, in their new order.
 */
export function narrow({ patterns, width, n, w, w2 }: Tally, columns: readonly number[]): Tally {
  let ids = new Uint32Array(patterns.size);
  let size = Math.min(1, patterns.size);
  for (const column of columns) {
    const codes = patterns.codes[column]!;
    const numbers = new Map<number, number>();
    ids = ids.map((id, pattern) => {
      const key = id * 256 + codes[pattern]!;
      const known = numbers.get(key) ?? numbers.size;
      numbers.set(key, known);
      return known;
    });
    size = numbers.size;
  }
  const one = new Uint32Array(size);
  ids.forEach((id, pattern) => one[id] = pattern);
  const sum = (from: Float64Array) => {
    const to = new Float64Array(size * width);
    for (let pattern = 0; pattern < ids.length; pattern++) {
      const [start, at] = [pattern * width, ids[pattern]! * width];
      for (let place = 0; place < width; place++) to[at + place]! += from[start + place]!;
    }
    return to;
  };
  const people = sum(n);
  return {
    patterns: {
      size,
      codes: columns.map((column) =>
        Uint8Array.from(one, (pattern) => patterns.codes[column]![pattern]!)
      ),
    },
    width,
    n: people,
    w: w === n ? people : sum(w),
    w2: w2 === n ? people : sum(w2),
  };
}

/** The people of each pattern who answered, by category. */
export function answersByPattern({ patterns, width, n }: Tally): Float64Array[] {
  return Array.from(
    { length: patterns.size },
    (_, pattern) => n.subarray(pattern * width, (pattern + 1) * width - 2),
  );
}

/** The codes of one pattern, by column. */
export function codesOfPattern({ codes }: Patterns, pattern: number): number[] {
  return codes.map((of) => of[pattern]!);
}
