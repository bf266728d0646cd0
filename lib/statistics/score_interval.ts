import { normalQuantile, normalUpperTail } from "./distributions/normal.ts";
import type { Interval } from "./wilson_interval.ts";

/** A share and the number of people whose answers tell it, which need not be whole. */
export interface SizedShare {
  readonly share: number;
  readonly size: number;
}

/** A difference between shares, in shares (0.1 is ten percentage points). */
export interface Difference extends Interval {
  readonly difference: number;
  /** Standard normal where there is no difference; null where the test has no variance. */
  readonly statistic: number | null;
  /** Two-sided; null with the statistic. */
  readonly pValue: number | null;
}

/**
 * The score test of a difference of two shares, and the interval of all differences that it does not
 * refuse: the p-value is below 1 − level if and only if nought is outside the interval.
 *
 *     z(δ) = (p₁ − p₂ − δ)/√V(δ),  V(δ) = a² + b² − 2rab,  a² = π₁(1−π₁)/n₁,  b² = π₂(1−π₂)/n₂
 *
 * with the most likely π₁ and π₂ that are δ apart, which for δ = 0 are the common share. In R for whole
 * numbers and r = 0: `prop.test(c(x1, x2), c(n1, n2), correct = FALSE)` for the test,
 * `PropCIs::diffscoreci()` for the interval.
 * Source: R. W. Mee (1984), Biometrics 40, 1175–1176; O. Miettinen & M. Nurminen (1985), Statistics in
 * Medicine 4, 213–226; A. Agresti (2013), Categorical Data Analysis, 3rd ed., 3.2.5.
 *
 * @param correlation Of the two shares, −1 to 1; 0 where they have nobody in common.
 * @throws {RangeError} Where a size is not above 0.
 */
export function scoreDifference(
  first: SizedShare,
  second: SizedShare,
  { correlation = 0, level }: { correlation?: number; level: number },
): Difference {
  for (const { size } of [first, second]) {
    if (!(size > 0 && size < Infinity)) throw new RangeError(`People are above 0, not ${size}`);
  }
  const difference = first.share - second.share;
  const variance = (apart: number) => nullVariance(first, second, apart, correlation);
  const none = variance(0);
  const statistic = none === 0 ? null : difference / Math.sqrt(none);
  const z = normalQuantile((1 + level) / 2);
  const refused = (apart: number) => (difference - apart) ** 2 - z * z * variance(apart);
  return {
    difference,
    low: endBetween(refused, -1, difference),
    high: endBetween(refused, 1, difference),
    statistic,
    pValue: statistic === null ? null : 2 * normalUpperTail(Math.abs(statistic)),
  };
}

function nullVariance(first: SizedShare, second: SizedShare, apart: number, r: number): number {
  const other = likelyShare(first, second, apart);
  const own = Math.min(1, Math.max(0, other + apart));
  const [a2, b2] = [own * (1 - own) / first.size, other * (1 - other) / second.size];
  const variance = a2 + b2 - 2 * r * Math.sqrt(a2 * b2);
  // Rounding may leave a little of a variance that is 0.
  return variance <= 1e-10 * (a2 + b2) ? 0 : variance;
}

/**
 * The most likely second share where the first is so much higher: the root of the cubic
 * (x₁ − n₁(t+δ))t(1−t) + (x₂ − n₂t)(t+δ)(1−t−δ) between the least and the greatest t there can be.
 */
function likelyShare(first: SizedShare, second: SizedShare, apart: number): number {
  const { share: p1, size: n1 } = first;
  const { share: p2, size: n2 } = second;
  const all = n1 + n2;
  if (apart === 0) return (n1 * p1 + n2 * p2) / all;
  const [least, most] = [Math.max(0, -apart), Math.min(1, 1 - apart)];
  const [own, turn] = [n1 * (p1 - apart), 1 - 2 * apart];
  const c2 = -(own + n1 + n2 * p2 + n2 * turn) / all;
  const c1 = (own + n2 * p2 * turn - n2 * apart * (1 - apart)) / all;
  const c0 = n2 * p2 * apart * (1 - apart) / all;
  const q = (c2 / 3) ** 3 - c1 * c2 / 6 + c0 / 2;
  const p = (q < 0 ? -1 : 1) * Math.sqrt(Math.max(0, (c2 / 3) ** 2 - c1 / 3));
  const turned = p === 0 ? 0 : Math.acos(Math.max(-1, Math.min(1, q / p ** 3)));
  let t = 2 * p * Math.cos((Math.PI + turned) / 3) - c2 / 3;
  // Newton's steps give back the digits that the cosine took.
  for (let step = 0; step < 3; step++) {
    const slope = (3 * t + 2 * c2) * t + c1;
    const next = t - (((t + c2) * t + c1) * t + c0) / slope;
    if (!(Math.abs(next - t) < 1e-6)) break;
    t = next;
  }
  return Math.min(most, Math.max(least, t));
}

/** The end of the interval between the farthest difference there is and the one found. */
function endBetween(refused: (apart: number) => number, farthest: number, found: number): number {
  let [outer, inner] = [farthest, found];
  if (refused(outer) <= 0) return outer;
  while (true) {
    const middle = (outer + inner) / 2;
    if (middle === outer || middle === inner || Math.abs(outer - inner) < 1e-16) return middle;
    if (refused(middle) > 0) outer = middle;
    else inner = middle;
  }
}
