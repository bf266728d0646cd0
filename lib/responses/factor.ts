import { NO_ANSWER, NOT_ASKED } from "./survey.ts";

/**
 * A question or variable as a column of an Arquero table: one code per respondent, and the names of
 * the codes 1, 2, 3 … as levels. A level is a respondent's value; `null` is no answer, `undefined` not
 * asked.
 *
 * Arquero takes it as any column. Grouping by it alone gives the levels in the codebook's order, and
 * comparing it with a text compares codes (`groups` and `keyFor`, as of Arquero's own dictionary
 * columns).
 */
export class Factor implements Iterable<string | null | undefined> {
  readonly length: number;
  readonly #values: readonly (string | null | undefined)[];

  /**
   * @param codes One code per respondent, as in `Survey.codes`. Not copied.
   * @param levels The names of the codes from 1: category ids, or labels.
   */
  constructor(readonly codes: Uint8Array, readonly levels: readonly string[]) {
    this.length = codes.length;
    const values = new Array<string | null | undefined>(256).fill(undefined);
    values[NO_ANSWER] = null;
    levels.forEach((level, i) => values[i + 1] = level);
    this.#values = values;
  }

  /** The respondent's level, null (no answer) or undefined (not asked). */
  at(row: number): string | null | undefined {
    return this.#values[this.codes[row]!];
  }

  *[Symbol.iterator](): Iterator<string | null | undefined> {
    for (const code of this.codes) yield this.#values[code];
  }

  /** The levels of all respondents. */
  toArray(): (string | null | undefined)[] {
    return Array.from(this.codes, (code) => this.#values[code]);
  }

  /** The code of a row, which {@link keyFor} gives for a value. */
  key(row: number): number {
    return this.codes[row]!;
  }

  /** The code of a value; −1 where nobody can have it. */
  keyFor(value: unknown): number {
    if (value === null) return NO_ANSWER;
    if (value === undefined) return NOT_ASKED;
    return this.levels.indexOf(value as string) + 1 || -1;
  }

  /** The groups that Arquero's `groupby()` makes of it, in the order of the levels. */
  groups(names: readonly string[]) {
    const first = new Int32Array(256).fill(-1);
    for (let i = this.length - 1; i >= 0; i--) first[this.codes[i]!] = i;
    const codes = [...this.levels.keys()].map((i) => i + 1).concat(NO_ANSWER, NOT_ASKED)
      .filter((code) => first[code]! >= 0);
    const place = new Uint8Array(256);
    codes.forEach((code, i) => place[code] = i);
    return {
      keys: this.codes.map((code) => place[code]!),
      get: [(row: number) => this.at(row)],
      names,
      rows: codes.map((code) => first[code]!),
      size: codes.length,
    };
  }
}
