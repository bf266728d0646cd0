import type { Text } from "../responses/language.ts";
import { type Estimate, isShown } from "../statistics/estimate.ts";
import type { Codebook } from "../responses/codebook.ts";
import { findEstimate, questionOf, scaleOf, setOf, variableOf } from "./lookup.ts";
import { TEXT } from "../words/figure_texts.ts";

/** Everyone's answers to a question, or one group's: what a bar or a set of columns is drawn from. */
export interface Bar {
  readonly label: Text;
  readonly question: string;
  /** The group's category; null for everyone in the base. */
  readonly group: string | null;
  readonly n: number;
  /** The categories in the order of the scale. */
  readonly parts: readonly Estimate[];
  /** The share of the named set that stands beside the bar. */
  readonly set: Estimate | null;
}

/**
 * The data of the bars of one question: for everyone (`overall`), then for each group of a variable, in
 * codebook order. Groups and categories that none of the estimates is of are left out.
 *
 * @param options.set The set whose share stands beside the bar; null for none.
 * @throws {InputError} For a name that is not in the codebook, or an estimate that was not given.
 */
export function barsOf(
  estimates: readonly Estimate[],
  codebook: Codebook,
  question: string,
  { set, variable, overall }: {
    readonly set: string | null;
    readonly variable?: string | undefined;
    readonly overall: boolean;
  },
): Bar[] {
  if (set !== null) setOf(codebook, question, set);
  const own = estimates.filter((estimate) => estimate.question === question);
  const categories = present(
    Object.keys(scaleOf(codebook, question).categories),
    own.map(({ category }) => category),
  );
  const groups = variable === undefined ? [] : present(
    Object.keys(variableOf(codebook, variable).categories),
    own.map((estimate) => estimate.variable === variable ? estimate.group : null),
  );
  const bar = (label: Text, group: string | null): Bar => {
    const of = { question, variable: group === null ? null : variable ?? null, group };
    const parts = categories.map((category) => findEstimate(estimates, { ...of, category }));
    return {
      label,
      question,
      group,
      n: parts[0]?.n ?? 0,
      parts,
      set: set === null ? null : findEstimate(estimates, { ...of, set }),
    };
  };
  const everyone = variable === undefined ? questionOf(codebook, question).label : TEXT.total;
  return [
    ...(overall ? [bar(everyone, null)] : []),
    ...groups.map((group) => bar(variableOf(codebook, variable!).categories[group]!, group)),
  ];
}

/** Those of the ids that occur; all of them where none does, for then something is missing. */
export function present(ids: readonly string[], found: readonly (string | null)[]): string[] {
  const there = ids.filter((id) => found.includes(id));
  return there.length === 0 ? [...ids] : there;
}

/** Whether a bar has anything to show. Some of its answers may be hidden all the same. */
export function isBarShown(bar: Bar): boolean {
  return bar.parts.some(isShown);
}

/**
 * The share of those whose answers are hidden one by one, 0 to 1: what is left beside the answers that
 * are shown. 0 where none is hidden.
 */
export function hiddenShare(bar: Bar): number {
  if (bar.parts.every(isShown)) return 0;
  return Math.max(0, 1 - bar.parts.reduce((sum, { share }) => sum + (share ?? 0), 0));
}

/** What to say below bars of which some answers are hidden. */
export function hiddenNotes(bars: readonly Bar[]): Text[] {
  return bars.some((bar) => isBarShown(bar) && !bar.parts.every(isShown)) ? [TEXT.hiddenNote] : [];
}

/** The estimates that bars are drawn from. */
export function estimatesOf(bars: readonly Bar[]): Estimate[] {
  return bars.flatMap(({ parts, set }) => set === null ? parts : [...parts, set]);
}
