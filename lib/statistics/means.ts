import type { Sample } from "./counts.ts";
import { normalQuantile, normalUpperTail } from "./distributions/normal.ts";
import { studentTUpperQuantile } from "./distributions/student_t.ts";
import { endless, inStratum, linearisedCovariance } from "./linearised_variance.ts";
import type { Difference } from "./score_interval.ts";

/** The numbers of people, each different one once, with how many gave it. */
export interface People {
  readonly values: readonly number[];
  readonly n: readonly number[];
  readonly w: readonly number[];
  readonly w2: readonly number[];
  readonly strata?: readonly People[];
}

/** The numbers of people who have none in common. */
export function addPeople(all: readonly People[]): People {
  const sum = (of: (people: People) => readonly number[]) =>
    of(all[0]!).map((_, i) => all.reduce((sum, people) => sum + of(people)[i]!, 0));
  return {
    values: all[0]!.values,
    ...{ n: sum(({ n }) => n), w: sum(({ w }) => w), w2: sum(({ w2 }) => w2) },
    ...all[0]!.strata && {
      strata: all[0]!.strata.map((_, s) => addPeople(all.map(({ strata }) => strata![s]!))),
    },
  };
}

/** How many people there are. */
export const sizeOf = ({ n }: People) => sumOf(n);

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** Σ w(y − m), and with a power Σ w²(y − m)², over some people. */
function offBy({ values, w, w2 }: People, mean: number, power: 1 | 2): number {
  const sums = power === 1 ? w : w2;
  return sumOf(values.map((value, i) => sums[i]! * (value - mean) ** power));
}

/** A mean with its linearised variance, null of a single respondent, and its degrees of freedom. */
export interface Mean {
  readonly n: number;
  readonly mean: number;
  readonly variance: number | null;
  readonly df: number;
}

/**
 * The weighted mean Σwy / Σw of a domain with its variance by Taylor linearisation and finite population
 * correction, as of a share (`shareVariance()`), of which it is the general case.
 *
 * In R `survey`: `svymean(~y, subset(design, …))`; degrees of freedom as `degf()`: people less strata.
 *
 * Source: C.-E. Särndal, B. Swensson & J. Wretman (1992), Model Assisted Survey Sampling, 5.7–5.8.
 *
 * @throws {RangeError} Where there is nobody.
 */
export function meanOf(people: People, sample: Sample): Mean {
  const [n, weight] = [sumOf(people.n), sumOf(people.w)];
  if (!(n > 0 && weight > 0)) throw new RangeError("A mean needs somebody who gave a number");
  const mean = sumOf(people.values.map((value, i) => value * people.w[i]!)) / weight;
  const strata = people.strata?.filter((stratum) => sumOf(stratum.n) > 0).length ?? 1;
  const variance = sample.respondents < 2 ? null : Math.max(
    0,
    linearisedCovariance(sample, (stratum) => {
      const own = inStratum<People>(people, stratum);
      const first = stratum === null ? 0 : offBy(own, mean, 1);
      return { products: offBy(own, mean, 2), first, second: first };
    }),
  ) / weight ** 2;
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
    ...of.strata && { strata: of.strata.map(part) },
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
 * a finite population correction; interval and test are of the normal distribution.
 *
 * Of one sample with strata the two have a little covariance, of others none. In R `survey`:
 * `svycontrast(svyby(~y, ~group, design, svymean, covmat = TRUE), c(1, -1))`.
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
  const { confidence, strata } = first.sample;
  const weights = sumOf(first.people.w) * sumOf(second.people.w);
  const covariance = !isOneSample || strata === undefined ? 0 : linearisedCovariance(
    endless(first.sample),
    (stratum) => ({
      products: 0,
      first: offBy(inStratum<People>(first.people, stratum), a.mean, 1),
      second: offBy(inStratum<People>(second.people, stratum), b.mean, 1),
    }),
  ) / weights;
  const variance = Math.max(0, (a.variance ?? 0) + (b.variance ?? 0) - 2 * covariance);
  const difference = a.mean - b.mean;
  const statistic = variance > 0 ? difference / Math.sqrt(variance) : null;
  const reach = normalQuantile((1 + confidence) / 2) * Math.sqrt(variance);
  return {
    ...{ difference, low: difference - reach, high: difference + reach, statistic },
    pValue: statistic === null ? null : 2 * normalUpperTail(Math.abs(statistic)),
  };
}
