import { countAnswers } from "./count_answers.ts";
import type { Domain } from "./domain.ts";
import type { Estimate } from "./estimate.ts";
import { neededFor } from "./needed_counts.ts";
import { numbersOf } from "./estimates.ts";
import { eitherColumn } from "./column.ts";
import { shownOf } from "./disclosure/suppress.ts";
import type { Indicator } from "../responses/published.ts";
import type { Survey } from "../responses/survey.ts";

/**
 * The share that a published figure is about: its categories among those who answered its question,
 * in its part of the base. Of two questions, an answer to either counts.
 *
 * @param where The part of the base; by default the indicator's own.
 * @throws {InputError} Where the answers lack a question or variable; see {@link isAsked}.
 */
export function indicatorEstimate(
  survey: Survey,
  indicator: Pick<Indicator, "questions" | "categories" | "set" | "base" | "where">,
  where: Domain = indicator.where,
): Estimate {
  const { questions, categories, set, base } = indicator;
  const isEither = questions.length > 1;
  const column = isEither
    ? eitherColumn(survey, Object.fromEntries(questions.map((name) => [name, categories])))
    : questions[0] ?? "";
  const counts = countAnswers(survey, column, { within: where });
  return {
    ...{ question: counts.question, set, category: set === null ? categories.join("+") : null },
    ...{ base, variable: null, group: null },
    weighted: counts.sample.weighted,
    ...numbersOf(counts, null, isEither ? ["yes"] : categories, shownOf(counts)),
  };
}

/** Whether the answers have every question and variable that a published figure needs. */
export function isAsked(survey: Survey, indicator: Indicator): boolean {
  return neededFor(survey.codebook, indicator).every((name) => survey.codes.has(name));
}
