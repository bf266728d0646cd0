import { occupiedStrata, type Sample } from "./counts.ts";
import { sumOf } from "./cross_table.ts";
import { fUpperTail, studentTUpperQuantile } from "./distributions.ts";
import type { Difference } from "./intervals.ts";
import { covarianceOfMeans, endless, type People, varianceOfMean } from "./linearised_variance.ts";

/** The numbers of people who have none in common. */
export function addPeople(all: readonly People[]): People {
  const sum = (of: (people: People) => readonly number[]) =>
    of(all[0]!).map((_, i) => all.reduce((sum, people) => sum + of(people)[i]!, 0));
  return {
    values: all[0]!.values,
    ...{ n: sum(({ n }) => n), w: sum(({ w }) => w), w2: sum(({ w2 }) => w2) },
    ...all[0]!.parts && {
      parts: all[0]!.parts.map((_, p) => addPeople(all.map(({ parts }) => parts![p]!))),
    },
  };
}

/** How many people there are. */
export const sizeOf = ({ n }: People) => sumOf(n);

/** A mean with its linearised variance, null of a single respondent, and its degrees of freedom. */
interface Mean {
  readonly n: number;
  readonly mean: number;
  readonly variance: number | null;
  readonly df: number;
}

/**
 * The weighted mean Σwy / Σw of a domain with its variance, see `varianceOfMean()`; degrees of freedom as
 * `degf()` in R `survey`: people less strata.
 *
 * Source: C.-E. Särndal, B. Swensson & J. Wretman (1992), Model Assisted Survey Sampling, 5.7–5.8.
 *
 * @throws {RangeError} Where there is nobody.
 */
export function meanOf(people: People, sample: Sample): Mean {
  const [n, weight] = [sumOf(people.n), sumOf(people.w)];
  if (!(n > 0 && weight > 0)) throw new RangeError("A mean needs somebody who gave a number");
  const mean = sumOf(people.values.map((value, i) => value * people.w[i]!)) / weight;
  const strata = occupiedStrata(sample, people.parts?.map(sizeOf));
  const variance = varianceOfMean(people, { mean, total: weight, sample });
  return { n, mean, variance, df: n - strata };
}

/**
 * The number that a share p of the people lie below, by weight; where it falls between two numbers, the
 * middle of them, so that the unweighted median is the usual one.
 *
 * In R `survey`: `svyquantile(qrule = "school")`; R. J. Hyndman & Y. Fan (1996), The American
 * Statistician 50, 361–365, definition 2.
 */
export function quantileOf({ values, w }: People, p: number): number {
  const there = values.map((value, i) => ({ value, weight: w[i]! }))
    .filter(({ weight }) => weight > 0);
  const wanted = p * sumOf(there.map(({ weight }) => weight));
  const slack = 1e-12 * Math.abs(wanted);
  let below = 0;
  for (const [i, { value, weight }] of there.entries()) {
    below += weight;
    if (Math.abs(below - wanted) <= slack) return (value + (there[i + 1]?.value ?? value)) / 2;
    if (below > wanted) return value;
  }
  return there.at(-1)!.value;
}

/**
 * A quantile with Woodruff's interval: the quantiles at the ends of the interval of the share that lies
 * at or below it.
 *
 * In R `survey`: `svyquantile(interval.type = "mean")`. Source: R. S. Woodruff (1952), Journal of the
 * American Statistical Association 47, 635–646.
 *
 * @returns Its ends as shares of the people too: 0.3 where three in ten lie below; an end is null where
 *   it lies beyond all people.
 */
export function quantileInterval(people: People, p: number, sample: Sample) {
  const value = quantileOf(people, p);
  const isBelow = people.values.map((each) => each <= value ? 1 : 0);
  const part = (of: People): People => ({
    ...of,
    values: isBelow,
    ...of.parts && { parts: of.parts.map(part) },
  });
  const { mean, variance, df } = meanOf(part(people), sample);
  const reach = reachOf(variance, df, sample.confidence);
  const end = (share: number) =>
    reach === null || share < 0 || share > 1 ? null : { share, value: quantileOf(people, share) };
  return { value, low: end(mean - (reach ?? 0)), high: end(mean + (reach ?? 0)) };
}

/** Half the width of an interval after Student; null where nothing tells it. */
export function reachOf(variance: number | null, df: number, confidence: number): number | null {
  if (variance === null || df < 1) return null;
  return studentTUpperQuantile((1 - confidence) / 2, df) * Math.sqrt(variance);
}

/**
 * The difference of two means, first minus second, of people who have none in common. As no test it has
 * a finite population correction; interval and test are of Student's distribution, with as many degrees of
 * freedom as people less strata, and less one of one sample.
 *
 * Of one sample with strata or raked weights the two have a little covariance, of others none. In R `survey`:
 * `svyttest(y ~ group, design)`.
 *
 * @param isOneSample Whether both are groups of one sample.
 */
export function differenceOfMeans(
  first: { readonly people: People; readonly sample: Sample },
  second: { readonly people: People; readonly sample: Sample },
  isOneSample: boolean,
): Difference {
  const [a, b] = [first, second].map(({ people, sample }) => meanOf(people, endless(sample))) as [
    Mean,
    Mean,
  ];
  const { confidence } = first.sample;
  const covariance = isOneSample
    ? covarianceOfMeans(first.people, second.people, endless(first.sample))
    : 0;
  const variance = Math.max(0, (a.variance ?? 0) + (b.variance ?? 0) - 2 * covariance);
  const difference = a.mean - b.mean;
  const statistic = variance > 0 ? difference / Math.sqrt(variance) : null;
  const df = Math.max(
    1,
    isOneSample
      ? meanOf(addPeople([first.people, second.people]), first.sample).df - 1
      : a.df + b.df,
  );
  const reach = reachOf(variance, df, confidence)!;
  return {
    ...{ difference, low: difference - reach, high: difference + reach, statistic },
    pValue: statistic === null ? null : fUpperTail(statistic ** 2, 1, df),
  };
}
