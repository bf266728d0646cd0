import { type Count, isLinearised, type Sample } from "./counts.ts";
import { shareVariance } from "./linearised_variance.ts";
import { degreesOfFreedom, designEffect, kornGraubardInterval } from "./weighted_intervals.ts";

/**
 * Why a share is less reliable than it looks, after NCHS: `few` an effective sample of fewer than 30,
 * `wide` an interval of 30 points or more, `relative` one of more than 130 per cent of the share,
 * `complement` of more than 130 per cent of what is left of it, `freedom` fewer than 8 degrees of freedom,
 * `extreme` nobody or everybody.
 */
export type ReliabilityFlag = "few" | "wide" | "relative" | "complement" | "freedom" | "extreme";

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
