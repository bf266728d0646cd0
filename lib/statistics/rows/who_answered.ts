import { NO_ANSWER, NOT_ASKED } from "../../responses/survey.ts";
import type { CodedColumn } from "../column.ts";
import type { ScoreColumn } from "./score_column.ts";

/** People left out of an analysis: each for the first reason in the plan's order. */
export interface LeftOut {
  readonly variable: string;
  readonly reason: "dont_know" | "no_answer" | "not_asked";
  readonly n: number;
}

const REASONS = ["dont_know", "no_answer", "not_asked"] as const;

/**
 * Who answered everything, and why the others are left out. Needs rows.
 *
 * @param outcome The outcome: "don't know" is no answer to it.
 * @param covariates All else that they are to have answered.
 * @param inside 1 for each respondent in the domain, or null for everyone.
 * @param respondents Number of respondents.
 * @returns `inside`: 1 for each of them, and 0 for the others.
 */
export function whoAnswered(
  outcome: ScoreColumn,
  covariates: readonly CodedColumn[],
  inside: Uint8Array | null,
  respondents: number,
): { inside: Uint8Array; leftOut: LeftOut[] } {
  const left = inside?.slice() ?? new Uint8Array(respondents).fill(1);
  const leftOut: LeftOut[] = [];
  for (const column of [outcome.column, ...covariates]) {
    // By code, 1 more than the reason's place.
    const reason = new Uint8Array(256);
    reason[NO_ANSWER] = 2;
    reason[NOT_ASKED] = 3;
    if (column === outcome.column) {
      column.categories.forEach((_, i) => reason[i + 1] = outcome.score[i + 1] === 0 ? 1 : 0);
    }
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < respondents; i++) {
      const why = reason[column.codes[i]!]!;
      if (why === 0 || left[i] === 0) continue;
      left[i] = 0;
      counts[why]!++;
    }
    REASONS.forEach((reason, i) => {
      const n = counts[i + 1]!;
      if (n > 0) leftOut.push({ variable: column.id, reason, n });
    });
  }
  return { inside: left, leftOut };
}
