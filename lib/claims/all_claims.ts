import type { Claim } from "../words/claim.ts";
import { type Ledger, ledgerOf } from "../words/ledger.ts";
import type { Survey } from "../responses/survey.ts";
import { balancingClaims } from "./balancing_claims.ts";
import { cooperationClaims } from "./cooperation_claims.ts";
import { decisionClaims } from "./decision_claims.ts";
import { draftClaims } from "./draft_claims.ts";
import { interviewClaims } from "./interview_claims.ts";
import { leadershipClaims } from "./leadership_claims.ts";
import { methodClaims } from "./method_claims.ts";
import { summaryClaims } from "./summary_claims.ts";
import { timeAndWorkloadClaims } from "./time_and_workload_claims.ts";
import { wellbeingClaims } from "./wellbeing_claims.ts";

/** The claims of each notebook, made from the answers, and the heading that they stand below. */
const MAKERS: readonly {
  readonly make: (survey: Survey) => Readonly<Record<string, Claim>>;
  readonly section: string | ((claim: Claim) => string);
}[] = [
  { make: summaryClaims, section: "summary-claims" },
  {
    make: interviewClaims,
    section: ({ page }) => page === 19 ? "coping-claims" : "kinds-and-sources-claims",
  },
  { make: draftClaims, section: "drafts-claims" },
  { make: balancingClaims, section: "balancing-claims" },
  { make: decisionClaims, section: "rulings-claims" },
  { make: timeAndWorkloadClaims, section: "time-and-workload-claims" },
  { make: leadershipClaims, section: "leadership-claims" },
  { make: cooperationClaims, section: "cooperation-claims" },
  { make: wellbeingClaims, section: "wellbeing-claims" },
  { make: methodClaims, section: "method-claims" },
];

/** A claim and where the report shows it. */
export interface PlacedClaim {
  readonly claim: Claim;
  /** The id of the heading that it stands below. */
  readonly section: string;
}

/** Every statement of the report as a claim on these answers, in page order. */
export function allClaims(survey: Survey): Ledger {
  return ledgerOf(placedClaims(survey).map(({ claim }) => claim));
}

/** The same claims, notebook by notebook, each with its place in the report. */
export function placedClaims(survey: Survey): PlacedClaim[] {
  return MAKERS.flatMap(({ make, section }) =>
    Object.values(make(survey)).map((claim) => ({
      claim,
      section: typeof section === "string" ? section : section(claim),
    }))
  );
}
