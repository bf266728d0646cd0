import { InputError } from "../language/input_error.ts";
import { categoriesOf } from "../survey/codebook.ts";
import type { Survey } from "../survey/survey.ts";

/** One coded answer per respondent, with what the codes mean. */
export interface Column {
  /** Question or variable, by codebook id. */
  readonly id: string;
  /** Who was asked, by codebook id. */
  readonly base: string;
  /** The categories of the codes 1, 2, 3 …, in codebook order. */
  readonly categories: readonly string[];
  /** Named sets of categories; a variable has none. */
  readonly sets: Readonly<Record<string, readonly string[]>>;
  /** One code per respondent, as in `Survey.codes`. */
  readonly codes: Uint8Array;
}

/**
 * The column of a question or a variable.
 *
 * @param survey The survey.
 * @param name A question or variable of its codebook.
 * @throws {InputError} Where the codebook has no such name, or the file no such column.
 */
export function columnOf(survey: Survey, name: string): Column {
  const { codebook } = survey;
  const question = codebook.questions[name];
  const base = (question ?? codebook.variables[name])?.base;
  const categories = categoriesOf(codebook, name);
  if (base === undefined || categories === undefined) {
    throw new InputError(
      `There is no question or variable "${name}" in the codebook. Use one of: ` +
        [...Object.keys(codebook.questions), ...Object.keys(codebook.variables)]
          .join(", ") +
        ".",
    );
  }
  const codes = survey.codes.get(name);
  if (codes === undefined) {
    throw new InputError(
      `${survey.source.file} has no answers to "${name}": it was not part of this wave. ` +
        `Leave it out, or use a file that has the column.`,
    );
  }
  const scale = question && codebook.scales[question.scale];
  const sets = Object.entries(scale?.sets ?? {})
    .map(([set, { categories }]) => [set, categories] as const);
  return {
    id: name,
    base,
    categories: Object.keys(categories),
    sets: Object.fromEntries(sets),
    codes,
  };
}
