import type { Survey } from "../responses/survey.ts";
import { benjaminiHochberg } from "./benjamini_hochberg.ts";
import { countAnswers } from "./count_answers.ts";
import { categoriesCounted, type Count, countOf, type Counts } from "./counts.ts";
import { addUp, countedShare, differenceOfShares } from "./difference_of_shares.ts";
import { isEnough } from "./disclosure/enough.ts";
import { isAnswerShown } from "./disclosure/suppress.ts";
import type { Domain } from "./domain.ts";
import { isExact, type ShownEstimate } from "./estimate.ts";
import { estimatesFromCounts } from "./estimates.ts";
import { type Difference, shareOf } from "./intervals.ts";

/** A share in two waves, and the difference: now minus before, in shares. */
export interface Comparison extends Omit<Difference, "statistic"> {
  readonly now: ShownEstimate;
  readonly before: EarlierEstimate;
}

/** A share of the earlier wave. Of a published one the count of people is not known. */
export type EarlierEstimate = Omit<ShownEstimate, "count"> & { readonly count: number | null };

/** How a share has moved from one wave to the next. */
export interface Movement extends Comparison {
  /** The p-value adjusted for all that are tested together. */
  readonly adjusted: number | null;
  readonly moved: "up" | "down" | "none";
}

/**
 * Tests changes together: p-values are adjusted after Benjamini and Hochberg over all of them, so
 * give it what is read together, not every breakdown there is.
 *
 * @param level An adjusted p-value below it is a movement.
 */
export function testTogether(
  compared: readonly Comparison[],
  level: number,
): Movement[] {
  const adjusted = benjaminiHochberg(compared.map(({ pValue }) => pValue));
  return compared.map((each, i): Movement => {
    const p = adjusted[i] ?? null;
    return { ...each, adjusted: p, moved: markOf(each.difference, p, level) };
  });
}

/** Which way a difference goes by more than chance. @param p Adjusted; null without a test. */
export function markOf(
  difference: number,
  p: number | null,
  level: number,
): "up" | "down" | "none" {
  return p === null || p >= level ? "none" : difference > 0 ? "up" : "down";
}

/** What moved first, and the largest differences first among each. */
export function movedMost(movements: readonly Movement[]): Movement[] {
  const rank = ({ moved }: Movement) => moved === "none" ? 1 : 0;
  return movements.toSorted((a, b) =>
    rank(a) - rank(b) || Math.abs(b.difference) - Math.abs(a.difference)
  );
}

/**
 * The main share of every question in the part of the respondents that a survey is about, and among
 * everybody else: `now` is the group, `before` the rest. Both are domains of one sample.
 *
 * Intervals and tests are those of `differenceOfShares()`. The rest is what is left of the report on
 * everyone; where that, the group or the rest has too few people, the question is left out.
 *
 * @param survey A survey with a domain.
 * @returns One per question that can be compared, in codebook order; none without a domain.
 */
export function groupAndRest(survey: Survey): Comparison[] {
  const { within, codebook, codes } = survey;
  if (within === undefined) return [];
  const { within: _, ...everyone } = survey;
  return Object.entries(codebook.questions).flatMap(([question, { scale }]) => {
    const set = codebook.scales[scale]?.main_set;
    if (set === undefined || !codes.has(question)) return [];
    const rest = outside(everyone, question, within);
    return compare(countAnswers(survey, question), countAnswers(everyone, question), rest, set);
  });
}

/** The people outside a domain who gave one of some answers. */
type Rest = (answers: readonly string[]) => Count;

/**
 * Everybody outside a domain: those outside its first condition, those within it and outside the
 * second, and so on. Added up, since sums of weights that are subtracted lose their last digits.
 */
function outside(everyone: Survey, question: string, within: Domain): Rest {
  const parts = Object.entries(within).flatMap(([by, among], i) => {
    const before = Object.fromEntries(Object.entries(within).slice(0, i));
    const counts = countAnswers(everyone, question, { by, within: before });
    return counts.groups.filter((group) => group === null || !among.includes(group))
      .map((group) => ({ counts, group }));
  });
  return (answers) => addUp(parts.map(({ counts, group }) => countOf(counts, group, answers)));
}

function compare(group: Counts, all: Counts, rest: Rest, set: string): Comparison[] {
  const answers = group.sets[set] ?? [];
  const now = estimatesFromCounts(group).find((estimate) => estimate.set === set);
  const categories = categoriesCounted(all);
  const base = rest(categories);
  const left = categories.map((category) => rest([category]).n);
  const asked = categories.map((category) => countOf(all, null, [category]).n);
  if (
    now === undefined || !isExact(now) || !isAnswerShown(all, null, answers) ||
    base.n === 0 || !isEnough(left, asked, all.sample)
  ) return [];
  const own = countedShare(group, null, answers);
  const { sample } = own;
  const part = rest(answers);
  const { statistic: _, ...tested } = differenceOfShares(own, { part, base, sample });
  const before = { ...now, n: base.n, count: part.n, ...shareOf(part, base, sample) };
  return [{ now, before, ...tested }];
}
