import type { Source, Survey } from "../responses/survey.ts";
import { allEstimates } from "./estimates.ts";
import type { Domain } from "./domain.ts";
import type { Estimate } from "./estimate.ts";
import type { EarlierEstimate } from "./moved_most.ts";
import type { Change, Family, WaveChanges } from "./wave_changes.ts";

/** An estimate as it stands in estimates.json: a set or a category, not both. */
export type EstimateEntry =
  & { readonly question: string; readonly base: string }
  & ({ readonly set: string } | { readonly category: string })
  & {
    readonly group: { readonly variable: string; readonly category: string } | null;
  }
  & Pick<
    Estimate,
    "n" | "count" | "share" | "low" | "high" | "weighted" | "suppressed"
  >
  & {
    /** With an earlier wave: null where either wave hides the estimate or has not got it. */
    readonly change?: ChangeEntry | null;
  };

/** The change of an estimate since an earlier wave as it stands in estimates.json, in shares. */
export interface ChangeEntry {
  /** The earlier estimate; without a count where only its share was published. */
  readonly before: Pick<EarlierEstimate, "n" | "count" | "share" | "low" | "high" | "weighted">;
  /** Now minus before, and the ends of its interval. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly p: number | null;
  /** Adjusted for all changes of the family. */
  readonly p_adjusted: number | null;
  /**
   * What is tested together: `main`, the main set of every question; `other`, all other shares of
   * everyone; `groups`, one share in all groups of all variables.
   */
  readonly family: Family;
  readonly moved: "up" | "down" | "none";
}

/** What estimates.json holds. */
export interface EstimatesFile {
  readonly source: Source;
  readonly estimates: EstimateEntry[];
}

/**
 * What estimates.json holds, ready for `JSON.stringify`.
 *
 * @param survey The survey.
 * @param within Only these respondents.
 * @param changes What has changed since an earlier wave, where there is one.
 * @throws {InputError} Where the domain names what the codebook does not have.
 * @throws {RangeError} Where a number is none: JSON would write it as null, as if it were hidden.
 */
export function estimatesJson(
  survey: Survey,
  within: Domain = {},
  changes: Pick<WaveChanges, "changeOf"> | null = null,
): EstimatesFile {
  const { file, sha256, respondents, synthetic } = survey.source;
  return {
    source: { file, sha256, respondents, synthetic },
    estimates: allEstimates(survey, within).map((estimate) => {
      const entry = toEntry(estimate);
      const change = changes && toChange(changes.changeOf(estimate));
      // Of a suppressed estimate the number of people may be hidden too: null in JSON, as it should be.
      const { n: _, ...others } = entry;
      requireNumbers(entry.suppressed ? others : entry, entry.question);
      for (const values of change ? [change, change.before] : []) {
        requireNumbers(values, entry.question);
      }
      return { ...entry, ...changes && { change } };
    }),
  };
}

function requireNumbers(values: object, question: string): void {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === "number" && !Number.isFinite(value)) {
      throw new RangeError(`The ${name} of an estimate of ${question} is ${value}`);
    }
  }
}

function toEntry(estimate: Estimate): EstimateEntry {
  const { question, set, category, base, variable, group } = estimate;
  const { n, count, share, low, high, weighted, suppressed } = estimate;
  return {
    question,
    ...(set === null ? { category: category ?? "" } : { set }),
    base,
    group: variable === null || group === null ? null : { variable, category: group },
    n,
    count,
    share,
    low,
    high,
    weighted,
    suppressed,
  };
}

function toChange(change: Change | null): ChangeEntry | null {
  if (change === null) return null;
  const { before, difference, low, high, pValue, adjusted, family, moved } = change;
  return {
    before: {
      n: before.n,
      count: before.count,
      share: before.share,
      low: before.low,
      high: before.high,
      weighted: before.weighted,
    },
    difference,
    low,
    high,
    p: pValue,
    p_adjusted: adjusted,
    family,
    moved,
  };
}
