import { InputError } from "../../responses/input_error.ts";
import type { CodedColumn } from "../column.ts";

/** By variable, the population's share (or number) of each category. */
export type Margins = Readonly<Record<string, Readonly<Record<string, number>>>>;

/**
 * The targets of a margin, by code. Needs rows.
 *
 * @returns Shares that sum to 1; NaN for a code that is no category of the margin.
 * @throws {InputError} Where the margin names no category, a share is none, or a category has a
 *   share and no respondent (or the reverse).
 */
export function targetsOf(
  { id, categories, codes }: CodedColumn,
  margin: Readonly<Record<string, number>>,
): Float64Array {
  const targets = new Float64Array(256).fill(NaN);
  let total = 0;
  for (const [category, value] of Object.entries(margin)) {
    const at = categories.indexOf(category);
    if (at < 0) {
      throw new InputError(
        `"${category}" is no category of "${id}". Use one of: ${categories.join(", ")}.`,
      );
    }
    if (!(value >= 0 && value < Infinity)) {
      throw new InputError(
        `The population share of "${category}" in "${id}" is ${value}. Give a number from 0.`,
      );
    }
    targets[at + 1] = value;
  }
  for (const target of targets) if (target > 0) total += target;
  const respondents = sumsByCode(codes);
  categories.forEach((category, i) => {
    const [there, target] = [respondents[i + 1]!, targets[i + 1]!];
    if (there > 0 && !(target > 0)) {
      throw new InputError(
        `${there} respondents are "${category}" in "${id}", of whom the population has ` +
          `none. Give "${category}" its share.`,
      );
    }
    if (there === 0 && target > 0) {
      throw new InputError(
        `No respondent is "${category}" in "${id}", so none can stand for its share of ` +
          `the population. Join the category with another, or leave the margin out.`,
      );
    }
  });
  return targets.map((target) => target / total);
}

/** The sum of some values (1 each by default) over the respondents with each code. */
export function sumsByCode(codes: Uint8Array, values?: Float64Array): Float64Array {
  const sums = new Float64Array(256);
  for (let i = 0; i < codes.length; i++) sums[codes[i]!]! += values ? values[i]! : 1;
  return sums;
}
