import { type Lane, NO_LANE, partOfLane, readerOf } from "./byte_lanes.ts";
import { joint, type Pack, type Part } from "./pack.ts";

/** So many words of codes that what is made of them stays in a core's nearest cache. */
const BLOCK = 2048;

/**
 * Packs lanes together: the first two as one, that with the third, and so on, a block of respondents
 * after the other.
 *
 * @param lanes At least one.
 * @param inside 1 for each respondent in the domain, or null for everyone.
 * @param respondents Number of respondents.
 * @param most The most numbers that pay, for more than one lane; at most 32,768.
 * @returns The pack, or how many of the lanes have no more numbers than that together.
 */
export function packLanes(
  lanes: readonly Lane[],
  inside: Uint8Array | null,
  respondents: number,
  most: number,
): Pack | number {
  const words = Math.ceil(respondents / 4);
  const [one, ...others] = lanes.length === 1 ? [NO_LANE, ...lanes] : lanes;
  const [first, ...rest] = [one!, ...others].map((lane) => ({
    read: readerOf(lane),
    bytes: new Int32Array(Math.min(BLOCK, words)),
  }));
  const steps = others.map(() => new Combinations(1 << one!.bits + 8));
  const codes = new Uint16Array(words * 4);
  for (let start = 0; start < words; start += BLOCK) {
    const length = Math.min(BLOCK, words - start);
    const twos = new Int32Array(codes.buffer, start * 8, length * 2);
    for (const { read, bytes } of [first!, ...rest]) read(bytes.subarray(0, length), start);
    for (const [step, combinations] of steps.entries()) {
      if (step === 0) {
        numberTwo(combinations, first!.bytes, rest[0]!.bytes, twos, length);
      } else {
        combinations.reserve(steps[step - 1]!.met.length << 8);
        numberNext(combinations, rest[step]!.bytes, twos, length);
      }
      if (lanes.length > 1 && combinations.met.length > most + 1) return step + 1;
    }
  }
  if (inside !== null) {
    for (let i = 0; i < respondents; i++) if (inside[i] === 0) codes[i] = 0;
  }
  const made = jointLanes([one!, ...others], steps.map(({ met }) => met));
  return { ...made, codes: codes.subarray(0, respondents) };
}

/**
 * What lanes are together.
 *
 * @param met The combinations by number of the first two lanes, of these with the third, and so on.
 */
function jointLanes(lanes: readonly Lane[], met: readonly (readonly number[])[]): Part {
  return met.reduce<Part | null>((before, combinations, step) => {
    const numbers = combinations.map((combination) => combination >>> 8);
    const bytes = combinations.map((combination) => combination & 0xff);
    return joint(combinations.length, [
      before
        ? { pack: before, numbers: Uint16Array.from(numbers) }
        : partOfLane(lanes[0]!, numbers),
      partOfLane(lanes[step + 1]!, bytes),
    ]);
  }, null)!;
}

/** Numbers for combinations of a number and a byte (`number << 8 | byte`). */
class Combinations {
  numbers: Uint16Array;
  /** The combinations by number; 0 is nobody's. */
  readonly met: number[] = [0];

  /** @param size How many are possible. */
  constructor(size: number) {
    this.numbers = new Uint16Array(size);
  }

  meet(combination: number): number {
    this.met.push(combination);
    return this.numbers[combination] = this.met.length - 1;
  }

  /** Makes room for at least so many. */
  reserve(size: number): void {
    if (size <= this.numbers.length) return;
    const numbers = new Uint16Array(2 * size);
    numbers.set(this.numbers);
    this.numbers = numbers;
  }
}

/** Numbers two bytes of each respondent, four respondents at a time. */
function numberTwo(
  combinations: Combinations,
  one: Int32Array,
  two: Int32Array,
  to: Int32Array,
  length: number,
): void {
  const { numbers } = combinations;
  for (let word = 0; word < length; word++) {
    const a = one[word]!;
    const b = two[word]!;
    const even = (a & 0xff00ff) << 8 | b & 0xff00ff;
    const odd = a & 0xff00ff00 | b >>> 8 & 0xff00ff;
    // Almost everybody's combination was met before.
    const first = numbers[even & 0xffff]! || combinations.meet(even & 0xffff);
    const second = numbers[odd & 0xffff]! || combinations.meet(odd & 0xffff);
    const third = numbers[even >>> 16]! || combinations.meet(even >>> 16);
    const fourth = numbers[odd >>> 16]! || combinations.meet(odd >>> 16);
    to[2 * word] = first | second << 16;
    to[2 * word + 1] = third | fourth << 16;
  }
}

/** Numbers what the respondents' numbers are together with one more byte of each. */
function numberNext(
  combinations: Combinations,
  bytes: Int32Array,
  to: Int32Array,
  length: number,
): void {
  const { numbers } = combinations;
  for (let word = 0; word < length; word++) {
    const byte = bytes[word]!;
    const before = to[2 * word]!;
    const after = to[2 * word + 1]!;
    const one = (before & 0xffff) << 8 | byte & 0xff;
    const two = before >>> 16 << 8 | byte >>> 8 & 0xff;
    const three = (after & 0xffff) << 8 | byte >>> 16 & 0xff;
    const four = after >>> 16 << 8 | byte >>> 24;
    const first = numbers[one]! || combinations.meet(one);
    const second = numbers[two]! || combinations.meet(two);
    const third = numbers[three]! || combinations.meet(three);
    const fourth = numbers[four]! || combinations.meet(four);
    to[2 * word] = first | second << 16;
    to[2 * word + 1] = third | fourth << 16;
  }
}
