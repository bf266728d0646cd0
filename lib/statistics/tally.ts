import { codeAt, forEachPlace, peopleBy } from "../responses/counted_answers.ts";
import { NO_ANSWER, NOT_ASKED, type Survey } from "../responses/survey.ts";
import { type CodedColumn, columnOf, eitherColumn } from "./column.ts";
import { type Domain, domainCodes } from "./domain.ts";

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
  const patterns = patternsOf(by, domainCodes(survey, within), answers.codes.length);
  return tallyOfRows(patterns, answers, survey.weights);
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
    const { codes, categories } = column;
    const width = categories.length + 2;
    if (keys * width > MOST_KEYS) keys = renumber(of, keys);
    const places = placesOf(column, respondents);
    let flags = 0;
    for (let i = 0; i < respondents; i++) {
      const place = places[codes[i]!]!;
      flags |= place;
      of[i] = of[i]! * width + place;
    }
    requireLegal(column, flags);
    keys *= width;
  }
  if (inside) { for (let i = 0; i < respondents; i++) if (inside[i] === 0) of[i] = keys; }
  const size = renumber(of, keys);
  const somebody = new Uint32Array(size + 1);
  for (let i = 0; i < respondents; i++) somebody[of[i]!] = i;
  const people = somebody.subarray(0, size);
  return { of, size, codes: columns.map(({ codes }) => gather(codes, people)) };
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

function gather(codes: Uint8Array, at: Uint32Array): Uint8Array {
  return Uint8Array.from(at, (place) => codes[place]!);
}

/**
 * Counts the answers of respondents by their pattern: one loop over the codes. Needs rows.
 *
 * @param weights One per respondent; null counts everyone the same.
 */
export function tallyOfRows(
  patterns: RowPatterns,
  answers: Coded,
  weights: Float64Array | null,
): Tally {
  const { of, size, codes: by } = patterns;
  const { codes, categories } = answers;
  const width = categories.length + 2;
  const places = placesOf(answers, of.length);
  if (weights !== null) requireLength(weights, of.length);
  // Those outside the domain are counted last, and left out.
  const nobody = () => new Float64Array((size + 1) * width);
  const n = nobody();
  const [w, w2] = weights ? [nobody(), nobody()] : [n, n];
  let flags = 0;
  for (let i = 0; i < of.length; i++) {
    const place = places[codes[i]!]!;
    flags |= place;
    const at = of[i]! * width + place;
    n[at]!++;
    if (weights === null) continue;
    const weight = weights[i]!;
    w[at]! += weight;
    w2[at]! += weight * weight;
  }
  requireLegal(answers, flags);
  const inside = (sums: Float64Array) => sums.slice(0, size * width);
  const people = inside(n);
  const [sums, squares] = weights ? [inside(w), inside(w2)] : [people, people];
  // Without the pattern of each respondent, which takes 4 MB of a million.
  return { patterns: { size, codes: by }, width, n: people, w: sums, w2: squares };
}

const ILLEGAL = 0x8000;

/** By code, its place among the answers: the categories, "no answer", "not asked". */
function placesOf({ categories, codes }: Coded, respondents: number): Uint16Array {
  requireLength(codes, respondents);
  const places = new Uint16Array(256).fill(ILLEGAL);
  categories.forEach((_, i) => places[i + 1] = i);
  places[NO_ANSWER] = categories.length;
  places[NOT_ASKED] = categories.length + 1;
  return places;
}

function requireLength({ length }: ArrayLike<number>, respondents: number): void {
  if (length === respondents) return;
  throw new RangeError(
    `Columns of one survey must be of one length: ${length} and ${respondents}`,
  );
}

function requireLegal({ id, categories, codes }: Coded, flags: number): void {
  if ((flags & ILLEGAL) === 0) return;
  const code = codes.find((code) => code > categories.length && code !== NOT_ASKED);
  throw new RangeError(
    `A respondent has code ${code} in ${id}, which has ${categories.length} categories`,
  );
}

/** The same of counts: each combination of answers that was counted stands for its people. */
function tallyOfCounts(
  survey: Survey,
  answers: CodedColumn,
  by: readonly CodedColumn[],
  within: Domain,
): Tally {
  const { counted, ...known } = survey;
  const { codebook, codes, source } = survey;
  const names = [
    ...[answers, ...by].flatMap(({ id, either }) => either ? Object.keys(either) : [id]),
    ...[survey.within ?? {}, within].flatMap(Object.keys),
  ].filter((name) => codes.has(name));
  // Where none of these was part of the wave, anything that was counts the people.
  const asked = names.length > 0 ? [...new Set(names)] : [...codes.keys()].slice(0, 1);
  const cells: { codes: number[]; at: number }[] = [];
  const isEmpty = source.respondents === 0 || asked.length === 0;
  const people = isEmpty ? null : peopleBy(counted!, codebook, asked);
  if (people) {
    forEachPlace(people, codebook, (at, places) => {
      cells.push({ at, codes: people.names.map((name, i) => codeAt(codebook, name, places[i]!)) });
    });
  }
  const rows: Survey = {
    ...known,
    source: { ...source, respondents: cells.length },
    codes: new Map(
      asked.filter((name) => names.includes(name)).map((name) => [
        name,
        Uint8Array.from(cells, ({ codes }) => codes[people!.names.indexOf(name)]!),
      ]),
    ),
  };
  const column = ({ id, either }: CodedColumn) =>
    either ? eitherColumn(rows, either) : columnOf(rows, id);
  const patterns = patternsOf(by.map(column), domainCodes(rows, within), cells.length);
  const given = column(answers);
  const [width, places] = [answers.categories.length + 2, placesOf(given, cells.length)];
  const sum = (sums: Float64Array | undefined) => {
    const to = new Float64Array((patterns.size + 1) * width);
    cells.forEach(({ at }, i) => {
      to[patterns.of[i]! * width + places[given.codes[i]!]!]! += sums![at]!;
    });
    return to.subarray(0, patterns.size * width);
  };
  return { patterns, width, n: sum(people?.n), w: sum(people?.w), w2: sum(people?.w2) };
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
    for (let at = 0; at < from.length; at++) {
      to[ids[Math.floor(at / width)]! * width + at % width]! += from[at]!;
    }
    return to;
  };
  const people = sum(n);
  return {
    patterns: { size, codes: columns.map((column) => gather(patterns.codes[column]!, one)) },
    width,
    n: people,
    w: w === n ? people : sum(w),
    w2: w2 === n ? people : sum(w2),
  };
}

/** The people of each pattern who answered, by category. */
export function answersByPattern({ patterns: { size }, width, n }: Tally): Float64Array[] {
  return Array.from({ length: size }, (_, p) => n.subarray(p * width, (p + 1) * width - 2));
}

/** The codes of one pattern, by column. */
export function codesOfPattern({ codes }: Patterns, pattern: number): number[] {
  return codes.map((of) => of[pattern]!);
}
