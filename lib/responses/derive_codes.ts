import { NO_ANSWER, NOT_ASKED } from "./survey.ts";

/** A variable that a derived one is made of. */
export interface DerivedFrom {
  /** One code per respondent. */
  readonly column: Uint8Array;
  /**
   * For each category of the derived variable which codes fit it, by code; null where the category
   * does not depend on this variable.
   */
  readonly fits: readonly (Uint8Array | null)[];
}

/** What keeps somebody from a category: an answer that it is not made of, or none, not being asked. */
const UNFIT = 1, OUTSIDE = 2;

/**
 * Makes the codes of a derived variable: the category whose conditions all fit, {@link NOT_ASKED} for
 * who was not asked what it depends on, otherwise {@link NO_ANSWER}; the last category that settles it
 * counts.
 *
 * Respondents go from state to state, one variable after the other: a state is what is known of all
 * categories so far. There are few of them, so that a table says what each code leads to, and every
 * column is passed over once however many categories there are.
 *
 * @param respondents Number of respondents.
 * @param categories Number of categories.
 */
export function deriveCodes(
  respondents: number,
  sources: readonly DerivedFrom[],
  categories: number,
): Uint8Array {
  let known: readonly (readonly number[])[] = [new Array<number>(categories).fill(0)];
  const steps = sources.map(({ column, fits }) => {
    const numbers = new Map<string, number>();
    const found: (readonly number[])[] = [];
    const table = new Uint16Array(256 * known.length);
    known.forEach((kept, state) => {
      for (let code = 0; code < 256; code++) {
        const next = kept.map((keeps, category) => {
          const among = fits[category] ?? null;
          if (among === null) return keeps;
          return keeps | (among[code] ? 0 : UNFIT) | (code === NOT_ASKED ? OUTSIDE : 0);
        });
        const key = next.join();
        let number = numbers.get(key);
        if (number === undefined) {
          number = found.push(next) - 1;
          numbers.set(key, number);
        }
        table[256 * state + code] = number;
      }
    });
    known = found;
    return { column, table, states: found.length };
  });
  const codes = Uint8Array.from(known, settled);
  if (steps.some(({ states }) => states > 256)) {
    const states = new Uint16Array(respondents);
    for (const { column, table } of steps) go(states, column, table);
    return Uint8Array.from(states, (state) => codes[state]!);
  }
  const states = new Uint8Array(respondents);
  for (const { column, table } of steps) go(states, column, table);
  settle(states, codes);
  return states;
}

/** Takes every respondent to the next state. */
function go(states: Uint8Array | Uint16Array, column: Uint8Array, table: Uint16Array): void {
  for (let i = 0; i < states.length; i++) states[i] = table[(states[i]! << 8) | column[i]!]!;
}

/** The code that a state stands for in the end. */
function settled(kept: readonly number[]): number {
  const category = kept.findLastIndex((keeps) => keeps === 0 || (keeps & OUTSIDE) !== 0);
  return category < 0 ? NO_ANSWER : kept[category] === 0 ? category + 1 : NOT_ASKED;
}

/** Makes states the codes that they stand for. */
function settle(states: Uint8Array, codes: Uint8Array): void {
  for (let i = 0; i < states.length; i++) states[i] = codes[states[i]!]!;
}
