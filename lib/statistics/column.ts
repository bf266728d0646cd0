import { InputError } from "../responses/input_error.ts";
import { categoriesOf } from "../responses/codebook.ts";
import { NeedsRows } from "../responses/needs_rows.ts";
import { NOT_ASKED, type Survey } from "../responses/survey.ts";
import { publishedUnions } from "./published_unions.ts";

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
  /** Categories that are also shown added up, by other names; see `publishedUnions()`. */
  readonly unions?: readonly (readonly string[])[];
  /** Of a column made of several: the answers to each that make a "yes"; see `eitherColumn()`. */
  readonly either?: Readonly<Record<string, readonly string[]>>;
}

/**
 * The column of a question or a variable. One that the file has no column for was not part of this
 * wave: nobody was asked.
 *
 * @param survey The survey.
 * @param name A question or variable of its codebook.
 * @throws {InputError} Where the codebook has no such name.
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
  const scale = question && codebook.scales[question.scale];
  const sets = Object.entries(scale?.sets ?? {})
    .map(([set, { categories }]) => [set, categories] as const);
  const column = {
    id: name,
    base,
    categories: Object.keys(categories),
    sets: Object.fromEntries(sets),
    unions: publishedUnions(codebook, name),
  };
  if (survey.counted) return withoutCodes(column);
  const codes = survey.codes.get(name) ??
    new Uint8Array(survey.source.respondents).fill(NOT_ASKED);
  return { ...column, codes };
}

/** A column of a survey that was read as counts: whoever looks at its codes needs rows. */
export function withoutCodes(column: Omit<Column, "codes">): Column {
  return {
    ...column,
    get codes(): never {
      throw new NeedsRows(column.id);
    },
  };
}
