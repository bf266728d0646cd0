import type { Codebook } from "./codebook.ts";
import { type Problem, problem } from "./problem.ts";
import type { Responses } from "./read_responses.ts";

/** Beyond these the sum of many squares is more, or less, than a number can hold. */
export const LEAST_WEIGHT = 1e-100;
export const MOST_WEIGHT = 1e100;

function isWeight(weight: number): boolean {
  return weight >= LEAST_WEIGHT && weight <= MOST_WEIGHT;
}

/**
 * Reads the weights of a response file, where they are asked for, and checks them.
 *
 * @param read The file.
 * @param wanted Whether the weights count. Where not, a file that has some gives a warning.
 * @returns One weight per respondent, or null where everybody counts the same.
 */
export function readWeights(
  { has, numbersOf, textOf, nameOf, lineOf, respondents }: Responses,
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
  if (!wanted) {
    const at = { column: nameOf(column) };
    return { weights: null, problems: [problem("unused_weight", "every respondent to count", at)] };
  }
  const weights = numbersOf(column);
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
