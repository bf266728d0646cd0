import { normalUpperQuantile, normalUpperTail } from "../distributions/normal.ts";
import type { Interval } from "../wilson_interval.ts";
import { logistic, logisticDensity } from "./ordinal_likelihood.ts";
import type { OrdinalData, ProportionalOdds } from "./proportional_odds.ts";

/** By how much a column changes the chance of some answers, in shares (0.1 is ten points). */
export interface MarginalEffect extends Interval {
  readonly name: string;
  readonly effect: number;
  readonly se: number;
  readonly pValue: number | null;
}

/**
 * Average marginal effects of a proportional-odds regression on the chance of a set of answers
 * next to each other at one end of the scale or within it. Needs rows.
 *
 * For a column of 0 and 1, the mean over all people of P(set) with the column at 1 less that at 0
 * (in a group of dummies all the others at 0); for any other column, the mean derivative. Standard
 * errors by the delta method over coefficients and thresholds. As `margins` in Stata and
 * `marginaleffects::avg_slopes` in R.
 *
 * @param data What the regression was fitted on.
 * @param fit The regression.
 * @param from First answer of the set, 1 to the number of categories.
 * @param to Last answer of the set.
 * @param dummies Groups of 0/1 columns of which at most one is 1 (the categories of one variable).
 * @returns One effect per column, in order.
 * @throws {RangeError} Where the set is not within the categories, or a dummy is no column.
 */
export function averageMarginalEffects(
  data: OrdinalData,
  fit: ProportionalOdds,
  { from, to, dummies = [], level = 0.95 }: {
    from: number;
    to: number;
    dummies?: readonly (readonly string[])[];
    level?: number;
  },
): MarginalEffect[] {
  if (!(1 <= from && from <= to && to <= data.categories)) {
    throw new RangeError(`Answers ${from} to ${to} are not within 1 to ${data.categories}`);
  }
  const unknown = dummies.flat().find((name) => !data.names.includes(name));
  if (unknown !== undefined) throw new RangeError(`"${unknown}" is no column`);
  return data.names.map((name, j) => {
    const values = data.x.map((row) => row[j]!);
    const isDummy = values.every((value) => value === 0 || value === 1);
    const siblings = dummies.find((group) => group.includes(name)) ?? [name];
    const off = siblings.map((sibling) => data.names.indexOf(sibling));
    const { effect, slopes } = isDummy
      ? average(data, fit, (row) => {
        const without = row.map((value, k) => off.includes(k) ? 0 : value);
        const withIt = without.map((value, k) => k === j ? 1 : value);
        return combine(chance(fit, withIt, from, to), chance(fit, without, from, to), -1);
      })
      : average(data, fit, (row) => derivative(fit, row, j, from, to));
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

/** A value and its derivatives over coefficients, then thresholds. */
interface Value {
  effect: number;
  slopes: number[];
}

function average(
  { x, weights }: OrdinalData,
  fit: ProportionalOdds,
  of: (row: readonly number[]) => Value,
): Value {
  let total = 0;
  let sum: Value = { effect: 0, slopes: fit.covariance.map(() => 0) };
  x.forEach((row, i) => {
    const weight = weights?.[i] ?? 1;
    total += weight;
    sum = combine(sum, of(row), weight);
  });
  return { effect: sum.effect / total, slopes: sum.slopes.map((slope) => slope / total) };
}

function combine(a: Value, b: Value, times: number): Value {
  return {
    effect: a.effect + times * b.effect,
    slopes: a.slopes.map((slope, i) => slope + times * b.slopes[i]!),
  };
}

/** P(from ≤ answer ≤ to): the logistic function at the upper end less that at the lower. */
function chance(fit: ProportionalOdds, row: readonly number[], from: number, to: number): Value {
  return ends(fit, row, from, to, (t, sign, place, slopes) => {
    const density = sign * logisticDensity(t);
    row.forEach((value, k) => slopes[k]! -= density * value);
    slopes[place]! += density;
    return sign * logistic(t);
  }, to === fit.thresholds.length + 1 ? 1 : 0);
}

/** dP(from ≤ answer ≤ to)/dxⱼ = −βⱼ·(density at the upper end less that at the lower). */
function derivative(
  fit: ProportionalOdds,
  row: readonly number[],
  j: number,
  from: number,
  to: number,
): Value {
  const beta = fit.coefficients[j]!;
  return ends(fit, row, from, to, (t, sign, place, slopes) => {
    const density = sign * logisticDensity(t);
    const bend = density * (logistic(-t) - logistic(t));
    slopes[j]! -= density;
    row.forEach((value, k) => slopes[k]! += beta * bend * value);
    slopes[place]! -= beta * bend;
    return -beta * density;
  }, 0);
}

function ends(
  fit: ProportionalOdds,
  row: readonly number[],
  from: number,
  to: number,
  at: (t: number, sign: number, place: number, slopes: number[]) => number,
  constant: number,
): Value {
  const k = fit.coefficients.length;
  const eta = row.reduce((sum, value, j) => sum + value * fit.coefficients[j]!, 0);
  const slopes = fit.covariance.map(() => 0);
  let effect = constant;
  for (const [category, sign] of [[to, 1], [from - 1, -1]] as const) {
    const threshold = fit.thresholds[category - 1];
    if (threshold !== undefined) effect += at(threshold - eta, sign, k + category - 1, slopes);
  }
  return { effect, slopes };
}
