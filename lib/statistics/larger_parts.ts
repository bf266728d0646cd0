import type { Survey } from "../survey/survey.ts";
import type { Domain } from "./count_answers.ts";

/** A part of the respondents that a report may be about. */
export interface Part {
  readonly survey: Survey;
  readonly within: Domain;
}

/**
 * The larger parts that a part of the respondents can be compared with by subtraction: everyone; what
 * each of several conditions alone would leave; and, where the survey is restricted and the call
 * restricts it further, the restricted survey.
 */
export function largerParts(survey: Survey, within: Domain): Part[] {
  const { within: own = {}, ...whole } = survey;
  const conditions = [own, within].flatMap((domain) => Object.entries(domain));
  if (conditions.length === 0) return [];
  const everyone = { survey: whole, within: {} };
  if (conditions.length === 1) return [everyone];
  const each = conditions.map(([variable, among]) => ({
    survey: whole,
    within: { [variable]: among },
  }));
  const isNarrowed = Object.keys(own).length > 0 && Object.keys(within).length > 0;
  return [everyone, ...each, ...isNarrowed ? [{ survey, within: {} }] : []];
}
