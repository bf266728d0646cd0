import { sumOf } from "../cross_table.ts";
import type { AnalysisFrame } from "./analysis_frame.ts";
import type { DesignColumn } from "./design_matrix.ts";

/** One column of the regression. Numbers are null where too few people stand behind them. */
export interface AssociationRow extends DesignColumn {
  /** What a dummy is compared with, a category of the same variable; null for a score. */
  readonly reference: string | null;
  /**
   * People: of a dummy or "don't know" those with it, of a score those with a score. NaN where it
   * would tell who is left out of the analysis.
   */
  readonly n: number;
  /** Above 1: goes with higher answers. Of a score: per standard deviation. */
  readonly oddsRatio: number | null;
  readonly oddsRatioLow: number | null;
  readonly oddsRatioHigh: number | null;
  /** Of the odds ratio being 1, two-sided (Wald). */
  readonly pValue: number | null;
  /** Average marginal effect on the share of the outcome's set, in percentage points. */
  readonly points: number | null;
  readonly pointsLow: number | null;
  readonly pointsHigh: number | null;
  /** Variance inflation factor of the column. */
  readonly inflation: number | null;
  readonly suppressed: boolean;
}

/** The numbers of a column that too few people stand behind. */
export const SUPPRESSED = {
  oddsRatio: null,
  oddsRatioLow: null,
  oddsRatioHigh: null,
  pValue: null,
  points: null,
  pointsLow: null,
  pointsHigh: null,
  inflation: null,
  suppressed: true,
} as const;

/** How many people stand behind a column, and behind the weaker side of its comparison. */
export function standing(
  { variable, category, kind }: DesignColumn,
  { factors, scores }: AnalysisFrame,
): { n: number; least: number; reference: string | null } {
  const factor = factors.find((factor) => factor.variable === variable);
  if (factor) {
    const [reference] = factor.levels;
    const n = factor.people[factor.levels.indexOf(category!)]!;
    return { n, least: Math.min(n, factor.people[0]!), reference: reference! };
  }
  const [unknown, ...known] = scores.find((score) => score.variable === variable)!.people;
  const n = kind === "score" ? sumOf(known) : unknown!;
  return { n, least: n, reference: null };
}
