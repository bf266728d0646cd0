import { baseOfEveryone, type Codebook, sourcesOf } from "../responses/codebook.ts";
import type { QuestionId, SetId } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import { countAnswers } from "./count_answers.ts";
import { baseOf, groupsCounted } from "./counts.ts";
import type { Estimate } from "./estimate.ts";
import { estimatesFromCounts } from "./estimates.ts";
import { answersNamed } from "./look_up.ts";
import { breakdownTest, type MarkedGroup, markRows } from "./mark_differences.ts";

/** One group of one variable, and how it stands against everybody else who has a group. */
export interface BreakdownRow {
  readonly estimate: Estimate;
  readonly test: MarkedGroup;
}

/**
 * The share of a set in every group of every background variable, each group tested against the rest;
 * without groups that nobody belongs to, and variables with a single group. The p-values of all the
 * family's tables are adjusted together.
 *
 * @param family Other questions whose breakdowns, of their main sets, are read together with this one.
 * @throws {InputError} Where a name is not in the codebook, or the file has no such question.
 */
export function breakdownRows(
  survey: Survey,
  question: QuestionId,
  set: SetId,
  family: readonly QuestionId[] = [],
): BreakdownRow[] {
  const tablesOf = (name: string, set: string) =>
    breakdownVariables(survey.codebook).filter((by) => survey.codes.has(by))
      .map((by) => countAnswers(survey, name, { by }))
      .filter((counts) =>
        groupsCounted(counts).filter((group) => baseOf(counts, group).n > 0).length > 1
      )
      .map((counts) => ({
        estimates: estimatesFromCounts(counts).filter((estimate) => estimate.set === set),
        test: breakdownTest(counts, answersNamed(counts, { set: set as SetId })),
      }));
  const { questions, scales } = survey.codebook;
  const others = family.filter((other) => other !== question)
    .flatMap((other) => tablesOf(other, scales[questions[other]?.scale ?? ""]?.main_set as string));
  const own = tablesOf(question, set);
  return markRows([...own, ...others], survey).slice(0, own.length).flat()
    .filter(({ test }) => test.n > 0);
}

/**
 * The background that questions are broken down by: the codebook's, in its order. Variables of which
 * a derived one is made together are left to that one, which stands in their place; one that only joins
 * the groups of another stands beside it.
 */
export function breakdownVariables(codebook: Codebook): string[] {
  const { variables } = codebook;
  const background = Object.keys(variables).filter((name) => variables[name]?.background);
  const isMadeOf = (derived: string, name: string) => {
    const sources = sourcesOf(codebook, derived);
    return sources.length > 1 && sources.includes(name);
  };
  return [
    ...new Set(background.flatMap((name) => {
      const derived = background.filter((other) => isMadeOf(other, name));
      return derived.length > 0 ? derived : [name];
    })),
  ];
}

/**
 * The background that everybody was asked, as the factors of an analysis: each compared with its first
 * category. What only joins the groups of another one is left to that one.
 *
 * ```ts
 * associationAnalysis(survey, { …, factors: { ...backgroundFactors(survey), role: "neither" } });
 * ```
 */
export function backgroundFactors({ codebook, codes }: Survey): Record<string, null> {
  const everyone = baseOfEveryone(codebook);
  return Object.fromEntries(
    breakdownVariables(codebook).filter((name) =>
      codes.has(name) && sourcesOf(codebook, name).length !== 1 &&
      codebook.variables[name]!.base === everyone
    ).map((name) => [name, null]),
  );
}
