import { benjaminiHochberg } from "../statistics/benjamini_hochberg.ts";
import { countAnswers } from "../statistics/count_answers.ts";
import { baseOf, type Counts, groupsCounted } from "../statistics/counts.ts";
import { type Difference, groupAgainstRest } from "../statistics/difference_of_shares.ts";
import type { Estimate } from "../statistics/estimate.ts";
import { estimatesFromCounts } from "../statistics/estimates.ts";
import { answersOf } from "../statistics/look_up.ts";
import type { QuestionId, SetId } from "../survey/names.ts";
import type { Survey } from "../survey/survey.ts";

/** The background that questions are broken down by, in the order of the table. */
export const BREAKDOWN_VARIABLES = [
  "gender",
  "age_group",
  "tenure",
  "municipality_size",
  "role",
  "managers_between",
] as const;

/** Adjusted p-values below this are called a difference. */
export const BREAKDOWN_LEVEL = 0.05;

/** One group of one variable, against everybody else who has a group. */
export interface BreakdownRow {
  readonly estimate: Estimate;
  /** Group minus the rest; null where one of the two is too small, or the test has no variance. */
  readonly difference: Difference | null;
  /** The p-value adjusted for all comparisons of the table; null with the difference. */
  readonly adjusted: number | null;
  /** Whether the group differs from the rest: where `adjusted` is below {@link BREAKDOWN_LEVEL}. */
  readonly mark: "higher" | "lower" | null;
}

/** A breakdown and the number of comparisons it was adjusted for. */
export interface Breakdown {
  readonly rows: readonly BreakdownRow[];
  readonly comparisons: number;
}

/**
 * The share of a set in every group of every background variable, each group tested against the rest.
 *
 * Groups that nobody belongs to (not asked, by the routing) are left out, and so is a variable with
 * a single group. Of two groups that are each other's rest the test is made, and counted, once.
 * Marks keep the false discovery rate of Benjamini and Hochberg within the table.
 *
 * @throws {InputError} Where a name is not in the codebook, or the file has no such question.
 */
export function breakdownRows(survey: Survey, question: QuestionId, set: SetId): Breakdown {
  const rows = BREAKDOWN_VARIABLES.filter((name) =>
    survey.codes.has(name) && survey.codebook.variables[name]?.background
  ).flatMap((by) => rowsBy(countAnswers(survey, question, { by }), set));
  const family = benjaminiHochberg(rows.map(({ p }) => p));
  // The second of two groups has the first one's test.
  const adjusted = rows.map(({ twin }, index) => family[twin ? index - 1 : index] ?? null);
  return {
    comparisons: family.filter((p) => p !== null).length,
    rows: rows.map(({ estimate, difference }, index): BreakdownRow => {
      const p = adjusted[index] ?? null;
      const differs = difference !== null && p !== null && p < BREAKDOWN_LEVEL;
      return {
        estimate,
        difference,
        adjusted: p,
        mark: differs ? difference.difference > 0 ? "higher" : "lower" : null,
      };
    }),
  };
}

interface Tested {
  readonly estimate: Estimate;
  readonly difference: Difference | null;
  readonly p: number | null;
  /** Whether this group's rest is the group before it. */
  readonly twin: boolean;
}

function rowsBy(counts: Counts, set: SetId): Tested[] {
  const answers = answersOf(counts, { set });
  const groups = groupsCounted(counts).filter((group): group is string =>
    group !== null && baseOf(counts, group).n > 0
  );
  if (groups.length < 2) return [];
  const size = (group: string) => baseOf(counts, group).n;
  const everyone = groups.reduce((sum, group) => sum + size(group), 0);
  const least = counts.sample.leastBase;
  return estimatesFromCounts(counts)
    .filter((estimate) => estimate.set === set && groups.includes(estimate.group ?? ""))
    .map((estimate, index) => {
      const group = estimate.group ?? "";
      const twin = groups.length === 2 && index === 1;
      const shown = size(group) >= least && everyone - size(group) >= least;
      const difference = shown ? groupAgainstRest(counts, group, answers) : null;
      return { estimate, difference, p: twin ? null : difference?.pValue ?? null, twin };
    });
}
