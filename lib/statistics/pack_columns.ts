import { requireLegalCodes } from "./legal_codes.ts";
import type { Column } from "./column.ts";
import { type WeightClasses, weightClasses } from "./weight_classes.ts";

/**
 * Several columns as one: each respondent's groups in all of them are one number. Only combinations
 * that somebody has get a number, in the order in which they are met.
 */
export interface Pack {
  readonly columns: readonly Column[];
  /** One number per respondent, from 1; 0 for those outside the domain. */
  readonly codes: Uint16Array;
  /** One more than the largest number. */
  readonly size: number;
  /**
   * The packs that this one was made of, each with its own number for every number of this one;
   * none where it was made of columns.
   */
  readonly parts: readonly {
    readonly pack: Part;
    readonly numbers: Uint16Array;
  }[];
  /** What everybody with a number weighs; absent where that is not the same, or nobody is weighted. */
  readonly weights?: Float64Array;
  /** The place, as in `codesOf()`, of the code that a column has, by the pack's number. */
  placesOf(column: Column): Uint8Array;
}

/** A pack that another was made of: its codes are gone. */
export type Part = Omit<Pack, "codes">;

/** A number must fit 16 bits, and 0 is taken. */
const MOST_NUMBERS = 65_535;
/** So many words of codes that what is made of them stays in a core's nearest cache. */
const BLOCK = 2048;
/** How many bins of 8 answers stay in a core's own cache. */
const MOST_CACHED = 32_768;

/**
 * Packs columns together, so that one pass over a question counts it by all of them.
 *
 * @param columns Any columns, each once.
 * @param inside 1 for each respondent in the domain, or null for everyone.
 * @param respondents Number of respondents.
 * @param weights One per respondent, or null.
 * @returns As few packs as pay, each with at least one column (one pack of everyone for none).
 * @throws {RangeError} Where a respondent has a code that is none of a column's.
 */
export function packColumns(
  columns: readonly Column[],
  inside: Uint8Array | null,
  respondents: number,
  weights: Float64Array | null = null,
): Pack[] {
  // With few respondents, going through the combinations would take longer than through the rows.
  const most = Math.min(MOST_NUMBERS, Math.max(1024, respondents >> 2));
  const parts: Column[][] = [[]];
  let size = 1;
  for (const column of columns) {
    const last = parts.at(-1)!;
    if (last.length > 0 && size * sizeOf(column) > most) {
      parts.push([column]);
      size = sizeOf(column);
    } else {
      last.push(column);
      size *= sizeOf(column);
    }
  }
  const packs: Pack[] = [];
  for (const part of parts) {
    const pack = packOf(part, inside, respondents);
    const last = packs.pop();
    const joined = last && join(last, pack, Math.min(MOST_CACHED, respondents >> 4));
    packs.push(...joined ? [joined] : last ? [last, pack] : [pack]);
  }
  const classes = weights && weightClasses(weights);
  return classes === null ? packs : packs.map((pack) => withWeights(pack, classes, inside) ?? pack);
}

/** A pack by whose numbers people weigh the same, or null where that has too many numbers to pay. */
function withWeights(
  pack: Pack,
  { numbers, weights }: WeightClasses,
  inside: Uint8Array | null,
): Pack | null {
  const codes = inside ? numbers.map((number, i) => inside[i] === 0 ? 0 : number) : numbers;
  const placesOf = () => new Uint8Array(weights.length);
  const by = { columns: [], codes, size: weights.length, parts: [], placesOf };
  const joined = join(pack, by, Math.min(MOST_CACHED, codes.length >> 4));
  if (joined === null) return null;
  return { ...joined, weights: Float64Array.from(joined.parts[1]!.numbers, (n) => weights[n]!) };
}

