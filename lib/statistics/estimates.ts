import type { Survey } from "../responses/survey.ts";
import type { CodedColumn } from "./column.ts";
import { countAnswers, type CountOptions } from "./count_answers.ts";
import {
  baseOf,
  categoriesCounted,
  type Count,
  countOf,
  type Counts,
  groupsCounted,
} from "./counts.ts";
import type { Estimate } from "./estimate.ts";
import { shareOf } from "./share_of.ts";
import { isSplit } from "./disclosure/answers_together.ts";
import { type Shown, shownOf } from "./disclosure/suppress.ts";

/**
 * The share of every category and every named set of a question, overall or by a variable.
 *
 * @param survey The survey.
 * @param question A question or variable by codebook id, or a column made of several.
 * @param options `by`: a variable. `within`: a domain.
 * @returns Group by group in codebook order, the categories and then the sets, in codebook order.
 *   Every group is there, one without people (n = 0) as suppressed, so that which rows there are
 *   depends on the codebook alone.
 * @throws {InputError} Where a name is not in the codebook, or the file has no such column.
 */
export function estimates(
  survey: Survey,
  question: string | CodedColumn,
  options: CountOptions = {},
): Estimate[] {
  return estimatesFromCounts(countAnswers(survey, question, options));
}

/** The same from counts, made here or elsewhere. */
export function estimatesFromCounts(counts: Counts): Estimate[] {
  const parts = [
    ...categoriesCounted(counts).map((category) => ({
      set: null,
      category,
      answers: [category],
    })),
    ...Object.entries(counts.sets).map(([set, answers]) => ({
      set,
      category: null,
      answers,
    })),
  ];
  const shown = shownOf(counts);
  return groupsCounted(counts).flatMap((group) => {
    const base = baseOf(counts, group);
    return parts.map(({ set, category, answers }) => ({
      question: counts.question,
      set,
      category,
      base: counts.base,
      variable: counts.variable,
      group,
      ...numbersOf(counts, group, answers, shown, base),
      weighted: counts.sample.weighted,
    }));
  });
}

/**
 * The numbers of one estimate, or their absence.
 *
 * @param shown What may be shown of the counts.
 * @param base The people of the group who answered; taken from the counts where it is not given.
 */
export function numbersOf(
  counts: Counts,
  group: string | null,
  answers: readonly string[],
  shown: Shown,
  base: Count = baseOf(counts, group),
): Pick<Estimate, "n" | "count" | "share" | "low" | "high" | "suppressed"> {
  if (!shown.groups.has(group) || isSplit(shown.together, answers)) {
    const n = counts.hidesPeople ? NaN : base.n;
    return { n, count: null, share: null, low: null, high: null, suppressed: true };
  }
  const part = countOf(counts, group, answers);
  const { share, low, high } = shareOf(part, base, counts.sample);
  return { n: base.n, count: part.n, share, low, high, suppressed: false };
}
