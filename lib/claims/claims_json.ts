import { inEveryLanguage, type Text } from "../responses/language.ts";
import { plainProse } from "../words/prose.ts";
import type { Verdict } from "../words/verdict.ts";
import type { Survey } from "../responses/survey.ts";
import { allClaims } from "./all_claims.ts";

/** A claim as it stands in estimates.json. */
export interface ClaimEntry {
  readonly id: string;
  /** Page of the published report. */
  readonly page: number;
  readonly verdict: Verdict;
  /** Whether the answers themselves are as the claim says; null where there is nothing to show. */
  readonly in_sample: boolean | null;
  /** The sentence that these answers allow. */
  readonly text: Text;
  /** What was tested. */
  readonly condition: Text;
  /** The interval or test behind the verdict. */
  readonly evidence: Text;
}

/** Every statement of the report as it stands in estimates.json, in page order. */
export function claimsJson(survey: Survey): ClaimEntry[] {
  return allClaims(survey)
    .map(({ id, page, verdict, in_sample, text, condition, evidence }) => ({
      id,
      page,
      verdict,
      in_sample,
      text: inEveryLanguage((language) => plainProse(text[language])),
      condition,
      evidence,
    }));
}
