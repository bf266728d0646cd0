import type { Survey } from "../survey/survey.ts";
import { countAnswers } from "./count_answers.ts";
import { baseOf, categoriesCounted, type Count, countOf, type Counts } from "./counts.ts";
import { differenceOfShares } from "./difference_of_shares.ts";
import { isShown } from "./estimate.ts";
import { estimatesFromCounts } from "./estimates.ts";
import type { Comparison } from "./moved_most.ts";
import { shareOf } from "./share_of.ts";
import { isAnswerShown } from "./suppress.ts";
import { isEnough } from "./table_rule.ts";

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
    return set === undefined || !codes.has(question)
      ? []
      : compare(countAnswers(survey, question), countAnswers(everyone, question), set);
  });
}

function compare(group: Counts, all: Counts, set: string): Comparison[] {
  const answers = group.sets[set] ?? [];
  const now = estimatesFromCounts(group).find((estimate) => estimate.set === set);
  const categories = categoriesCounted(all);
  const left = categories.map((category) =>
    countOf(all, null, [category]).n - countOf(group, null, [category]).n
  );
  const asked = categories.map((category) => countOf(all, null, [category]).n);
  const base = less(baseOf(all), baseOf(group));
  if (
    now === undefined || !isShown(now) || !isAnswerShown(all, null, answers) ||
    base.n === 0 || !isEnough(left, asked, all.sample)
  ) return [];
  const part = less(countOf(all, null, answers), countOf(group, null, answers));
  const { sample } = all;
  const { pValue, difference, low, high } = differenceOfShares(
    { part: countOf(group, null, answers), base: baseOf(group), sample },
    { part, base, sample },
  );
  const rest = { ...now, n: base.n, count: part.n, ...shareOf(part, base, sample) };
  return [{ now, before: rest, difference, low, high, pValue }];
}

/** The people who are in the first and not in the second, which lies within it. */
function less(all: Count, some: Count): Count {
  const strata = all.strata?.map((each, s) => less(each, some.strata![s]!));
  const positive = (value: number) => Math.max(0, value);
  const n = all.n - some.n;
  // Sums of weights differ in their last digits with the order of the terms.
  return {
    n,
    w: n === 0 ? 0 : positive(all.w - some.w),
    w2: n === 0 ? 0 : positive(all.w2 - some.w2),
    ...strata && { strata },
  };
}
