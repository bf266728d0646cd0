import type { Survey } from "../responses/survey.ts";
import { summaryConclusionClaims } from "./summary_conclusion_claims.ts";
import { summaryPressureClaims } from "./summary_pressure_claims.ts";
import { summarySituationClaims } from "./summary_situation_claims.ts";

/** What the report says on pages 4 to 6: the situation, the approach, and four main conclusions. */
export function summaryClaims(survey: Survey) {
  return {
    ...summarySituationClaims(survey),
    ...summaryPressureClaims(survey),
    ...summaryConclusionClaims(survey),
  };
}
