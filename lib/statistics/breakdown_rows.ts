import { baseOfEveryone, type Codebook, sourcesOf } from "../responses/codebook.ts";
import type { QuestionId, SetId } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import { benjaminiHochberg } from "./benjamini_hochberg.ts";
import { countAnswers } from "./count_answers.ts";
import { baseOf, countOf, type Counts, groupsCounted } from "./counts.ts";
import { countedShare, differenceOfShares, groupAgainstRest } from "./difference_of_shares.ts";
import { isAnswerShown, isRestShown, shownOf } from "./disclosure/suppress.ts";
import type { Estimate } from "./estimate.ts";
import { estimatesFromCounts } from "./estimates.ts";
import type { Difference } from "./intervals.ts";
import { answersNamed } from "./look_up.ts";
import { markOf } from "./moved_most.ts";

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

/** One group of a breakdown against everybody else who has a group. */
export interface GroupTest {
  readonly group: string;
  readonly n: number;
  /** Null where too few answered for it to be shown. */
  readonly share: number | null;
  /** The group less the rest; null where one of the two has too few people. */
  readonly againstRest: Difference | null;
}

/** Two groups of a breakdown, the first less the second. */
interface PairTest {
  readonly first: string;
  readonly second: string;
  readonly difference: Difference;
}

/** The tests of one breakdown table, not yet adjusted for how many they are. */
interface BreakdownTest {
  /** All groups in codebook order. */
  readonly groups: readonly GroupTest[];
  /** Each two groups with enough people, in codebook order. */
  readonly pairs: readonly PairTest[];
}

/**
 * Compares the shares of a breakdown: each group with everybody else, and each two groups, by
 * `differenceOfShares()`. `markDifferences()` says which of them are differences.
 *
 * @throws {RangeError} Where the counts have no variable or no such answer.
 */
export function breakdownTest(counts: Counts, answers: readonly string[]): BreakdownTest {
  const { variable } = counts;
  if (variable === null) throw new RangeError("A breakdown needs counts by a variable");
  const all = groupsCounted(counts).map((group) => group ?? "");
  const shown = all.filter((group) => isAnswerShown(counts, group, answers));
  const groups = all.map((group): GroupTest => {
    const [part, base] = [countOf(counts, group, answers), baseOf(counts, group)];
    const isShown = shown.includes(group);
    return {
      group,
      n: shownOf(counts).hidesPeople ? NaN : base.n,
      share: isShown ? part.w / base.w : null,
      againstRest: isShown && isRestShown(counts, group)
        ? groupAgainstRest(counts, group, answers)
        : null,
    };
  });
  const pairs = shown.flatMap((first, i) =>
    shown.slice(i + 1).map((second): PairTest => {
      const [a, b] = [first, second].map((group) => countedShare(counts, group, answers));
      return { first, second, difference: differenceOfShares(a!, b!) };
    })
  );
  return { groups, pairs };
}

export interface MarkedGroup extends GroupTest {
  /** The group's letter in its table: A for the first. */
  readonly letter: string;
  /** P-value against the rest, adjusted within the family; null without a test. */
  readonly adjusted: number | null;
  /** Whether the share is above or below that of everybody else. */
  readonly mark: "up" | "down" | "none";
  /** Letters of the groups whose share this one's is above, in order. */
  readonly above: readonly string[];
}

/**
 * Marks the differences of breakdown tables: up or down against the rest, and letters between two
 * groups, as in the column-proportions tests of SPSS's custom tables: groups have letters A, B, C …
 * in order, and the group with the higher share gets the letter of the other.
 *
 * P-values are adjusted after Benjamini and Hochberg (SPSS by default after Bonferroni), those
 * against the rest as one family and those between two groups as another, since a table shows one
 * or the other. Of two groups the test against the rest is the same for both, and counts once.
 *
 * @param tables The family of tables, as from `breakdownTest()`: whoever reads a notebook reads all.
 * @param level The rate of false differences among those marked.
 * @returns By table, in the same order, its groups.
 */
export function markDifferences(
  tables: readonly BreakdownTest[],
  level: number,
): MarkedGroup[][] {
  const against = adjust(tables.map(({ groups }) => {
    // Of two groups with people, each of which is the other's rest, the first stands for both.
    const tested = isTwo(groups) ? groups.filter(({ n }) => n > 0).slice(0, 1) : groups;
    return tested.map(({ againstRest }) => againstRest?.pValue ?? null);
  }));
  const between = adjust(
    tables.map(({ pairs }) => pairs.map(({ difference }) => difference.pValue)),
  );
  return tables.map(({ groups, pairs }, t) => {
    const letters = new Map(groups.map(({ group }, i) => [group, letterOf(i)]));
    // By the group with the higher share, those whose share it is above.
    const above = Map.groupBy(
      pairs.filter((_, i) => (between[t]![i] ?? 1) < level).map(({ first, second, difference }) =>
        difference.difference > 0 ? [first, second] : [second, first]
      ),
      ([higher]) => higher!,
    );
    return groups.map((test, i) => {
      const of = test.againstRest;
      const adjusted = of === null ? null : against[t]![isTwo(groups) ? 0 : i] ?? null;
      const lower = above.get(test.group)?.map(([, lower]) => lower) ?? [];
      return {
        ...test,
        letter: letters.get(test.group)!,
        adjusted,
        mark: markOf(of?.difference ?? 0, adjusted, level),
        above: [...letters].filter(([group]) => lower.includes(group)).map(([, letter]) => letter),
      };
    });
  });
}

/** Each estimate of some tables with the mark of its group, of which it is the only one, in order. */
export function markRows<E>(
  tables: readonly { readonly estimates: readonly E[]; readonly test: BreakdownTest }[],
  { codebook }: Survey,
): { readonly estimate: E; readonly test: MarkedGroup }[][] {
  const marked = markDifferences(tables.map(({ test }) => test), 1 - codebook.study.confidence);
  return tables.map(({ estimates }, t) =>
    estimates.map((estimate, i) => ({ estimate, test: marked[t]![i]! }))
  );
}

/** Adjusts the p-values of all tables together. */
function adjust(tables: readonly (readonly (number | null)[])[]): (number | null)[][] {
  const adjusted = benjaminiHochberg(tables.flat());
  let start = 0;
  return tables.map(({ length }) => adjusted.slice(start, start += length));
}

function isTwo(groups: readonly GroupTest[]): boolean {
  return groups.filter(({ n }) => n > 0).length === 2;
}

/** A to Z, then AA, AB … as the columns of a spreadsheet. */
function letterOf(index: number): string {
  const last = String.fromCharCode(65 + index % 26);
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last;
}
