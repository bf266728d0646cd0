import { categoriesOf, type Codebook } from "../survey/codebook.ts";
import { NO_ANSWER, NOT_ASKED } from "../survey/survey.ts";

/** Joins the questions that a made column is of. No codebook id has it. */
export const EITHER_JOINT = "+";

/** The categories of such a column. */
export const EITHER_CATEGORIES = ["yes", "no"] as const;

/** The codes of those categories. */
export const YES = 1;
export const NO = 2;

/**
 * What somebody says who said all this to several questions: yes to one is yes; otherwise a question
 * left empty leaves it open; whoever was asked one of them was asked.
 *
 * @param said Of each question {@link YES}, {@link NO}, or one of the two codes that are no answers.
 */
export function toldOfEither(said: readonly number[]): number {
  return [YES, NO_ANSWER, NO].find((code) => said.includes(code)) ?? NOT_ASKED;
}

/**
 * Who was asked a column made of several questions.
 *
 * @param codebook The codebook.
 * @param id Ids of questions or variables, joined by {@link EITHER_JOINT}.
 * @returns Their bases, each once, joined the same way; or null where the id is of no such column.
 */
export function eitherBase(codebook: Codebook, id: string): string | null {
  const parts = id.split(EITHER_JOINT);
  if (parts.length < 2 || parts.some((part) => categoriesOf(codebook, part) === undefined)) {
    return null;
  }
  const bases = parts.map((part) => (codebook.questions[part] ?? codebook.variables[part])!.base);
  return [...new Set(bases)].join(EITHER_JOINT);
}
