import { InputError } from "../../responses/input_error.ts";
import type { CodedColumn } from "../column.ts";

/** By variable, the population's share (or number) of each category. */
export type Margins = Readonly<Record<string, Readonly<Record<string, number>>>>;

/**
 * The targets of a margin, by code. Needs rows.
 *
 * @param column The margin's variable.
 * @param margin The population's share (or number) of each category.
 * @returns Shares that sum to 1; NaN for a code that is no category of the margin.
 * @throws {InputError} Where the margin names no category, a share is none, or a category has a
 *   share and no respondent (or the reverse).
 */
export function targetsOf(
  column: CodedColumn,
  margin: Readonly<Record<string, number>>,
): Float64Array {
  const targets = new Float64Array(256).fill(NaN);
  for (const [category, value] of Object.entries(margin)) {
    const at = column.categories.indexOf(category);
    if (at < 0) {
      throw new InputError(
        `"${category}" is no category of "${column.id}". Use one of: ${
          column.categories.join(", ")
        }.`,
      );
    }
    if (!(value >= 0 && value < Infinity)) {
      throw new InputError(
        `The population share of "${category}" in "${column.id}" is ${value}. Give a number from 0.`,
      );
    }
    targets[at + 1] = value;
  }
  const total = targets.reduce((sum, value) => sum + (value > 0 ? value : 0), 0);
  const respondents = new Float64Array(256);
  for (const code of column.codes) respondents[code]!++;
  column.categories.forEach((category, i) => {
    const target = targets[i + 1]!;
    const there = respondents[i + 1]!;
    if (there > 0 && !(target > 0)) {
      throw new InputError(
        `${there} respondents are "${category}" in "${column.id}", of whom the population has ` +
          `none. Give "${category}" its share.`,
      );
    }
    if (there === 0 && target > 0) {
      throw new InputError(
        `No respondent is "${category}" in "${column.id}", so none can stand for its share of ` +
          `the population. Join the category with another, or leave the margin out.`,
      );
    }
  });
  return targets.map((target) => target / total);
}
