import type { Column } from "./column.ts";
import { type Bins, countBins } from "./count_bins.ts";
import type { Counts } from "./counts.ts";
import { codesOf } from "./counts_of_bins.ts";
import { requireLegalCodes } from "./legal_codes.ts";
import type { Pack, Part } from "./pack_columns.ts";

/** A question counted by packs of variables: one pass over the respondents for each pack. */
export class PackedQuestion {
  readonly column: Column;
  readonly #packs: readonly Pack[];
  readonly #weights: Float64Array | null;
  readonly #bits: number;
  readonly #counted = new Map<Part, Bins>();

  /**
   * @param column The question's column.
   * @param packs The packs, all of one survey and domain.
   * @param weights One per respondent, or null.
   * @throws {RangeError} Where a respondent has a code that is none of the column's.
   */
  constructor(column: Column, packs: readonly Pack[], weights: Float64Array | null) {
    requireLegalCodes(column);
    this.column = column;
    this.#packs = packs;
    this.#weights = weights;
    this.#bits = Math.ceil(Math.log2(column.categories.length + 2));
  }

  /**
   * The counts by the groups of one of the packed variables.
   *
   * @param groups The variable's column, or null: everyone in the domain together.
   */
  by(groups: Column | null): Pick<Counts, "n" | "w" | "w2"> {
    const pack = groups === null ? this.#packs[0]! : this.#packOf([groups])!;
    const [bins, finest] = this.#binsOf(pack, this.#bins(pack), groups ? [groups] : []);
    const answers = this.#slots();
    const places = groups && finest.placesOf(groups);
    const size = (groups === null ? 1 : codesOf(groups).length) * answers.length;
    const sum = (from: ArrayLike<number>) => {
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
   * @returns The numbers, of the combinations that anybody has; null where no pack has them all.
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
    const [{ n }, finest] = this.#binsOf(pack, this.#bins(pack), known);
    const places = known.map((column) => finest.placesOf(column));
    const codes = known.map(codesOf);
    const people = new Map<number, { codes: number[]; n: number }>();
    const answers = this.#slots().slice(0, -2);
    for (let number = 1; number < finest.size; number++) {
      let answered = 0;
      for (const slot of answers) answered += n[number << this.#bits | slot]!;
      if (answered === 0) continue;
      const key = places.reduce((sum, place) => sum * 256 + place[number]!, 0);
      const before = people.get(key);
      if (before) before.n += answered;
      else {
        people.set(key, {
          codes: places.map((place, i) => codes[i]![place[number]!]!),
          n: answered,
        });
      }
    }
    return [...people.values()].filter(({ codes }) => isCounted(codes)).map(({ n }) => n);
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

  #bins(pack: Pack): Bins {
    const done = this.#counted.get(pack);
    if (done) return done;
    const { codes } = this.column;
    // Where people with a number weigh the same, their weights come in when the bins are summed.
    const weights = pack.weights ? null : this.#weights;
    const bins = countBins(codes, pack.codes, pack.size, weights, this.#bits);
    this.#counted.set(pack, bins);
    return bins;
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
  const add = <T extends Uint32Array | Float64Array>(from: T, to: T): T => {
    for (let number = 1; number < numbers.length; number++) {
      const [start, at] = [number << bits, numbers[number]! << bits];
      for (let slot = 0; slot < 1 << bits; slot++) to[at + slot]! += from[start + slot]!;
    }
    return to;
  };
  return {
    n: add(bins.n, new Uint32Array(size << bits)),
    w: bins.w && add(bins.w, new Float64Array(size << bits)),
    w2: bins.w2 && add(bins.w2, new Float64Array(size << bits)),
  };
}

function sumWeighing(
  bins: Bins,
  numbers: Uint16Array,
  size: number,
  bits: number,
  weights: Float64Array,
): Bins {
  const n = new Uint32Array(size << bits);
  const [w, w2] = [new Float64Array(size << bits), new Float64Array(size << bits)];
  for (let number = 1; number < numbers.length; number++) {
    const [start, at] = [number << bits, numbers[number]! << bits];
    const weight = weights[number]!;
    for (let slot = 0; slot < 1 << bits; slot++) {
      const people = bins.n[start + slot]!;
      // Few of the answers were given by somebody of a rare combination.
      if (people === 0) continue;
      n[at + slot]! += people;
      w[at + slot]! += people * weight;
      w2[at + slot]! += people * weight * weight;
    }
  }
  return { n, w, w2 };
}
