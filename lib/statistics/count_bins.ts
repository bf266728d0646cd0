import { bitsOf, type Lane, lanesOf, readerOf } from "./byte_lanes.ts";
import type { Column } from "./column.ts";
import type { Pack } from "./pack.ts";

/**
 * People by bin, where answer a of number g of a pack is bin `g << bits | a`: how many there are, the
 * sums of their weights and of their squared weights (null where unweighted).
 */
export interface Bins {
  readonly n: Float64Array;
  readonly w: Float64Array | null;
  readonly w2: Float64Array | null;
}

/**
 * What was counted since the process began: passes over the respondents, and the rows that were read
 * in them. Tests assert the work by it, where a time would say more of the machine.
 */
export const counted = { passes: 0, rows: 0 };

/** So many words of codes that what is made of them stays in a core's nearest cache. */
const BLOCK = 4096;
/** How many bins stay in a core's own cache. */
const MOST_BINS = 1 << 18;

/**
 * Counts respondents by the numbers of a pack and their answers to some questions, with one pass over
 * the respondents for as many questions together as pay: two or three of many respondents.
 *
 * @param questions The questions' columns.
 * @param pack The pack.
 * @param weights One per respondent, or null.
 * @returns The bins of each question, whose answers are the last `bitsOf()` bits of their codes.
 * @throws {RangeError} Where the columns are not of one length, or a respondent has a code that is none
 *   of a column's.
 */
export function countBins(
  questions: readonly Column[],
  pack: Pick<Pack, "codes" | "size">,
  weights: Float64Array | null,
): Bins[] {
  const respondents = pack.codes.length;
  for (const { length } of [...questions.map(({ codes }) => codes), weights ?? pack.codes]) {
    if (length !== respondents) {
      throw new RangeError(
        `Columns of one survey must be of one length: ${length} and ${respondents}`,
      );
    }
  }
  // With few respondents, going through the bins would take longer than through the rows.
  const bits = Math.floor(Math.log2(Math.min(MOST_BINS, respondents >> 2) / pack.size));
  const bins = new Map<Column, Bins>();
  for (const lane of lanesOf(questions, Math.min(8, bits))) {
    countLane(lane, pack, weights).forEach((each, i) => bins.set(lane.columns[i]!, each));
  }
  return questions.map((question) => bins.get(question)!);
}

function countLane(
  lane: Lane,
  { codes, size }: Pick<Pack, "codes" | "size">,
  weights: Float64Array | null,
): Bins[] {
  const respondents = codes.length;
  counted.passes++;
  counted.rows += respondents;
  const n = new Uint32Array(size << lane.bits);
  // The sum of weights and that of their squares side by side: one is never changed alone.
  const sums = weights && new Float64Array(n.length * 2);
  const read = readerOf(lane);
  const whole = new Int32Array(Math.min(BLOCK, Math.ceil(respondents / 4)));
  for (let start = 0; start < respondents; start += 4 * BLOCK) {
    const some = codes.subarray(start, start + 4 * BLOCK);
    const words = whole.subarray(0, Math.ceil(some.length / 4));
    read(words, start >> 2);
    if (sums) weighFours(n, sums, words, some, weights.subarray(start), lane.bits);
    else countFours(n, words, some, lane.bits);
  }
  const occupied = occupiedIn(n);
  return lane.columns.map((column, c) => {
    const [shift, bits] = [lane.shifts[c]!, bitsOf(column)];
    const mask = (1 << bits) - 1;
    const add = (from: Uint32Array | Float64Array, width: number, at: number) => {
      const to = new Float64Array(size << bits);
      for (let i = 0; i < occupied.length; i++) {
        const bin = occupied[i]!;
        to[bin >>> lane.bits << bits | bin >>> shift & mask]! += from[bin * width + at]!;
      }
      return to;
    };
    return {
      n: add(n, 1, 0),
      w: sums && add(sums, 2, 0),
      w2: sums && add(sums, 2, 1),
    };
  });
}

/** The bins that have anybody, ascending. */
function occupiedIn(n: Uint32Array): Uint32Array {
  const found = new Uint32Array(n.length);
  let size = 0;
  for (let bin = 0; bin < n.length; bin += 4) {
    // Most combinations of a rare number nobody has.
    if ((n[bin]! | n[bin + 1]! | n[bin + 2]! | n[bin + 3]!) === 0) continue;
    for (let next = bin; next < bin + 4; next++) {
      if (n[next]! > 0) found[size++] = next;
    }
  }
  return found.subarray(0, size);
}

/**
 * Counts four respondents at a time, whose answers are read as one word and whose numbers as two. The
 * first byte of a word is its lowest on every machine that Deno runs on.
 */
function countFours(n: Uint32Array, answers: Int32Array, codes: Uint16Array, bits: number): void {
  const twos = new Int32Array(codes.buffer, codes.byteOffset, codes.length >> 1);
  const words = codes.length >> 2;
  for (let word = 0; word < words; word++) {
    const answer = answers[word]!;
    const first = twos[2 * word]!;
    const second = twos[2 * word + 1]!;
    n[(first & 0xffff) << bits | answer & 0xff]!++;
    n[(first >>> 16) << bits | answer >>> 8 & 0xff]!++;
    n[(second & 0xffff) << bits | answer >>> 16 & 0xff]!++;
    n[(second >>> 16) << bits | answer >>> 24]!++;
  }
  for (let i = 4 * words; i < codes.length; i++) {
    n[codes[i]! << bits | answers[words]! >>> 8 * (i & 3) & 0xff]!++;
  }
}

/** The same with weights. */
function weighFours(
  n: Uint32Array,
  sums: Float64Array,
  answers: Int32Array,
  codes: Uint16Array,
  weights: Float64Array,
  bits: number,
): void {
  const twos = new Int32Array(codes.buffer, codes.byteOffset, codes.length >> 1);
  const words = codes.length >> 2;
  for (let word = 0; word < words; word++) {
    const answer = answers[word]!;
    const first = twos[2 * word]!;
    const second = twos[2 * word + 1]!;
    weigh(n, sums, (first & 0xffff) << bits | answer & 0xff, weights[4 * word]!);
    weigh(n, sums, (first >>> 16) << bits | answer >>> 8 & 0xff, weights[4 * word + 1]!);
    weigh(n, sums, (second & 0xffff) << bits | answer >>> 16 & 0xff, weights[4 * word + 2]!);
    weigh(n, sums, (second >>> 16) << bits | answer >>> 24, weights[4 * word + 3]!);
  }
  for (let i = 4 * words; i < codes.length; i++) {
    weigh(n, sums, codes[i]! << bits | answers[words]! >>> 8 * (i & 3) & 0xff, weights[i]!);
  }
}

function weigh(n: Uint32Array, sums: Float64Array, bin: number, weight: number): void {
  n[bin]!++;
  sums[2 * bin]! += weight;
  sums[2 * bin + 1]! += weight * weight;
}
