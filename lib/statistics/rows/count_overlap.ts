import type { Survey } from "../../responses/survey.ts";
import { columnOf } from "../column.ts";
import type { Matched, Overlap } from "../difference_of_shares.ts";
import { domainCodes } from "../domain.ts";

/** The people who answered a question in both waves, by what they answered then and now. */
export interface OverlapCounts {
  /** The groups of a variable that they were in both times; one null where there is none. */
  readonly groups: readonly (string | null)[];
  readonly answers: readonly string[];
  /** The answers as they were then. */
  readonly before: readonly string[];
  /** People in group g with answer a now and b before, at `(g * answers + a) * before + b`. */
  readonly n: Float64Array;
  /** Sums of the products of their weights in the two waves; equal to n where unweighted. */
  readonly ww: Float64Array;
}

/**
 * Counts the people who answered a question in both waves. Needs rows, and who is who.
 *
 * Somebody whose group is another one than before is in the base of neither group twice, and left out.
 *
 * @param rows For each respondent now, the row in the earlier wave or -1; see `matchRespondents()`.
 * @throws {InputError} Where a name is not in the codebook.
 */
export function countOverlap(
  now: Survey,
  before: Survey,
  rows: Int32Array,
  question: string,
  by: string | null,
): OverlapCounts {
  const wave = (survey: Survey) => ({
    answers: columnOf(survey, question),
    groups: by === null ? null : columnOf(survey, by),
    inside: domainCodes(survey, {}),
    weights: survey.weights,
  });
  const [a, b] = [wave(now), wave(before)];
  const { categories } = a.answers;
  const earlierCategories = b.answers.categories;
  const groups: readonly (string | null)[] = a.groups?.categories ?? [null];
  const groupBefore = b.groups?.categories.map((id) => groups.indexOf(id) + 1);
  const [k, kBefore] = [categories.length, earlierCategories.length];
  const size = groups.length * k * kBefore;
  const [n, ww] = [new Float64Array(size), new Float64Array(size)];
  rows.forEach((row, i) => {
    if (row < 0 || a.inside?.[i] === 0 || b.inside?.[row] === 0) return;
    const [answer, earlier] = [a.answers.codes[i]! - 1, b.answers.codes[row]! - 1];
    const group = a.groups?.codes[i] ?? 1;
    const earlierGroup = b.groups ? groupBefore![b.groups.codes[row]! - 1] ?? 0 : 1;
    const isCounted = answer >= 0 && answer < k && earlier >= 0 && earlier < kBefore &&
      group === earlierGroup && group >= 1 && group <= groups.length;
    if (!isCounted) return;
    const at = ((group - 1) * k + answer) * kBefore + earlier;
    n[at]!++;
    ww[at]! += (a.weights?.[i] ?? 1) * (b.weights?.[row] ?? 1);
  });
  return { groups, answers: categories, before: earlierCategories, n, ww };
}

/**
 * The people of one group in both waves, by whether their answer is among those counted.
 *
 * @param amongBefore Those counted of the earlier wave; the same by default.
 * @throws {RangeError} Where the counts have no such group or answer.
 */
export function overlapOf(
  { groups, answers, before, n, ww }: OverlapCounts,
  group: string | null,
  among: readonly string[],
  amongBefore: readonly string[] = among,
): Overlap {
  const g = groups.indexOf(group);
  const unknown = among.find((answer) => !answers.includes(answer)) ??
    amongBefore.find((answer) => !before.includes(answer));
  if (g < 0 || unknown !== undefined) {
    throw new RangeError(`These people have no group "${group}" or no answer "${unknown}"`);
  }
  const sum = (isNow: boolean, isBefore: boolean): Matched => {
    let [people, weights] = [0, 0];
    answers.forEach((answer, a) =>
      before.forEach((earlier, b) => {
        if (among.includes(answer) !== isNow || amongBefore.includes(earlier) !== isBefore) return;
        const at = (g * answers.length + a) * before.length + b;
        people += n[at]!;
        weights += ww[at]!;
      })
    );
    return { n: people, ww: weights };
  };
  return {
    both: sum(true, true),
    onlyNow: sum(true, false),
    onlyBefore: sum(false, true),
    neither: sum(false, false),
  };
}

/** How many people of each group are in both waves. */
export function peopleInBoth(
  { groups, answers, before, n }: OverlapCounts,
): Map<string | null, number> {
  const size = answers.length * before.length;
  return new Map(groups.map((group, g) => [
    group,
    n.subarray(g * size, (g + 1) * size).reduce((sum, people) => sum + people, 0),
  ]));
}
