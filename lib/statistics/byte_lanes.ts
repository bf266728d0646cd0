import type { Column } from "./column.ts";
import { requireLegalCodes } from "./legal_codes.ts";
import type { Pack } from "./pack.ts";

/** Columns whose codes fit a byte side by side: each has as many bits as tell its codes apart. */
export interface Lane {
  readonly columns: readonly Column[];
  /** Where each column's bits begin. */
  readonly shifts: readonly number[];
  /** How many bits they have together. */
  readonly bits: number;
}

/** A lane in which everybody has the same byte. */
export const NO_LANE: Lane = { columns: [], shifts: [], bits: 0 };

/** How many bits tell a column's codes apart. "Not asked" is 255, and so all of these bits. */
export function bitsOf({ categories }: Column): number {
  return Math.ceil(Math.log2(categories.length + 2));
}

/**
 * Distributes columns over as few lanes as they fit: those that take most bits first.
 *
 * @param most The most bits that a lane of several columns may have.
 * @throws {RangeError} Where a respondent has a code that is none of a column's.
 */
export function lanesOf(columns: readonly Column[], most = 8): Lane[] {
  const lanes: { columns: Column[]; shifts: number[]; bits: number }[] = [];
  for (const column of columns.toSorted((a, b) => bitsOf(b) - bitsOf(a))) {
    requireLegalCodes(column);
    const bits = bitsOf(column);
    let lane = lanes.find((lane) => lane.bits + bits <= most);
    if (lane === undefined) lanes.push(lane = { columns: [], shifts: [], bits: 0 });
    lane.columns.push(column);
    lane.shifts.push(lane.bits);
    lane.bits += bits;
  }
  return lanes;
}

/**
 * What makes a lane's bytes, four by four, of some respondents: two columns at a time, which is the
 * fastest. Without columns the bytes stay as they are.
 */
export function readerOf({ columns, shifts }: Lane): (bytes: Int32Array, start: number) => void {
  if (columns.length === 0) return () => {};
  const words = columns[0]!.codes.length >> 2;
  const fours = columns.map(({ codes }) => wordsOf(codes));
  const masks = columns.map((column) => Math.imul((1 << bitsOf(column)) - 1, 0x01010101));
  const last = columns.reduce(
    (word, { codes }, c) => word | (restOf(codes) & masks[c]!) << shifts[c]!,
    0,
  );
  return (bytes, start) => {
    const end = Math.min(start + bytes.length, words);
    const whole = bytes.subarray(0, end - start);
    const some = fours.map((words) => words.subarray(start, end));
    for (let c = 0; c < some.length; c += 2) {
      const put = c === 0 ? putTwo : addTwo;
      // What has no other column is read twice.
      const [two, mask, shift] = [some[c + 1] ?? some[c]!, masks[c + 1] ?? 0, shifts[c + 1] ?? 0];
      put(whole, some[c]!, masks[c]!, shifts[c]!, two, mask, shift);
    }
    if (whole.length < bytes.length) bytes[whole.length] = last;
  };
}

/** Codes four by four, but for the last that are fewer. */
function wordsOf(codes: Uint8Array): Int32Array {
  const words = codes.length >> 2;
  return codes.byteOffset % 4 === 0
    ? new Int32Array(codes.buffer, codes.byteOffset, words)
    : new Int32Array(codes.slice(0, words * 4).buffer);
}

/** The last codes, where they are fewer than four, as a word. */
function restOf(codes: Uint8Array): number {
  const rest = codes.length & 3;
  return Array.from(codes.subarray(codes.length - rest))
    .reduce((word, code, i) => word | code << 8 * i, 0);
}

// Written out twice: to choose the operation in the loop would make it slower.
function putTwo(
  bytes: Int32Array,
  one: Int32Array,
  maskOfOne: number,
  shiftOfOne: number,
  two: Int32Array,
  maskOfTwo: number,
  shiftOfTwo: number,
): void {
  for (let word = 0; word < bytes.length; word++) {
    bytes[word] = (one[word]! & maskOfOne) << shiftOfOne | (two[word]! & maskOfTwo) << shiftOfTwo;
  }
}

function addTwo(
  bytes: Int32Array,
  one: Int32Array,
  maskOfOne: number,
  shiftOfOne: number,
  two: Int32Array,
  maskOfTwo: number,
  shiftOfTwo: number,
): void {
  for (let word = 0; word < bytes.length; word++) {
    bytes[word]! |= (one[word]! & maskOfOne) << shiftOfOne | (two[word]! & maskOfTwo) << shiftOfTwo;
  }
}

/** The lane by itself, as a part of a pack whose numbers have these bytes; number 0 is nobody's. */
export function partOfLane(lane: Lane, bytes: readonly number[]): Pack["parts"][number] {
  const found = [0, ...new Set(bytes.slice(1))];
  const numbers = new Uint16Array(256);
  found.forEach((byte, number) => number > 0 && (numbers[byte] = number));
  return {
    pack: {
      columns: lane.columns,
      size: found.length,
      parts: [],
      placesOf(column) {
        const mask = (1 << bitsOf(column)) - 1;
        const { length } = column.categories;
        const shift = lane.shifts[lane.columns.indexOf(column)]!;
        return Uint8Array.from(found, (byte) => {
          const code = byte >>> shift & mask;
          return code === mask ? length + 1 : code === 0 ? length : code - 1;
        });
      },
    },
    numbers: Uint16Array.from(bytes, (byte, number) => number === 0 ? 0 : numbers[byte]!),
  };
}
