import type { Measure } from "../words/finding_of_measure.ts";
import { countAnswers } from "../statistics/count_answers.ts";
import { crossTable } from "../statistics/cross_table.ts";
import { ordinalAssociation } from "../statistics/ordinal_association.ts";
import { peopleShown } from "../statistics/people_shown.ts";
import { categoriesOf } from "../responses/codebook.ts";
import type { QuestionId, VariableId } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";

/**
 * How two ordered answers go together: Goodman and Kruskal's gamma over those who answered both,
 * "don't know" left out. Above nought: who stands early on one scale stands early on the other.
 *
 * @returns The measure with its interval; null where fewer than the least base answered both, or
 *   where it has no interval.
 */
export function gammaOf(
  survey: Survey,
  by: QuestionId | VariableId,
  question: QuestionId,
): Measure | null {
  const counts = countAnswers(survey, question, { by });
  const table = crossTable(counts, {
    groups: orderedCategories(survey, by),
    answers: orderedCategories(survey, question),
  });
  const both = table.n.flat().reduce((sum, count) => sum + count, 0);
  const n = peopleShown(survey, [by, question], both);
  if (n === null) return null;
  const { gamma } = ordinalAssociation(table);
  if (gamma === null || gamma.low === null || gamma.high === null) return null;
  return {
    name: { da: "gamma", en: "gamma" },
    value: gamma.estimate,
    low: gamma.low,
    high: gamma.high,
    n,
    weighted: counts.sample.weighted,
  };
}

function orderedCategories({ codebook }: Survey, name: string): string[] {
  const question = codebook.questions[name];
  const dontKnow = question && codebook.scales[question.scale]?.dont_know;
  return Object.keys(categoriesOf(codebook, name) ?? {}).filter((id) => id !== dontKnow);
}
