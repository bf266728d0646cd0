import type { Source, Survey } from "../survey/survey.ts";
import { allEstimates } from "./all_estimates.ts";
import type { Domain } from "./count_answers.ts";
import type { Estimate } from "./estimate.ts";

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
  >;

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
 * @throws {InputError} Where the domain names what the codebook does not have.
 */
export function estimatesJson(
  survey: Survey,
  within: Domain = {},
): EstimatesFile {
  const { file, sha256, respondents, synthetic } = survey.source;
  return {
    source: { file, sha256, respondents, synthetic },
    estimates: allEstimates(survey, within).map(toEntry),
  };
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
