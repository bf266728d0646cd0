import { type Estimate, isShown, wholePercent } from "../statistics/estimate.ts";
import type { NumberEstimate } from "../statistics/number_estimates.ts";
import type { Base } from "../responses/codebook.ts";
import type { Text } from "../responses/language.ts";
import { isNumberEstimate } from "./format_number.ts";
import {
  type Association,
  associationOutcome,
  type Contrast,
  contrastOutcome,
  type FromPopulation,
  type Part,
  type Trend,
  trendOutcome,
} from "../statistics/outcome.ts";

/** An estimate that knows how the people it is of are called. */
export type NamedEstimate = Estimate & { readonly who?: Base };

/** What a message can be given. */
export type Value =
  | NamedEstimate
  | NumberEstimate
  | Contrast
  | Trend
  | Association
  | Part
  | FromPopulation
  | Difference
  | { readonly low: number; readonly high: number }
  | Counted
  | Besides
  | Text
  | readonly (Text | string)[]
  | string
  | number
  | null;

/** A difference of two shares, or of anything else in shares, with its interval where it has one. */
export interface Difference {
  /** −1 to 1. */
  readonly difference: number;
  readonly low?: number;
  readonly high?: number;
}

/** An answer that at least half gave. */
export interface Besides {
  readonly answer: Text;
  readonly given: NamedEstimate;
}

/** Something that rests on so many people. */
export interface Counted {
  readonly n: number;
  readonly weighted: boolean;
}

export const isEstimate = (value: unknown): value is NamedEstimate =>
  has(value, "suppressed") && has(value, "share");
export const isContrast = (value: unknown): value is Contrast => has(value, "tested");
export const isTrend = (value: unknown): value is Trend => has(value, "between");
export const isAssociation = (value: unknown): value is Association => has(value, "gamma");
export const isPart = (value: unknown): value is Part => has(value, "whole");
export const isFromPopulation = (value: unknown): value is FromPopulation =>
  has(value, "deviation");

/** The estimates that a value is made of. */
export function estimatesOf(value: unknown): readonly NamedEstimate[] {
  if (isEstimate(value)) return [value];
  // As much of it as tells what it is of, and whether it may be shown.
  if (isNumberEstimate(value)) return [value as unknown as NamedEstimate];
  if (isContrast(value)) return [value.first, value.second];
  return isTrend(value) ? value.groups : [];
}

/** What a value came out as, for the variants of a message; its own words where it has no kinds. */
export function outcomeOf(value: unknown): string {
  if (isContrast(value)) {
    const { first, second } = value;
    const outcome = contrastOutcome(value);
    // Of two shares that print the same no difference is said to be due to chance.
    return outcome === "uncertain" && isShown(first) && isShown(second) &&
        wholePercent(first.share) === wholePercent(second.share)
      ? "same"
      : outcome;
  }
  if (isTrend(value)) return trendOutcome(value);
  if (isAssociation(value)) return associationOutcome(value);
  if (isPart(value)) {
    if (value.part === null) return "unknown";
    return value.part === value.whole ? "all" : value.part === 0 ? "none" : "some";
  }
  if (isFromPopulation(value)) {
    return value.deviation === null ? "unknown" : value.deviation.assumed ? "assumed" : "known";
  }
  if (has(value, "difference") && has(value, "low")) {
    return contrastOutcome({ tested: value as Contrast["tested"] });
  }
  return value === null ? "unknown" : String(value);
}

function has(value: unknown, key: string): boolean {
  return typeof value === "object" && value !== null && key in value;
}