function packOf(
  columns: readonly Column[],
  inside: Uint8Array | null,
  respondents: number,
): Pack {
  let size = 1;
  const strides = columns.map((column) => {
    requireLegalCodes(column);
    const stride = size;
    size *= sizeOf(column);
    return stride;
  });
  const numbers = new Uint16Array(size);
  const met: number[] = [0];
  const meet = (combination: number) => {
    met.push(combination);
    return numbers[combination] = met.length - 1;
  };
  const words = Math.ceil(respondents / 4);
  const fours = columns.map((column) => wordsOf(column.codes));
  const combinations = new Int32Array(2 * BLOCK);
  const codes = new Uint16Array(words * 4);
  for (let start = 0; start < words; start += BLOCK) {
    const end = Math.min(start + BLOCK, words);
    combinations.fill(0);
    for (let i = 0; i < columns.length; i += 2) {
      const [one, two] = [fours[i]!, fours[i + 1] ?? fours[i]!];
      const [strideOfOne, strideOfTwo] = [strides[i]!, strides[i + 1] ?? 0];
      addPlaces(
        combinations,
        one.subarray(start, end),
        strideOfOne,
        two.subarray(start, end),
        strideOfTwo,
      );
    }
    for (let word = start; word < end; word++) {
      const even = combinations[2 * (word - start)]!;
      const odd = combinations[2 * (word - start) + 1]!;
      const at = 4 * word;
      // Almost everybody's combination was met before.
      codes[at] = numbers[even & 0xffff]! || meet(even & 0xffff);
      codes[at + 1] = numbers[odd & 0xffff]! || meet(odd & 0xffff);
      codes[at + 2] = numbers[even >>> 16]! || meet(even >>> 16);
      codes[at + 3] = numbers[odd >>> 16]! || meet(odd >>> 16);
    }
  }
  if (inside !== null) {
    for (let i = 0; i < respondents; i++) if (inside[i] === 0) codes[i] = 0;
  }
  const places = new Map<Column, Uint8Array>();
  return {
    columns,
    codes: codes.subarray(0, respondents),
    size: met.length,
    parts: [],
    placesOf(column) {
      const done = places.get(column);
      if (done) return done;
      const categories = column.categories.length;
      const stride = strides[columns.indexOf(column)]!;
      const made = Uint8Array.from(met, (combination) => {
        const raised = Math.floor(combination / stride) % sizeOf(column);
        return raised === 0 ? categories + 1 : raised === 1 ? categories : raised - 2;
      });
      places.set(column, made);
      return made;
    },
  };
}

/**
 * Adds what two columns say to the number of each respondent's combination: a code raised by one
 * ("not asked" becomes 0, "no answer" 1), times the column's stride. A stride of 0 says nothing.
 *
 * @param combinations Two words for four respondents: the first and third, the second and fourth.
 * @param one A column's codes, four by four.
 * @param two Another one's.
 */
function addPlaces(
  combinations: Int32Array,
  one: Int32Array,
  strideOfOne: number,
  two: Int32Array,
  strideOfTwo: number,
): void {
  for (let word = 0; word < one.length; word++) {
    const [a, b] = [one[word]!, two[word]!];
    const raisedA = ((a & 0x7f7f7f7f) + 0x01010101) ^ (a & 0x80808080);
    const raisedB = ((b & 0x7f7f7f7f) + 0x01010101) ^ (b & 0x80808080);
    combinations[2 * word]! += Math.imul(raisedA & 0xff00ff, strideOfOne) +
      Math.imul(raisedB & 0xff00ff, strideOfTwo);
    combinations[2 * word + 1]! += Math.imul(raisedA >>> 8 & 0xff00ff, strideOfOne) +
      Math.imul(raisedB >>> 8 & 0xff00ff, strideOfTwo);
  }
}

/** Codes four by four, with any four beyond the last. */
function wordsOf(codes: Uint8Array): Int32Array {
  if (codes.byteOffset % 4 === 0 && codes.length % 4 === 0) {
    return new Int32Array(codes.buffer, codes.byteOffset, codes.length >> 2);
  }
  const whole = new Uint8Array(Math.ceil(codes.length / 4) * 4);
  whole.set(codes);
  return new Int32Array(whole.buffer);
}

/**
 * Two packs as one, or null where that has more combinations than pay. The first one's codes become
 * the joint ones, since memory that was never used is slow; where it is null they are as before.
 */
function join(a: Pack, b: Pack, most: number): Pack | null {
  const combinations = a.size * b.size;
  if (combinations > 1 << 22) return null;
  const { codes } = a;
  const respondents = codes.length;
  const numbers = new Uint16Array(combinations);
  const met: number[] = [0];
  for (let i = 0; i < respondents; i++) {
    const place = codes[i]! * b.size + b.codes[i]!;
    let number = numbers[place]!;
    // Place 0 is outside in both.
    if (number === 0 && place !== 0) {
      if (met.length > most) {
        for (let j = 0; j < i; j++) codes[j] = Math.floor(met[codes[j]!]! / b.size);
        return null;
      }
      number = numbers[place] = met.length;
      met.push(place);
    }
    codes[i] = number;
  }
  const columns = [...a.columns, ...b.columns];
  const parts = [
    { pack: a, numbers: Uint16Array.from(met, (place) => Math.floor(place / b.size)) },
    { pack: b, numbers: Uint16Array.from(met, (place) => place % b.size) },
  ];
  const places = new Map<Column, Uint8Array>();
  return {
    columns,
    codes,
    size: met.length,
    parts,
    placesOf(column) {
      const done = places.get(column);
      if (done) return done;
      const { pack, numbers } = parts.find(({ pack }) => pack.columns.includes(column))!;
      const ofPart = pack.placesOf(column);
      const made = Uint8Array.from(numbers, (number) => ofPart[number]!);
      places.set(column, made);
      return made;
    },
  };
}

/** Categories, no answer, not asked. */
function sizeOf(column: Column): number {
  return column.categories.length + 2;
}
