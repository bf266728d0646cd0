import type { Column } from "./column.ts";

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

/**
 * What two or more parts are together, but for the respondents' numbers.
 *
 * @param size One more than the largest number.
 */
export function joint(size: number, parts: Pack["parts"]): Part {
  const places = new Map<Column, Uint8Array>();
  return {
    columns: parts.flatMap(({ pack }) => pack.columns),
    size,
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
