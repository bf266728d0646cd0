import type { Text } from "../responses/language.ts";
import type { Estimate } from "../statistics/estimate.ts";
import type { Verdict } from "./verdict.ts";

/** What a test of a claim found. */
export interface Finding {
  readonly verdict: Verdict;
  /** What was tested, computed from the test: "above 40%". */
  readonly condition: Text;
  /** The estimates with their intervals, or the test behind the verdict, or why there is none. */
  readonly evidence: Text;
  /**
   * Whether the answers themselves are as the claim says, whatever chance allows; null where there
   * is nothing to show.
   */
  readonly in_sample: boolean | null;
  /** The estimates that the test rests on, suppressed ones included. */
  readonly estimates: readonly Estimate[];
}
