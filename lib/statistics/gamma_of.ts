import { categoriesOf } from "../responses/codebook.ts";
import type { Survey } from "../responses/survey.ts";
import { countAnswers } from "./count_answers.ts";
import { crossTable } from "./cross_table.ts";
import { ordinalAssociation } from "./ordinal_association.ts";
import { peopleShown } from "./people_shown.ts";

/** How two ordered answers go together, with its interval. */
export interface Gamma {
  /** −1 to 1. Above 0: who stands early on one scale stands early on the other. */
  readonly value: number;
  /** Ends of the interval; both the value itself where it is −1 or 1, which has no variance. */
  readonly low: number;
  readonly high: number;
  /** The people who answered both, unweighted. */
  readonly n: number;
  readonly weighted: boolean;
}

/**
 * Goodman and Kruskal's gamma over those who answered both questions, "don't know" left out.
 *
 * @returns `too_few` where fewer than the least base answered both; `one_answer` where no two people
 *   differ in both.
 */
export function gammaOf(
  survey: Survey,
  by: string,
  question: string,
): Gamma | "too_few" | "one_answer" {
  const counts = countAnswers(survey, question, { by });
  const table = crossTable(counts, {
    groups: orderedCategories(survey, by),
    answers: orderedCategories(survey, question),
  });
  const both = table.n.flat().reduce((sum, count) => sum + count, 0);
  const n = peopleShown(survey, [by, question], both);
  if (n === null) return "too_few";
  const { gamma } = ordinalAssociation(table);
  if (gamma === null) return "one_answer";
  const { estimate, low, high } = gamma;
  const { weighted } = counts.sample;
  return { value: estimate, low: low ?? estimate, high: high ?? estimate, n, weighted };
}

function orderedCategories({ codebook }: Survey, name: string): string[] {
  const question = codebook.questions[name];
  const dontKnow = question && codebook.scales[question.scale]?.dont_know;
  return Object.keys(categoriesOf(codebook, name) ?? {}).filter((id) => id !== dontKnow);
}
