import type { CountedAnswers } from "./counted_answers.ts";
import { NoRows } from "./needs_rows.ts";
import type { Survey } from "./survey.ts";

/**
 * A survey of which there are counts and no rows.
 *
 * @param known All that is known of it besides.
 * @param names The questions and variables that it has.
 * @param counted The counts.
 */
export function countedSurvey(
  known: Omit<Survey, "codes" | "ids" | "weights" | "counted">,
  names: Iterable<string>,
  counted: CountedAnswers,
): Survey {
  return { ...known, codes: new NoRows(names), ids: null, weights: null, counted };
}
