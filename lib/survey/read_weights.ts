import type { Codebook } from "./codebook.ts";
import { type Problem, problem } from "./problem.ts";
import type { Responses } from "./read_responses.ts";

/**
 * Reads the weights of a response file, where they are asked for.
 *
 * @param wanted Whether the weights count. Where not, a file that has some gives a warning.
 * @returns One weight per respondent, or null where everybody counts the same.
 */
export function readWeights(
  { valuesOf, nameOf, lineOf, respondents }: Responses,
  codebook: Codebook,
  wanted: boolean,
): { weights: Float64Array | null; problems: Problem[] } {
  const column = codebook.weight?.column ?? "weight";
  const values = codebook.weight ? valuesOf(column) : null;
  if (!values) {
    const expected = codebook.weight
      ? `a column called ${[column, ...codebook.weight.aliases].join(" or ")}`
      : `"weight" in data/codebook.json`;
    return { weights: null, problems: wanted ? [problem("no_weight", expected)] : [] };
  }
  if (!wanted) {
    const at = { column: nameOf(column) };
    return { weights: null, problems: [problem("unused_weight", "every respondent to count", at)] };
  }
  const weights = new Float64Array(respondents);
  const wrong: number[] = [];
  for (let i = 0; i < respondents; i++) {
    weights[i] = weightOf(values[i] ?? "");
    if (!(weights[i] as number > 0)) wrong.push(i);
  }
  const [first] = wrong;
  if (first !== undefined) {
    const at = {
      row: first + 1,
      line: lineOf(first),
      column: nameOf(column),
      value: values[first] ?? "",
      count: wrong.length,
    };
    return { weights: null, problems: [problem("bad_weight", "a number above 0", at)] };
  }
  const equal = respondents > 1 && weights.every((weight) => weight === weights[0]);
  return {
    weights,
    problems: equal
      ? [problem("equal_weights", "weights that differ", {
        column: nameOf(column),
        value: values[0] ?? "",
        count: respondents,
      })]
      : [],
  };
}

/** A weight with a decimal point or comma; NaN where it is no finite number. */
function weightOf(text: string): number {
  const plain = text.trim();
  if (!/^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i.test(plain)) return NaN;
  const weight = Number(plain.replace(",", "."));
  return Number.isFinite(weight) ? weight : NaN;
}
