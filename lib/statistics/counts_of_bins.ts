import { NO_ANSWER, NOT_ASKED } from "../responses/survey.ts";
import type { Column } from "./column.ts";
import { type Counts, NO_ANSWER_ID, NOT_ASKED_ID, type Sample } from "./counts.ts";

/** The legal codes of a column, in the order in which counts have them. */
export function codesOf(column: Column): number[] {
  return [...column.categories.map((_, i) => i + 1), NO_ANSWER, NOT_ASKED];
}

/**
 * Counts with their names.
 *
 * @param people In the order of `codesOf(groups)`, and within a group of `codesOf(answers)`.
 * @param answers The question's column.
 * @param groups The variable's column, or null.
 * @param sample The sample.
 */
export function namedCounts(
  { n, w, w2 }: Pick<Counts, "n" | "w" | "w2">,
  answers: Column,
  groups: Column | null,
  sample: Sample,
): Counts {
  return {
    question: answers.id,
    base: answers.base,
    variable: groups?.id ?? null,
    groups: groups ? [...groups.categories, NO_ANSWER_ID, NOT_ASKED_ID] : [null],
    answers: [...answers.categories, NO_ANSWER_ID, NOT_ASKED_ID],
    sets: answers.sets,
    n,
    w,
    w2,
    sample,
    ...groups?.unions && { unions: groups.unions },
  };
}

/** Refuses a column with a code that is none of its own. */
export function requireLegal(column: Column): void {
  const legal = new Set(codesOf(column));
  const code = column.codes.find((code) => !legal.has(code));
  if (code === undefined) return;
  throw new RangeError(
    `A respondent has code ${code} in ${column.id}, which has ${column.categories.length} categories`,
  );
}
