import { type ColumnTable, from } from "arquero";
import type { Survey } from "../responses/survey.ts";
import type { CodedColumn } from "./column.ts";
import { countAnswers, type CountOptions, countPairs } from "./count_answers.ts";
import { baseOf, categoriesCounted, countOf, type Counts, groupsCounted } from "./counts.ts";
import type { Rounded } from "./disclosure/enough.ts";
import { shownOf } from "./disclosure/suppress.ts";
import type { Estimate } from "./estimate.ts";
import { populationOfPart, precisionOf, shareOf, wilsonInterval } from "./intervals.ts";
import { shownBy } from "./needed_counts.ts";

/**
 * The share of every category and every named set of a question, overall or by a variable.
 *
 * @returns Group by group the categories and then the sets, in codebook order. A group without people is
 *   there, suppressed: which rows there are depends on the codebook alone.
 * @throws {InputError} Where a name is not in the codebook.
 */
export function estimates(
  survey: Survey,
  question: string | CodedColumn,
  options: CountOptions = {},
): Estimate[] {
  return estimatesFromCounts(countAnswers(survey, question, options));
}

/**
 * The same from counts: the place where numbers are published. What may not be shown is hidden here, or
 * rounded. Whatever else is computed from counts (a test, a mean, a design effect) is published where
 * `isExact()` holds of the estimates that it is made of, or `isAnswerShown()` of the counts; of what needs
 * rows, `peopleShown()` says over how many people.
 */
export function estimatesFromCounts(counts: Counts): Estimate[] {
  const parts = [
    ...categoriesCounted(counts).map((category) => ({ set: null, category })),
    ...Object.keys(counts.sets).map((set) => ({ set, category: null })),
  ];
  return groupsCounted(counts).flatMap((group) =>
    parts.map((part) => estimateOf(counts, group, part, answersIn(counts, part)))
  );
}

/** The share of some answers in a group, by the name of a set or category. */
export function estimateOf(
  counts: Counts,
  group: string | null,
  part: Pick<Estimate, "set" | "category">,
  answers: readonly string[],
): Estimate {
  const { question, base, variable, sample: { weighted } } = counts;
  return {
    ...{ question, ...part, base, variable, group, weighted },
    ...numbersOf(counts, group, answers),
  };
}

/** The numbers of one estimate, or their absence. */
function numbersOf(counts: Counts, group: string | null, answers: readonly string[]): Numbers {
  const shown = shownOf(counts);
  const base = baseOf(counts, group);
  if (!shown.has(group, answers)) {
    const n = shown.hidesPeople ? NaN : base.n;
    return roundedNumbers(counts, n, answers, shown.roundedIn(group)) ??
      { n, count: null, share: null, low: null, high: null, suppressed: true };
  }
  const part = countOf(counts, group, answers);
  const { share, low, high } = shareOf(part, base, counts.sample);
  const precision = precisionOf(part, base, counts.sample);
  return { n: base.n, count: part.n, share, low, high, suppressed: false, precision };
}

type Numbers =
  & Pick<Estimate, "n" | "count" | "share" | "low" | "high" | "suppressed">
  & Partial<Pick<Estimate, "rounded" | "weighted" | "precision">>;

/** A rounded number may be off by so much of its base. */
const MOST_OFF = 0.15;

/** Numbers that stand for those which may not be shown; null where they would say too little. */
function roundedNumbers(
  counts: Counts,
  n: number,
  answers: readonly string[],
  rounded: Rounded | null,
): Numbers | null {
  if (rounded === null || !(n > 0)) return null;
  const places = answers.map((answer) => counts.answers.indexOf(answer));
  const { low, high } = rounded.rangeOf(places);
  if ((high - low) / 2 > MOST_OFF * n) return null;
  const sum = places.reduce((sum, place) => sum + rounded.people[place]!, 0);
  const count = Math.min(high, Math.max(low, sum));
  const toTenths = (share: number) => Math.round(share * 1000) / 1000;
  const { confidence: level } = counts.sample;
  const population = populationOfPart(n, counts.sample.respondents, counts.sample.invited);
  return {
    n,
    count: Math.round(count),
    share: toTenths(count / n),
    low: toTenths(wilsonInterval(low, n, { population, level }).low),
    high: toTenths(wilsonInterval(high, n, { population, level }).high),
    suppressed: false,
    // Weights would not make it any more exact.
    weighted: false,
    rounded: high - low + 1,
  };
}

/**
 * Everything that estimates.json holds: every category and named set of every question that was asked, over
 * its base and by every background and derived variable that is not made from it.
 */
export function allEstimates(survey: Survey): Estimate[] {
  return countPairs(survey, breakdowns(survey)).flatMap(estimatesFromCounts);
}

/** The questions of a survey, each with null (overall) and the variables it is broken down by. */
export function breakdowns(survey: Survey): [question: string, by: string | null][] {
  const { codebook, codes } = survey;
  return Object.keys(codebook.questions)
    .filter((question) => codes.has(question) && codebook.questions[question]!.kind !== "open")
    .flatMap((question) =>
      [null, ...shownBy(survey, question)].map((by): [string, string | null] => [question, by])
    );
}

/** The categories that an estimate is of, in its question's counts. */
export function answersIn(
  counts: Counts,
  { set, category }: Pick<Estimate, "set" | "category">,
): readonly string[] {
  return set === null ? [category ?? ""] : counts.sets[set] ?? [];
}

/** The columns of a table of estimates, in order. */
export const ESTIMATE_COLUMNS = [
  "question",
  "set",
  "category",
  "base",
  "variable",
  "group",
  "n",
  "count",
  "share",
  "low",
  "high",
  "weighted",
  "suppressed",
] as const satisfies readonly (keyof Estimate)[];

/** Estimates as a plain Arquero table, one row each; shares are numbers from 0 to 1. */
export function toTable(estimates: readonly Estimate[]): ColumnTable {
  return from(estimates, [...ESTIMATE_COLUMNS]);
}
