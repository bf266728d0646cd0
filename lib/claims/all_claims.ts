import type { Claim } from "../narrative/claim.ts";
import { type Ledger, ledgerOf } from "../narrative/ledger.ts";
import type { Survey } from "../survey/survey.ts";
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

/** The claims of each notebook, made from the answers. */
const MAKERS: readonly ((survey: Survey) => Readonly<Record<string, Claim>>)[] = [
  summaryClaims,
  interviewClaims,
  draftClaims,
  balancingClaims,
  decisionClaims,
  timeAndWorkloadClaims,
  leadershipClaims,
  cooperationClaims,
  wellbeingClaims,
  methodClaims,
];

/** Every statement of the report as a claim on these answers, in page order. */
export function allClaims(survey: Survey): Ledger {
  return ledgerOf(MAKERS.flatMap((make) => Object.values(make(survey))));
}
