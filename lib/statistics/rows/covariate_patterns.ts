import type { Column } from "../column.ts";

/** The combinations of answers that somebody has. */
export interface CovariatePatterns {
  /** By person, the pattern: 0 for the first. */
  readonly of: Uint32Array;
  readonly patterns: number;
  /** By column, the code of each pattern. */
  readonly codes: readonly Uint8Array[];
}

/** Keys are made shorter where there would be more: a table of them has 16 MB. */
const MOST_KEYS = 2 ** 22;

/**
 * Puts people together who have the same codes in all columns: a covariate pattern, or covariate
 * class. What is a sum over people is then a sum over patterns, of which a million people have a
 * tenth as many. Needs rows.
 *
 * Source: P. McCullagh and J. A. Nelder (1989), Generalized Linear Models, 2nd ed., section 4.1.2.
 *
 * @param columns The columns; none makes one pattern of everybody.
 * @param people The respondents it is about, by their places in the columns.
 * @returns The patterns, in the order of their codes: whatever order the people come in.
 */
export function covariatePatterns(
  columns: readonly Pick<Column, "codes" | "categories">[],
  people: Uint32Array,
): CovariatePatterns {
  const of = new Uint32Array(people.length);
  let keys = 1;
  for (const { codes, categories } of columns) {
    const size = categories.length + 1;
    if (keys * size > MOST_KEYS) keys = renumber(of, keys);
    for (let i = 0; i < of.length; i++) of[i] = of[i]! * size + codes[people[i]!]!;
    keys *= size;
  }
  const patterns = renumber(of, keys);
  const somebody = new Uint32Array(patterns);
  of.forEach((pattern, i) => somebody[pattern] = people[i]!);
  return { of, patterns, codes: columns.map(({ codes }) => gather(codes, somebody)) };
}

/** Leaves out the keys that nobody has. Returns how many are left. */
function renumber(of: Uint32Array, keys: number): number {
  const numbers = new Uint32Array(keys);
  for (let i = 0; i < of.length; i++) numbers[of[i]!] = 1;
  let count = 0;
  for (let key = 0; key < keys; key++) {
    if (numbers[key] === 1) numbers[key] = count++;
  }
  for (let i = 0; i < of.length; i++) of[i] = numbers[of[i]!]!;
  return count;
}

function gather(codes: Uint8Array, places: Uint32Array): Uint8Array {
  const gathered = new Uint8Array(places.length);
  for (let i = 0; i < places.length; i++) gathered[i] = codes[places[i]!]!;
  return gathered;
}
