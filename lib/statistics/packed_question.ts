import { bitsOf } from "./byte_lanes.ts";
import type { Column } from "./column.ts";
import { type Bins, countBins } from "./count_bins.ts";
import type { Counts } from "./counts.ts";
import { codesOf } from "./counts_of_bins.ts";
import type { Pack, Part } from "./pack.ts";

/** So many possible combinations are counted in one array. */
const MOST_CROSSED = 1 << 16;

/**
 * Counts questions by packs of variables.
 *
 * @param columns The questions' columns.
 * @param packs The packs, all of one survey and domain.
 * @param weights One per respondent, or null.
 * @throws {RangeError} Where a respondent has a code that is none of a column's.
 */
export function countPacked(
  columns: readonly Column[],
  packs: readonly Pack[],
  weights: Float64Array | null,
): PackedQuestion[] {
  // Where people with a number weigh the same, their weights come in when the bins are summed.
  const counted = packs.map((pack) => countBins(columns, pack, pack.weights ? null : weights));
  return columns.map((column, c) =>
    new PackedQuestion(column, new Map(packs.map((pack, p) => [pack, counted[p]![c]!])))
  );
}

/** A question that was counted by packs of variables. */
export class PackedQuestion {
  readonly column: Column;
  readonly #packs: readonly Pack[];
  readonly #bits: number;
  readonly #counted: Map<Part, Bins>;

  constructor(column: Column, counted: ReadonlyMap<Pack, Bins>) {
    this.column = column;
    this.#packs = [...counted.keys()];
    this.#bits = bitsOf(column);
    this.#counted = new Map(counted);
  }

  /**
   * The counts by the groups of one of the packed variables.
   *
   * @param groups The variable's column, or null: everyone in the domain together.
   */
  by(groups: Column | null): Pick<Counts, "n" | "w" | "w2"> {
    const pack = groups === null ? this.#packs[0]! : this.#packOf([groups])!;
    const [bins, finest] = this.#binsOf(pack, this.#counted.get(pack)!, groups ? [groups] : []);
    const answers = this.#slots();
    const places = groups && finest.placesOf(groups);
    const size = (groups === null ? 1 : codesOf(groups).length) * answers.length;
    const sum = (from: Float64Array) => {
      const to = new Float64Array(size);
      // Number 0 is outside the domain.
      for (let number = 1; number < finest.size; number++) {
        const group = (places === null ? 0 : places[number]!) * answers.length;
        for (let answer = 0; answer < answers.length; answer++) {
          to[group + answer]! += from[number << this.#bits | answers[answer]!]!;
        }
      }
      return to;
    };
    const n = sum(bins.n);
    return { n, w: bins.w ? sum(bins.w) : n, w2: bins.w2 ? sum(bins.w2) : n };
  }

  /**
   * How many people who answered have each combination of answers to several variables.
   *
   * @param variables Ids of packed variables.
   * @param isCounted Which combinations of codes count.
   * @returns The numbers, of the combinations that anybody has; null where no pack has them all, or
   *   too many are possible.
   */
  crossing(
    variables: readonly string[],
    isCounted: (codes: readonly number[]) => boolean = () => true,
  ): number[] | null {
    const columns = variables.map((name) =>
      this.#packs.flatMap((pack) => pack.columns).find(({ id }) => id === name)
    );
    const known = columns.filter((column) => column !== undefined);
    const pack = known.length < variables.length ? undefined : this.#packOf(known);
    if (pack === undefined) return null;
    const [{ n }, finest] = this.#binsOf(pack, this.#counted.get(pack)!, known);
    const places = known.map((column) => finest.placesOf(column));
    const codes = known.map(codesOf);
    const size = codes.reduce((product, { length }) => product * length, 1);
    if (size > MOST_CROSSED) return null;
    const strides = codes.map((_, c) =>
      codes.slice(c + 1).reduce((product, { length }) => product * length, 1)
    );
    const combinations = new Uint16Array(finest.size);
    places.forEach((place, c) => {
      const stride = strides[c]!;
      for (let number = 1; number < place.length; number++) {
        combinations[number]! += place[number]! * stride;
      }
    });
    const people = new Float64Array(size);
    const { length } = this.column.categories;
    for (let number = 1; number < combinations.length; number++) {
      const combination = combinations[number]!;
      const start = number << this.#bits;
      for (let answer = 1; answer <= length; answer++) people[combination]! += n[start + answer]!;
    }
    const codesOfCombination = (combination: number) =>
      codes.map((of, c) => of[Math.floor(combination / strides[c]!) % of.length]!);
    return [...people].filter((n, combination) =>
      n > 0 && isCounted(codesOfCombination(combination))
    );
  }

  #packOf(columns: readonly Column[]): Pack | undefined {
    return this.#packs.find((pack) => columns.every((column) => pack.columns.includes(column)));
  }

  /** Where a bin has each answer, in the order in which counts have them. */
  #slots(): number[] {
    const mask = (1 << this.#bits) - 1;
    return codesOf(this.column).map((code) => code & mask);
  }

  /** The bins of the smallest part of a pack that has all of these variables. */
  #binsOf(pack: Part, bins: Bins, variables: readonly Column[]): [Bins, Part] {
    const part = pack.parts.find(({ pack: { columns } }) =>
      variables.every((column) => columns.includes(column))
    );
    if (part === undefined) return [bins, pack];
    const { numbers, pack: { size } } = part;
    const summed = this.#counted.get(part.pack) ??
      sumBins(bins, numbers, size, this.#bits, pack.weights);
    this.#counted.set(part.pack, summed);
    return this.#binsOf(part.pack, summed, variables);
  }
}

/**
 * The bins of a pack, summed to those of one of its parts.
 *
 * @param numbers The part's number by the pack's.
 * @param weights What everybody with a number of the pack weighs, where that is the same.
 */
function sumBins(
  bins: Bins,
  numbers: Uint16Array,
  size: number,
  bits: number,
  weights: Float64Array | undefined,
): Bins {
  if (weights !== undefined) return sumWeighing(bins, numbers, size, bits, weights);
  const add = (from: Float64Array) => {
    const to = new Float64Array(size << bits);
    for (let number = 1; number < numbers.length; number++) {
      const start = number << bits;
      const at = numbers[number]! << bits;
      for (let slot = 0; slot < 1 << bits; slot++) to[at + slot]! += from[start + slot]!;
    }
    return to;
  };
  return {
    n: add(bins.n),
    w: bins.w && add(bins.w),
    w2: bins.w2 && add(bins.w2),
  };
}

function sumWeighing(
  bins: Bins,
  numbers: Uint16Array,
  size: number,
  bits: number,
  weights: Float64Array,
): Bins {
  const [n, w, w2] = [0, 1, 2].map(() => new Float64Array(size << bits)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let number = 1; number < numbers.length; number++) {
    const start = number << bits;
    const at = numbers[number]! << bits;
    const weight = weights[number]!;
    for (let slot = 0; slot < 1 << bits; slot++) {
      const people = bins.n[start + slot]!;
      n[at + slot]! += people;
      w[at + slot]! += people * weight;
      w2[at + slot]! += people * weight * weight;
    }
  }
  return { n, w, w2 };
}
