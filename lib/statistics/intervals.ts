import { type Count, isLinearised, occupiedStrata, type Sample } from "./counts.ts";
import {
  betaQuantile,
  normalQuantile,
  normalUpperTail,
  studentTUpperQuantile,
} from "./distributions.ts";
import { endless, finitePopulationCorrection, shareVariance } from "./linearised_variance.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Wilson's score interval of a share, with finite population correction.
 *
 * The interval is every share P that a two-sided score test does not refuse: |p − P| ≤ z·√V(P),
 * V(P) = P(1−P)/n · (N−n)/(N−1), the exact variance without replacement. That is Wilson's interval for
 * n(N−1)/(N−n) people, and the point p where n = N. Who answered is taken as drawn at random.
 * Sources: E. B. Wilson (1927), JASA 22, 209–212; W. G. Cochran (1977), Sampling Techniques, 3rd ed.,
 * theorem 3.2 and section 2.6. In R, without a population: `prop.test(count, n, correct = FALSE)$conf.int`.
 *
 * @param count People in the category, 0 to n. Neither need be whole (an effective sample's is not).
 * @param options `population`: how many people the n are drawn from, null for an endless number; of a part
 *   of a sample that of {@link populationOfPart}. `level`: of confidence.
 * @throws {RangeError} Where a number is outside its range, or n above the population.
 */
export function wilsonInterval(
  count: number,
  n: number,
  { population = null, level = 0.95 }: { population?: number | null; level?: number } = {},
): Interval {
  if (!(n > 0 && n < Infinity && count >= 0 && count <= n)) {
    throw new RangeError(`There is no share of ${count} of ${n}`);
  }
  if (!(level > 0 && level < 1)) throw new RangeError(`A level is between 0 and 1: ${level}`);
  // Also refuses a population that is smaller than its sample.
  finitePopulationCorrection(n, population);
  const share = count / n;
  // Above N = n the divisor is above 0; N ≤ 1 has no variance to speak of.
  if (population !== null && (population === n || population <= 1)) {
    return { low: share, high: share };
  }
  const people = population === null || population === Infinity
    ? n
    : n * (population - 1) / (population - n);
  const z = normalQuantile((1 + level) / 2);
  const spread = z * z / people;
  const centre = share + spread / 2;
  const half = z * Math.sqrt(share * (1 - share) / people + spread / people / 4);
  return {
    low: count === 0 ? 0 : Math.max(0, (centre - half) / (1 + spread)),
    high: count === n ? 1 : Math.min(1, (centre + half) / (1 + spread)),
  };
}

/**
 * The estimated size of the population's part that n of a sample stand for: n times population over
 * sample (Cochran 1977, section 2.11, the size of a domain); null where the population is endless.
 *
 * @throws {RangeError} Where n is above the sample, or the sample above the population.
 */
export function populationOfPart(
  n: number,
  sample: number,
  population: number | null,
): number | null {
  if (!(n >= 0 && n <= sample && sample > 0)) {
    throw new RangeError(`A part of ${n} is not within a sample of ${sample}`);
  }
  finitePopulationCorrection(sample, population);
  // Rounding must not make the part larger than its population.
  return population === null ? null : Math.max(n, n * (population / sample));
}

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

/**
 * A share with the interval that the project shows by default: Wilson's with finite population
 * correction, and the same for the effective sample size where people have weights or were drawn by strata.
 *
 * @throws {RangeError} Where the base is empty or the part is not within it.
 */
export function shareOf(
  part: Count,
  base: Count,
  sample: Sample,
): Interval & { readonly share: number } {
  const { confidence: level } = sample;
  if (isLinearised(sample)) {
    const size = effectiveSize(part, base, sample);
    // Sums of weights may differ in their last digits with the order of the terms.
    const share = Math.min(1, part.w / base.w);
    return { share, ...effectiveWilsonInterval(share, size, level) };
  }
  const population = populationOfPart(base.n, sample.respondents, sample.invited);
  return {
    share: part.n / base.n,
    ...wilsonInterval(part.n, base.n, { population, level }),
  };
}

/**
 * The number of people whose unweighted answers, from an endless population, would tell the share
 * as exactly: p(1−p)/V. Where nobody or everybody agrees V is 0, and Kish's number W²/Σw², with
 * the finite population correction, stands in; Infinity where the whole population answered.
 * Source: E. L. Korn & B. I. Graubard (1998), Survey Methodology 24, 193–201; L. Kish (1965), Survey
 * Sampling, 11.7.
 *
 * @throws {RangeError} As `shareVariance()`.
 */
export function effectiveSize(part: Count, base: Count, sample: Sample): number {
  // Also refuses a part that is not within its base.
  const variance = shareVariance(part, base, sample) ?? 0;
  const varies = part.n > 0 && part.n < base.n;
  const { respondents, invited, strata } = sample;
  const correction = strata === undefined
    ? finitePopulationCorrection(respondents, invited)
    : strata.every(({ respondents, invited }) => respondents === invited)
    ? 0
    : 1;
  if (correction === 0) return Infinity;
  if (!varies || variance === 0) return base.w ** 2 / base.w2 / correction;
  const share = part.w / base.w;
  return share * (1 - share) / variance;
}

/** Wilson's interval for an effective sample size; a point where that is Infinity. */
function effectiveWilsonInterval(share: number, size: number, level: number): Interval {
  if (size === Infinity) return { low: share, high: share };
  return wilsonInterval(Math.min(size, share * size), size, { level });
}

/**
 * The logit interval of a weighted share, logit⁻¹(logit p ± t·√V/(p(1−p))), t of people less strata; null where
 * it is infinite or has no degree of freedom. In R `survey`: `svyciprop(method = "xlogit")`.
 */
export function logitInterval(
  part: Count,
  base: Count,
  sample: Sample,
): Interval | null {
  const variance = shareVariance(part, base, sample);
  const df = degreesOfFreedom(base, sample);
  const share = part.w / base.w;
  if (variance === null || df < 1 || !(share > 0 && share < 1)) return null;
  const middle = Math.log(share / (1 - share));
  const half = studentTUpperQuantile((1 - sample.confidence) / 2, df) *
    Math.sqrt(variance) / (share * (1 - share));
  const back = (logit: number) => 1 / (1 + Math.exp(-logit));
  return { low: back(middle - half), high: back(middle + half) };
}

/**
 * Korn and Graubard's interval of a weighted share: Clopper and Pearson's for `effectiveSize()` times (t of n−1
 * degrees of freedom over t of n−H)². It never covers less often than it says. In R `survey`:
 * `svyciprop(method = "beta")`. Source: E. L. Korn & B. I. Graubard (1998), Survey Methodology 24, 193–201.
 */
export function kornGraubardInterval(part: Count, base: Count, sample: Sample): Interval {
  const tail = (1 - sample.confidence) / 2;
  const size = effectiveSize(part, base, sample) * freedomLost(base, sample, tail);
  const share = Math.min(1, part.w / base.w);
  if (size === Infinity) return { low: share, high: share };
  const [yes, no] = [share * size, (1 - share) * size];
  return {
    low: share === 0 ? 0 : betaQuantile(tail, yes, no + 1).x,
    high: share === 1 ? 1 : betaQuantile(tail, yes + 1, no, "upper").x,
  };
}

/**
 * The design effect of a weighted share, V/(p(1−p)/(n−1)), both without finite population correction; null
 * where nobody or everybody agrees. In R `survey`: `svymean(…, deff = "replace")` of a design without `fpc`.
 */
export function designEffect(part: Count, base: Count, sample: Sample): number | null {
  const variance = shareVariance(part, base, endless(sample));
  const share = part.w / base.w;
  if (variance === null || !(share > 0 && share < 1)) return null;
  return variance * (base.n - 1) / (share * (1 - share));
}

/**
 * Kish's design effect of weights, n·Σw²/(Σw)², and the effective number of people, n divided by it.
 * Source: L. Kish (1992), Weighting for unequal Pi, Journal of Official Statistics 8, 183–200.
 *
 * @throws {RangeError} Where there is nobody.
 */
export function kishDesignEffect({ n, w, w2 }: Count): {
  designEffect: number;
  effective: number;
} {
  if (!(n > 0 && w > 0)) throw new RangeError("Nobody has no design effect");
  return { designEffect: n * w2 / w ** 2, effective: w ** 2 / w2 };
}

/** People less strata: what a variance has been estimated from. */
function degreesOfFreedom(base: Count, sample: Sample): number {
  return base.n - occupiedStrata(sample, base.parts?.map(({ n }) => n));
}

/** What strata take from the effective size; nothing where they leave no degree of freedom. */
function freedomLost(base: Count, sample: Sample, tail: number): number {
  const df = degreesOfFreedom(base, sample);
  if (df < 1 || df === base.n - 1) return 1;
  return (studentTUpperQuantile(tail, base.n - 1) / studentTUpperQuantile(tail, df)) ** 2;
}

/**
 * Why a share is less reliable than it looks, after NCHS: `few` an effective sample of fewer than 30,
 * `wide` an interval of 30 points or more, `relative` one of more than 130 per cent of the share,
 * `complement` of more than 130 per cent of what is left of it, `freedom` fewer than 8 degrees of freedom,
 * `extreme` nobody or everybody.
 */
type ReliabilityFlag = "few" | "wide" | "relative" | "complement" | "freedom" | "extreme";

/** Whether a share would not be published by the standard; see {@link reliability}. */
export function isUncertain({ precision }: { readonly precision?: Precision }): boolean {
  return precision?.flags.some((flag) => ["few", "wide", "relative"].includes(flag)) ?? false;
}

/** What the reliability of a share is judged by. */
export interface Judged {
  /** 0 to 1. */
  readonly share: number;
  /** Unweighted number of people who were asked and answered. */
  readonly n: number;
  /** p(1−p) over the squared standard error. */
  readonly effective: number;
  readonly degreesOfFreedom: number;
  /** How wide Korn and Graubard's interval is; asked for where it decides. */
  readonly width: () => number;
}

/**
 * NCHS's presentation standards for proportions: a share with `few`, `wide` or `relative` would not be
 * published there; the others ask for a second look. Nothing is hidden by it here: that is for what
 * protects people.
 *
 * In R: `surveytable` (CDC), whose rules these are, with a share of 0 or 1 standing for as many people as
 * there are. Source: J. D. Parker et al. (2017), National Center for Health Statistics Data Presentation
 * Standards for Proportions, Vital and Health Statistics 2(175).
 *
 * @returns Of the first three at most one, in this order, and then those of the others that hold.
 */
export function reliability(
  { share, n, effective, degreesOfFreedom, width }: Judged,
): ReliabilityFlag[] {
  const isExtreme = share === 0 || share === 1;
  const size = isExtreme ? n : Math.min(n, effective);
  if (size < 30) return ["few"];
  const wide = isExtreme ? 0 : width();
  if (wide >= 0.3) return ["wide"];
  const isSharp = wide <= 0.05;
  if (!isSharp && wide / share > 1.3) return ["relative"];
  return [
    ...!isSharp && wide / (1 - share) > 1.3 ? ["complement" as const] : [],
    ...degreesOfFreedom < 8 ? ["freedom" as const] : [],
    ...isExtreme ? ["extreme" as const] : [],
  ];
}

/** The standards' own confidence, whatever that of the intervals is. */
const STANDARD = 0.95;

/** How exactly a share is known. */
export interface Precision {
  /** Standard error, in shares, with finite population correction; null of a single respondent. */
  readonly se: number | null;
  /** Design effect; 1 without weights and strata, null where nobody or everybody agrees. */
  readonly deff: number | null;
  /** n over the design effect: as many unweighted answers drawn at random would tell as much. */
  readonly effective: number | null;
  /** Sum of the weights of those who were asked and answered; n without weights. */
  readonly base: number;
  readonly flags: readonly ReliabilityFlag[];
}

/**
 * The precision of a share. In R `survey`: `SE(svymean())`, `deff()` of a design without `fpc`.
 *
 * @throws {RangeError} Where the base is empty or the part is not within it.
 */
export function precisionOf(part: Count, base: Count, sample: Sample): Precision {
  const variance = shareVariance(part, base, sample);
  const share = isLinearised(sample) ? Math.min(1, part.w / base.w) : part.n / base.n;
  const deff = isLinearised(sample)
    ? designEffect(part, base, sample)
    : part.n > 0 && part.n < base.n
    ? 1
    : null;
  return {
    se: variance === null ? null : Math.sqrt(variance),
    deff,
    effective: deff === null ? null : base.n / deff,
    base: base.w,
    flags: reliability({
      share: part.n === 0 ? 0 : part.n === base.n ? 1 : share,
      n: base.n,
      effective: variance ? share * (1 - share) / variance : Infinity,
      degreesOfFreedom: degreesOfFreedom(base, sample),
      width: () => {
        const { low, high } = kornGraubardInterval(part, base, { ...sample, confidence: STANDARD });
        return high - low;
      },
    }),
  };
}
