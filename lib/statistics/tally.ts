import { codeAt, emptyTable, forEachPlace, peopleBy } from "../responses/counted_answers.ts";
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
interface RowPatterns extends Patterns {
  readonly of: Uint16Array | Uint32Array;
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
  return tallies(survey, [answers, ...by], within, () => {
    const patterns = patternsBy(
      ...[survey, by, within] as const,
      () => patternsOf(by, domainCodes(survey, within), answers.codes.length),
    );
    return tallyOfRows(patterns, answers, survey.weights);
  });
}

/** Of many rows counting takes long, and small tables are kept. */
const tallies = keptOf<Tally>(1000, ({ n }) => n.length <= 2 ** 12);
/** The patterns of a million respondents take 2 MB. */
const patternsBy = keptOf<RowPatterns>(16);

/** Keeps the last so many that were made of the same answers; of a made column none, whatever its name. */
function keptOf<T>(most: number, isSmall: (made: T) => boolean = () => true) {
  const all = new WeakMap<Survey["codes"], { weights: Survey["weights"]; made: Map<string, T> }>();
  return (
    { codes, weights, within: own }: Survey,
    columns: readonly CodedColumn[],
    within: Domain,
    make: () => T,
  ): T => {
    if (columns.some((column) => codes.get(column.id) !== column.codes)) return make();
    let kept = all.get(codes);
    if (kept?.weights !== weights) all.set(codes, kept = { weights, made: new Map() });
    const key = JSON.stringify([
      columns.map(({ id, categories }) => [id, categories]),
      own,
      within,
    ]);
    const known = kept.made.get(key);
    if (known) return known;
    const made = make();
    if (isSmall(made)) kept.made.set(key, made);
    const [oldest = ""] = kept.made.keys();
    if (kept.made.size > most) kept.made.delete(oldest);
    return made;
  };
}

/** Keys of combinations are made shorter where there would be more: a table of them has 16 MB. */
const MOST_KEYS = 2 ** 22;

/** Used again: of a million respondents new ones fill the memory faster than it is tidied up. */
let scratch = new Uint32Array();

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
  if (scratch.length !== respondents) scratch = new Uint32Array(respondents);
  const of = scratch.fill(0);
  let keys = 1;
  for (const column of columns) {
    const width = column.categories.length + 2;
    if (keys * width > MOST_KEYS) keys = renumber(of, keys);
    const places = placesOf(column, respondents);
    for (let i = 0; i < respondents; i++) of[i] = of[i]! * width + places[i]!;
    keys *= width;
  }
  if (inside) { for (let i = 0; i < respondents; i++) if (inside[i] === 0) of[i] = keys; }
  const size = renumber(of, keys);
  const somebody = new Uint32Array(size + 1);
  for (let i = 0; i < respondents; i++) somebody[of[i]!] = i;
  const people = somebody.subarray(0, size);
  // Those of a million are kept.
  const own = size < 2 ** 16 ? new Uint16Array(of) : of.slice();
  return { of: own, size, codes: columns.map(({ codes }) => gather(codes, people)) };
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

const ILLEGAL = 0x8000;
const known = new WeakMap<Uint8Array, { width: number; places: Uint8Array }>();

/** The place of each respondent's answer: the categories, "no answer", "not asked". */
function placesOf({ id, categories, codes }: Coded, respondents: number): Uint8Array {
  if (codes.length !== respondents) {
    throw new RangeError(
      `Columns of one survey must be of one length: ${codes.length} and ${respondents}`,
    );
  }
  const width = categories.length + 2;
  const before = known.get(codes);
  if (before?.width === width) return before.places;
  const byCode = new Uint16Array(256).fill(ILLEGAL);
  categories.forEach((_, i) => byCode[i + 1] = i);
  byCode[NO_ANSWER] = categories.length;
  byCode[NOT_ASKED] = categories.length + 1;
  const places = new Uint8Array(respondents);
  for (let i = 0; i < respondents; i++) {
    const place = byCode[codes[i]!]!;
    if (place === ILLEGAL) {
      throw new RangeError(
        `A respondent has code ${codes[i]} in ${id}, which has ${categories.length} categories`,
      );
    }
    places[i] = place;
  }
  known.set(codes, { width, places });
  return places;
}

/** Counts the answers of respondents by their pattern. Needs rows. @param weights Null: one each. */
export function tallyOfRows(
  patterns: RowPatterns,
  answers: Coded,
  weights: Float64Array | null,
): Tally {
  const places = placesOf(answers, patterns.of.length);
  return tallyOfPlaces(patterns, places, answers.categories.length + 2, weights);
}

/**
 * Counts respondents by pattern and place.
 *
 * @param places Of each respondent, below `width`.
 * @param weights Null: one each.
 * @param several Where a row stands for several people: how many, and the sum of their squared weights.
 */
export function tallyOfPlaces(
  { of, size, codes }: RowPatterns,
  places: Uint8Array | Uint32Array,
  width: number,
  weights: Float64Array | null,
  several: Pick<Tally, "n" | "w2"> | null = null,
): Tally {
  // Those outside the domain are counted last, and left out.
  const nobody = () => new Float64Array((size + 1) * width);
  const n = nobody();
  const [w, w2] = weights ? [nobody(), nobody()] : [n, n];
  for (let i = 0; i < of.length; i++) {
    const at = of[i]! * width + places[i]!;
    n[at]! += several === null ? 1 : several.n[i]!;
    if (weights === null) continue;
    const weight = weights[i]!;
    w[at]! += weight;
    w2[at]! += several === null ? weight * weight : several.w2[i]!;
  }
  const people = n.slice(0, size * width);
  const inside = (sums: Float64Array) => sums === n ? people : sums.slice(0, size * width);
  // Without the pattern of each respondent, which takes 4 MB of a million.
  return { patterns: { size, codes }, width, n: people, w: inside(w), w2: inside(w2) };
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
  const isEmpty = source.respondents === 0 || asked.length === 0;
  const people = isEmpty ? emptyTable(codebook, asked) : peopleBy(counted!, codebook, asked);
  const cells: number[] = [];
  const given = people.names.map((): number[] => []);
  forEachPlace(people, codebook, (at, places) => {
    cells.push(at);
    places.forEach((place, i) => given[i]!.push(codeAt(codebook, people.names[i]!, place)));
  });
  const rows: Survey = {
    ...known,
    source: { ...source, respondents: cells.length },
    codes: new Map(
      people.names.map((name, i) => [name, Uint8Array.from(given[i]!)] as const)
        .filter(([name]) => names.includes(name)),
    ),
  };
  const column = ({ id, either }: CodedColumn) =>
    either ? eitherColumn(rows, either) : columnOf(rows, id);
  const patterns = patternsOf(by.map(column), domainCodes(rows, within), cells.length);
  const [n, w, w2] = [people.n, people.w, people.w2]
    .map((sums) => Float64Array.from(cells, (at) => sums[at]!));
  const places = placesOf(column(answers), cells.length);
  return tallyOfPlaces(patterns, places, answers.categories.length + 2, w!, { n: n!, w2: w2! });
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
