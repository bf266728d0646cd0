import { parseCodebook } from "../../lib/responses/codebook.ts";
import type { Estimate } from "../../lib/statistics/estimate.ts";
import { wilsonInterval } from "../../lib/statistics/intervals.ts";

/*
 * Synthetic test data: tables of counts that agree with the published percentages, as made up for
 * the respondents in data/responses.csv. Charts are tested on them without reading a survey.
 */

const file = new URL("../../data/codebook.json", import.meta.url);
export const codebook = parseCodebook(JSON.parse(Deno.readTextFileSync(file)), "codebook.json");

const COUNTS: Readonly<Record<string, readonly number[]>> = {
  pressure_change: [25, 79, 322, 424, 438],
  pressure_omit: [24, 78, 246, 451, 489],
  act_change: [14, 51, 258, 399, 566],
  act_omit: [15, 53, 232, 442, 546],
  balance_difficult: [109, 306, 239, 190, 53, 82],
  decision_pressure_change: [3, 23, 88, 147, 138],
  decision_act_change: [3, 8, 56, 128, 204],
  time_pressure: [153, 374, 193, 193, 129, 246],
  leader_neutral_support: [116, 342, 272, 66, 40, 143],
  cooperation_satisfaction: [90, 451, 425, 154, 52, 116],
  wellbeing: [332, 656, 150, 113, 36, 1],
};

export const BALANCE_BY_MANAGERS: Readonly<Record<string, readonly number[]>> = {
  none: [9, 28, 30, 34, 12, 7],
  one: [17, 48, 44, 41, 12, 13],
  two: [29, 82, 61, 48, 12, 22],
  three_or_more: [54, 148, 104, 67, 17, 40],
};

export const WELLBEING_BY_PRESSURE: Readonly<Record<string, readonly number[]>> = {
  often: [6, 36, 18, 29, 15, 0],
  once_in_a_while: [50, 162, 57, 43, 10, 0],
  rarely_or_never: [276, 458, 75, 41, 11, 1],
};

/** Every estimate of a question from its counts by category. */
export function estimatesFrom(
  question: string,
  counts: readonly number[],
  group: { variable: string; group: string } | null = null,
  book = codebook,
): Estimate[] {
  const asked = book.questions[question];
  const scale = book.scales[asked?.scale ?? ""];
  if (!asked || !scale) throw new Error(`No question ${question}`);
  const categories = Object.keys(scale.categories);
  const n = counts.reduce((sum, count) => sum + count, 0);
  const suppressed = n < book.disclosure.least_base;
  const estimate = (of: { category: string | null; set: string | null }, among: string[]) => {
    const count = among.reduce((sum, id) => sum + (counts[categories.indexOf(id)] ?? 0), 0);
    const interval = suppressed ? { low: null, high: null } : wilsonInterval(count, n);
    return {
      question,
      ...of,
      base: asked.base,
      variable: group?.variable ?? null,
      group: group?.group ?? null,
      n,
      count: suppressed ? null : count,
      share: suppressed ? null : count / n,
      ...interval,
      weighted: false,
      suppressed,
    };
  };
  return [
    ...categories.map((category) => estimate({ category, set: null }, [category])),
    ...Object.entries(scale.sets).map(([set, { categories }]) =>
      estimate({ category: null, set }, categories)
    ),
  ];
}

/** A question overall and by a variable. */
export function withGroups(
  question: string,
  variable: string,
  groups: Readonly<Record<string, readonly number[]>>,
): Estimate[] {
  return [
    ...estimatesFrom(question, COUNTS[question] ?? []),
    ...Object.entries(groups).flatMap(([group, counts]) =>
      estimatesFrom(question, counts, { variable, group })
    ),
  ];
}

/** Every question of {@link COUNTS}, overall. */
export function overallEstimates(): Estimate[] {
  return Object.entries(COUNTS).flatMap(([question, counts]) => estimatesFrom(question, counts));
}
