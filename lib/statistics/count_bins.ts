/** People by bin: number, sum of weights, sum of squared weights (null where unweighted). */
export interface Bins {
  readonly n: Uint32Array;
  readonly w: Float64Array | null;
  readonly w2: Float64Array | null;
}

/**
 * What was counted since the process began: passes over the respondents, and the rows that were read
 * in them. Tests assert the work by it, where a time would say more of the machine.
 */
export const counted = { passes: 0, rows: 0 };

/**
 * Counts respondents by group and answer in one pass: group g with answer a is bin
 * `g << bits | a`.
 *
 * @param answers One code per respondent, of which the last `bits` bits count.
 * @param groups One code per respondent, or null: everyone is in group 0.
 * @param size Number of groups.
 * @param weights One per respondent, or null.
 * @param bits How many bits an answer takes, 8 at most.
 * @throws {RangeError} Where the arrays are not of one length.
 */
export function countBins(
  answers: Uint8Array,
  groups: Uint8Array | Uint16Array | null,
  size: number,
  weights: Float64Array | null,
  bits = 8,
): Bins {
  const length = answers.length;
  if ((groups ?? answers).length !== length || (weights ?? answers).length !== length) {
    throw new RangeError(
      `Columns of one survey must be of one length: ${length} answers, ` +
        `${groups?.length ?? "no"} groups, ${weights?.length ?? "no"} weights`,
    );
  }
  counted.passes++;
  counted.rows += length;
  const mask = (1 << bits) - 1;
  const n = new Uint32Array(size << bits);
  if (groups === null) {
    for (let i = 0; i < length; i++) n[answers[i]! & mask]!++;
  } else {
    const done = groups instanceof Uint16Array ? countFours(n, answers, groups, bits) : 0;
    for (let i = done; i < length; i++) n[groups[i]! << bits | answers[i]! & mask]!++;
  }
  if (weights === null) return { n, w: null, w2: null };
  const w = new Float64Array(size << bits);
  const w2 = new Float64Array(size << bits);
  for (let i = 0; i < length; i++) {
    const bin = (groups === null ? 0 : groups[i]! << bits) | answers[i]! & mask;
    const weight = weights[i]!;
    w[bin]! += weight;
    w2[bin]! += weight * weight;
  }
  return { n, w, w2 };
}

/**
 * Counts four respondents at a time, whose answers are read as one word and whose groups as two.
 *
 * @returns How many respondents were counted: all but the last few, or none where the arrays do not
 *   begin where a word does.
 */
function countFours(
  n: Uint32Array,
  answers: Uint8Array,
  groups: Uint16Array,
  bits: number,
): number {
  const isAligned = answers.byteOffset % 4 === 0 && groups.byteOffset % 4 === 0;
  // The first byte of a word is its lowest on every machine that Deno runs on.
  const words = isAligned ? answers.length >> 2 : 0;
  if (words === 0) return 0;
  const fours = new Int32Array(answers.buffer, answers.byteOffset, words);
  const twos = new Int32Array(groups.buffer, groups.byteOffset, words * 2);
  const mask = (1 << bits) - 1;
  for (let i = 0; i < words; i++) {
    const answer = fours[i]!;
    const first = twos[2 * i]!;
    const second = twos[2 * i + 1]!;
    n[(first & 0xffff) << bits | answer & mask]!++;
    n[(first >>> 16) << bits | answer >>> 8 & mask]!++;
    n[(second & 0xffff) << bits | answer >>> 16 & mask]!++;
    n[(second >>> 16) << bits | answer >>> 24 & mask]!++;
  }
  return words * 4;
}
