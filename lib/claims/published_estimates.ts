import { inPercent } from "../narrative/choose_fraction.ts";
import { describeSample } from "../statistics/counts.ts";
import type { Estimate } from "../statistics/estimate.ts";
import { shareOf } from "../statistics/share_of.ts";
import type { Codebook } from "../survey/codebook.ts";
import { readPublished } from "../survey/published.ts";

/**
 * The published shares of everyone's answers as estimates: as printed, in whole per cent, with the
 * interval that a share of that size has over the published base. The number of people is the one
 * nearest to the printed share. A set that is not printed is the sum of its categories as printed.
 */
export function publishedEstimates(codebook: Codebook): Estimate[] {
  const { indicators } = readPublished();
  const respondents = Number(indicators.find(({ id }) => id === "n_all")?.value);
  const sample = describeSample(codebook, respondents, false);
  const shares = indicators.filter(({ unit, questions, where }) =>
    unit === "percent" && questions.length === 1 && Object.keys(where).length === 0
  );
  return Object.entries(codebook.questions).flatMap(([question, { scale, base }]) => {
    const own = shares.filter(({ questions }) => questions[0] === question);
    const n = own.find((indicator) => indicator.n !== null)?.n;
    if (n === undefined || n === null) return [];
    const printed = (categories: readonly string[]) => {
      const same = own.find((indicator) =>
        typeof indicator.value === "number" && indicator.categories.length === categories.length &&
        categories.every((category) => indicator.categories.includes(category))
      );
      return same === undefined ? null : Number(same.value);
    };
    const estimate = (set: string | null, category: string | null, percent: number): Estimate => {
      const count = Math.round(percent / inPercent(1) * n);
      const people = (size: number) => ({ n: size, w: size, w2: size });
      const { low, high } = shareOf(people(count), people(n), sample);
      return {
        ...{ question, set, category, base, variable: null, group: null, n, count },
        ...{ share: percent / inPercent(1), low, high, weighted: false, suppressed: false },
      };
    };
    const { categories, sets } = codebook.scales[scale]!;
    const single = Object.keys(categories).flatMap((category) => {
      const percent = printed([category]);
      return percent === null ? [] : [estimate(null, category, percent)];
    });
    const joint = Object.entries(sets).flatMap(([set, { categories: of }]) => {
      const parts = of.map((category) => printed([category]));
      const percent = printed(of) ??
        (parts.includes(null) ? null : parts.reduce<number>((sum, part) => sum + (part ?? 0), 0));
      return percent === null ? [] : [estimate(set, null, percent)];
    });
    return [...single, ...joint];
  });
}
