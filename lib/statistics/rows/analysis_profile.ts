import { sumOf } from "../cross_table.ts";
import type { AnalysisFrame } from "./analysis_frame.ts";
import { describeScores, type ScoreProfile } from "./design_matrix.ts";

/** One line of the description of an analysis: a category, or the scores of a question. */
export interface AnalysisProfile {
  readonly variable: string;
  /** Null for scores. */
  readonly category: string | null;
  /** People with the category, or with a score. */
  readonly n: number;
  /** n of all in the analysis, unweighted; null where suppressed. */
  readonly share: number | null;
  /** The scores themselves, before they are standardised; null for a category. */
  readonly scores: ShownScores | null;
  readonly suppressed: boolean;
}

/** The least and the greatest score are null where they are those of too few people. */
export type ShownScores = Omit<ScoreProfile, "least" | "most"> & {
  readonly least: number | null;
  readonly most: number | null;
};

/**
 * Describes who is in an analysis, unweighted.
 *
 * @param leastBase The smallest number of people of whom scores are described.
 * @param isTold Whether the numbers of people in groups may be shown.
 * @returns The outcome's scores, each factor category by category with the reference first, each
 *   score and its "don't know". Nothing where nobody is in the analysis.
 */
export function profileOf(
  { n: all, outcome: given, factors, scores }: AnalysisFrame,
  outcome: string,
  leastBase: number,
  isTold = true,
): AnalysisProfile[] {
  if (all === 0) return [];
  const suppressed = all < leastBase || !isTold;
  const line = (variable: string, category: string | null, n: number): AnalysisProfile => ({
    variable,
    category,
    n: isTold ? n : NaN,
    share: suppressed ? null : n / all,
    scores: null,
    suppressed,
  });
  const described = (
    variable: string,
    people: readonly number[],
    dontKnow: string | null,
  ) => {
    const n = sumOf(people.slice(1));
    const few = n < leastBase;
    const shown = (score: number) => people[score]! < leastBase ? null : score;
    const described = few ? null : describeScores(people);
    const scores = described &&
      { ...described, least: shown(described.least), most: shown(described.most) };
    const own = { ...line(variable, null, n), suppressed: few };
    const lines = [{ ...own, scores }];
    if (n < all) lines.push(line(variable, dontKnow, all - n));
    return lines;
  };
  const lines = described(outcome, given, null);
  for (const { variable, people, levels } of factors) {
    levels.forEach((level, i) => lines.push(line(variable, level, people[i]!)));
  }
  for (const { variable, people, dontKnow } of scores) {
    lines.push(...described(variable, people, dontKnow));
  }
  return lines;
}
