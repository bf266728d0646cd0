import type { Codebook } from "./codebook.ts";
import { type Problem, problem } from "./problem.ts";
import type { ReadColumns } from "./read_columns.ts";
import { numberOf } from "./readers/number_of.ts";
import type { Sink, Texts } from "./readers/receiver.ts";

/** Takes the weights of a response file: NaN where a value is no number. */
export class WeightColumn implements Sink {
  #weights = new Float64Array(0);
  #rows = 0;

  readonly numbers = (row: number, numbers: Float64Array): void => {
    this.#ensure(row + numbers.length);
    this.#weights.set(numbers, row);
  };

  expect(respondents: number): void {
    if (respondents <= this.#weights.length) return;
    const larger = new Float64Array(respondents);
    larger.set(this.#weights.subarray(0, this.#rows));
    this.#weights = larger;
  }

  texts(row: number, { dictionary, places }: Texts): void {
    const numbers = dictionary.texts.map((text) => numberOf(text ?? ""));
    this.numbers(row, Float64Array.from(places, (place) => numbers[place]!));
  }

  /** What was read. */
  get weights(): Float64Array {
    return this.#weights.subarray(0, this.#rows);
  }

  #ensure(rows: number) {
    if (rows > this.#weights.length) this.expect(Math.ceil(1.25 * rows));
    this.#rows = Math.max(this.#rows, rows);
  }
}

/** Beyond these the sum of many squares is more, or less, than a number can hold. */
export const LEAST_WEIGHT = 1e-100;
export const MOST_WEIGHT = 1e100;

function isWeight(weight: number): boolean {
  return weight >= LEAST_WEIGHT && weight <= MOST_WEIGHT;
}

/**
 * Checks the weights of a response file, where they are asked for.
 *
 * @param read The weights that the file has, if they were read.
 * @param wanted Whether the weights count. Where not, a file that has some gives a warning.
 * @returns One weight per respondent, or null where everybody counts the same.
 */
export function checkWeights(
  read: WeightColumn | null,
  { has, textOf, nameOf, lineOf, respondents }: ReadColumns,
  codebook: Codebook,
  wanted: boolean,
): { weights: Float64Array | null; problems: Problem[] } {
  const column = codebook.weight?.column ?? "weight";
  if (!codebook.weight || !has(column)) {
    const expected = codebook.weight
      ? `a column called ${[column, ...codebook.weight.aliases].join(" or ")}`
      : `"weight" in data/codebook.json`;
    return { weights: null, problems: wanted ? [problem("no_weight", expected)] : [] };
  }
  if (!wanted || !read) {
    const at = { column: nameOf(column) };
    return { weights: null, problems: [problem("unused_weight", "every respondent to count", at)] };
  }
  const { weights } = read;
  let [wrong, first, equal] = [0, -1, true];
  for (let i = 0; i < respondents; i++) {
    if (!isWeight(weights[i]!) && wrong++ === 0) first = i;
    if (weights[i] !== weights[0]) equal = false;
  }
  if (wrong > 0) {
    const at = {
      row: first + 1,
      line: lineOf(first),
      column: nameOf(column),
      value: textOf(column, first) ?? "",
      count: wrong,
    };
    return { weights: null, problems: [problem("bad_weight", "a number above 0", at)] };
  }
  return {
    weights,
    problems: equal && respondents > 1
      ? [problem("equal_weights", "weights that differ", {
        column: nameOf(column),
        value: textOf(column, 0) ?? "",
        count: respondents,
      })]
      : [],
  };
}
