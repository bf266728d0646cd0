import { normalUpperQuantile, normalUpperTail } from "../distributions/normal.ts";
import type { Interval } from "../wilson_interval.ts";
import { type OrdinalData, peopleOf } from "./ordinal_data.ts";
import { logistic } from "./ordinal_likelihood.ts";
import type { ProportionalOdds } from "./proportional_odds.ts";

/** By how much a column changes the chance of some answers, in shares (0.1 is ten points). */
export interface MarginalEffect extends Interval {
  readonly name: string;
  readonly effect: number;
  readonly se: number;
  readonly pValue: number | null;
}

/**
 * Average marginal effects of a proportional-odds regression on the chance of a set of answers
 * next to each other at one end of the scale or within it.
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
 * @throws {RangeError} Where the set is not within the categories, or a dummy is no column.
 */
export function averageMarginalEffects(
  data: OrdinalData,
  fit: ProportionalOdds,
  { from, to, dummies = [], level }: {
    from: number;
    to: number;
    dummies?: readonly (readonly string[])[];
    level: number;
  },
): MarginalEffect[] {
  if (!(1 <= from && from <= to && to <= data.categories)) {
    throw new RangeError(`Answers ${from} to ${to} are not within 1 to ${data.categories}`);
  }
  const unknown = dummies.flat().find((name) => !data.names.includes(name));
  if (unknown !== undefined) throw new RangeError(`"${unknown}" is no column`);
  const people = peopleOf(data.counts, data.counts.length / data.categories);
  const total = people.reduce((a, b) => a + b, 0);
  const ends = endsOf(fit, from, to);
  return data.names.map((name, j) => {
    const isDummy = isZeroOrOne(data.x, j, data.names.length);
    const siblings = dummies.find((group) => group.includes(name)) ?? [name];
    const off = siblings.map((sibling) => data.names.indexOf(sibling));
    const sums = effectOf(data, people, fit, ends, j, isDummy ? off : null);
    const effect = sums.effect / total;
    const slopes = Array.from(sums.slopes, (slope) => slope / total);
    const variance = slopes.reduce(
      (sum, a, s) => sum + slopes.reduce((line, b, t) => line + a * b * fit.covariance[s]![t]!, 0),
      0,
    );
    const se = Math.sqrt(Math.max(0, variance));
    const half = normalUpperQuantile((1 - level) / 2) * se;
    return {
      name,
      effect,
      se,
      low: effect - half,
      high: effect + half,
      pValue: se > 0 ? 2 * normalUpperTail(Math.abs(effect) / se) : null,
    };
  });
}

/** A sum over people and its derivatives over coefficients, then thresholds. */
interface Sums {
  readonly effect: number;
  readonly slopes: Float64Array;
}

/** A threshold that the set ends at: P(set) is the sum of sign·P(answer ≤ threshold). */
interface End {
  readonly threshold: number;
  readonly sign: 1 | -1;
  /** Its place behind the coefficients. */
  readonly place: number;
}

function endsOf(fit: ProportionalOdds, from: number, to: number): End[] {
  return ([[to, 1], [from - 1, -1]] as const).flatMap(([category, sign]) => {
    const threshold = fit.thresholds[category - 1];
    const place = fit.coefficients.length + category - 1;
    return threshold === undefined ? [] : [{ threshold, sign, place }];
  });
}

function isZeroOrOne(x: Float64Array, j: number, k: number): boolean {
  for (let at = j; at < x.length; at += k) if (x[at] !== 0 && x[at] !== 1) return false;
  return true;
}

/**
 * P(set) with column j at 1 less that at 0, the columns in `off` being 0; or, without these,
 * dP(set)/dxⱼ = −βⱼ·(density at the upper end less that at the lower).
 */
function effectOf(
  { x }: OrdinalData,
  people: Float64Array,
  { coefficients, covariance }: ProportionalOdds,
  ends: readonly End[],
  j: number,
  off: readonly number[] | null,
): Sums {
  const k = coefficients.length;
  const beta = coefficients[j]!;
  const others = coefficients.map((value, l) => off?.includes(l) ? 0 : value);
  const slopes = new Float64Array(covariance.length);
  let [effect, own] = [0, 0];
  for (let i = 0; i < people.length; i++) {
    const n = people[i]!;
    let [eta, moved, bend] = [0, 0, 0];
    for (let l = 0; l < k; l++) eta += x[i * k + l]! * others[l]!;
    for (const { threshold, sign, place } of ends) {
      const t = threshold - eta;
      const [upTo, above] = [logistic(t), logistic(-t)];
      const density = sign * n * upTo * above;
      let change = -beta * density * (above - upTo);
      if (off) {
        const [upToIt, aboveIt] = [logistic(t - beta), logistic(beta - t)];
        const densityIt = sign * n * upToIt * aboveIt;
        effect += sign * n * (upToIt - upTo);
        own += densityIt;
        change = densityIt - density;
        moved += change;
      } else {
        own += density;
        bend += density * (above - upTo);
      }
      slopes[place]! += change;
    }
    if (off === null) moved = -beta * bend;
    for (let l = 0; l < k; l++) slopes[l]! -= moved * x[i * k + l]!;
  }
  for (const l of off ?? []) slopes[l] = 0;
  slopes[j]! -= own;
  return { effect: off ? effect : -beta * own, slopes };
}
