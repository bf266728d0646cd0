import {
  logistic,
  type OrdinalData,
  peopleOf,
  type ProportionalOdds,
} from "./proportional_odds.ts";

/** By how much a column changes the chance of some answers, in shares (0.1 is ten points). */
export interface MarginalEffect {
  readonly effect: number;
  readonly se: number;
}

/** A function of t with its derivative. */
type Curve = (t: number) => readonly [value: number, slope: number];
const CHANCE: Curve = (t) => [logistic(t), logistic(t) * logistic(-t)];
const DENSITY: Curve = (t) => {
  const density = logistic(t) * logistic(-t);
  return [density, density * (logistic(-t) - logistic(t))];
};

/**
 * Average marginal effects of a proportional-odds regression on the chance of a set of answers
 * next to each other.
 *
 * For a column of 0 and 1, the mean over all people of P(set) with the column at 1 less that at 0
 * (in a group of dummies all the others at 0); for any other column, the mean derivative. Standard
 * errors by the delta method over coefficients and thresholds. As `margins` in Stata and
 * `marginaleffects::avg_slopes` in R.
 *
 * @param data What the regression was fitted on.
 * @param from First answer of the set, 1 to the number of categories.
 * @param to Last answer of the set.
 * @param dummies Groups of 0/1 columns of which at most one is 1 (the categories of one variable).
 * @returns One effect per column, in order.
 */
export function averageMarginalEffects(
  { counts, categories, names, x }: OrdinalData,
  { coefficients, thresholds, covariance }: ProportionalOdds,
  { from, to, dummies = [] }: {
    from: number;
    to: number;
    dummies?: readonly (readonly string[])[];
  },
): MarginalEffect[] {
  const k = names.length;
  const people = peopleOf(counts, counts.length / categories);
  const total = people.reduce((a, b) => a + b, 0);
  // P(set) is the sum of sign·P(answer ≤ threshold) over the thresholds that it ends at.
  const ends = ([[to, 1], [from - 1, -1]] as const)
    .filter(([cut]) => cut > 0 && cut < categories)
    .map(([cut, sign]) => ({ threshold: thresholds[cut - 1]!, sign, place: k + cut - 1 }));
  /** The mean of a curve at the ends with some columns set, and its derivatives by coefficient and threshold. */
  const meanOf = (curve: Curve, set: ReadonlyMap<number, number>) => {
    let mean = 0;
    const slopes = covariance.map(() => 0);
    for (let i = 0; i < people.length; i++) {
      const row = x.slice(i * k, (i + 1) * k);
      for (const [j, value] of set) row[j] = value;
      const eta = row.reduce((sum, value, j) => sum + value * coefficients[j]!, 0);
      for (const { threshold, sign, place } of ends) {
        const [value, slope] = curve(threshold - eta);
        const share = sign * people[i]! / total;
        mean += share * value;
        slopes[place]! += share * slope;
        for (let j = 0; j < k; j++) slopes[j]! -= share * slope * row[j]!;
      }
    }
    return { mean, slopes };
  };
  return names.map((name, j) => {
    const isDummy = people.every((_, i) => [0, 1].includes(x[i * k + j]!));
    const group = dummies.find((group) => group.includes(name)) ?? [name];
    const none = group.map((each) => [names.indexOf(each), 0] as const);
    const beta = coefficients[j]!;
    let [effect, slopes] = [0, [] as number[]];
    if (isDummy) {
      const one = meanOf(CHANCE, new Map([...none, [j, 1]]));
      const zero = meanOf(CHANCE, new Map(none));
      effect = one.mean - zero.mean;
      slopes = one.slopes.map((slope, s) => slope - zero.slopes[s]!);
    } else {
      const density = meanOf(DENSITY, new Map());
      effect = -beta * density.mean;
      slopes = density.slopes.map((slope, s) => -beta * slope - (s === j ? density.mean : 0));
    }
    const variance = slopes.reduce(
      (sum, a, s) => sum + slopes.reduce((line, b, t) => line + a * b * covariance[s]![t]!, 0),
      0,
    );
    return { effect, se: Math.sqrt(Math.max(0, variance)) };
  });
}
