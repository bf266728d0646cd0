import { inEveryLanguage, type Text } from "../responses/language.ts";
import type { Survey } from "../responses/survey.ts";
import { adjustedTogether, allClaims } from "./claims.ts";
import { plainProse } from "./prose.ts";
import type { Verdict } from "../statistics/verdict.ts";

/** A claim as it stands in estimates.json. */
export interface ClaimJson {
  readonly id: string;
  /** Page of the published report. */
  readonly page: number;
  /** What these answers say of the published statement. */
  readonly verdict: Verdict;
  /** Whether the answers themselves are as it says; null where there is nothing to show. */
  readonly in_sample: boolean | null;
  /** Two-sided p-value of the test behind the verdict, and adjusted with those of all statements. */
  readonly p: number | null;
  readonly p_adjusted: number | null;
  /** What the published report says, in our words. */
  readonly said: Text;
  /** What these answers show. */
  readonly text: Text;
  /** What was tested. */
  readonly condition: Text;
  /** The interval or test behind the verdict. */
  readonly evidence: Text;
}

/** Every statement of the published report as it stands in estimates.json, in page order. */
export function claimsJson(survey: Survey): ClaimJson[] {
  const claims = allClaims(survey);
  const adjusted = adjustedTogether(claims);
  return claims
    .map(({ id, page, verdict, in_sample, p, said, text, condition, evidence }) => ({
      id,
      page,
      verdict,
      in_sample,
      p,
      p_adjusted: adjusted.get(id) ?? null,
      said,
      text: inEveryLanguage((language) => plainProse(text[language])),
      condition,
      evidence,
    }));
}
