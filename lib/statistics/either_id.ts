import { NO_ANSWER, NOT_ASKED } from "../responses/survey.ts";

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
