import type { Survey } from "../survey/survey.ts";
import type { Domain } from "./count_answers.ts";
import { baseOf, type Counts } from "./counts.ts";

/** A part of the respondents that a report may be about. */
export interface Part {
  readonly survey: Survey;
  readonly within: Domain;
}

/**
 * The larger parts that a part of the respondents can be compared with by subtraction: everyone and,
 * where the survey is restricted and the call restricts it further, what only one of the two does.
 */
export function largerParts(survey: Survey, within: Domain): Part[] {
  const { within: own, ...whole } = survey;
  const restricts = (domain: Domain | undefined) => Object.keys(domain ?? {}).length > 0;
  if (!restricts(own) && !restricts(within)) return [];
  const everyone = { survey: whole, within: {} };
  if (!restricts(own) || !restricts(within)) return [everyone];
  return [everyone, { survey, within: {} }, { survey: whole, within }];
}

/** Counts with, for each larger part, how many of it by group answered and are not in them. */
export function withRests(counts: Counts, larger: readonly Counts[]): Counts {
  if (larger.length === 0) return counts;
  const rests = larger.map((part) =>
    Float64Array.from(
      counts.groups,
      (group) => baseOf(part, group).n - baseOf(counts, group).n,
    )
  );
  return { ...counts, rests };
}
