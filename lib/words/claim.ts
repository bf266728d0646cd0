import type { Text } from "../responses/language.ts";
import type { Finding } from "./finding.ts";
import { type Sentence, tell } from "./tell.ts";
import { tooFewAbout } from "./too_few_about.ts";
import type { ByVerdict } from "./verdict.ts";

/** A sentence of the report as a test on estimates, and what came out. */
export interface Claim extends Finding {
  /** A name that no other claim has, snake_case. */
  readonly id: string;
  /** Page of the published report. */
  readonly page: number;
  /** The sentence that these data allow. */
  readonly text: Text;
}

export interface ClaimOptions {
  readonly id: string;
  readonly page: number;
  /** What is said for each verdict, or one sentence that is true whatever the verdict. */
  readonly text: ByVerdict<Sentence> | Sentence;
  /** What {@link above}, {@link more}, {@link rises} and the like found. */
  readonly test: Finding;
}

/**
 * Makes a claim: the sentence is chosen by what its test found.
 *
 * @returns Plain data, fit for a ledger and for estimates.json.
 */
export function claim({ id, page, text, test }: ClaimOptions): Claim {
  const sentence = "holds" in text ? text[test.verdict] : text;
  return { id, page, ...test, text: tooFewAbout(tell(sentence), test.estimates) };
}

/**
 * A headline that the data choose: all three must be written, for with other data any may be true.
 *
 * @param found A claim or a finding.
 */
export function headline(
  found: Pick<Finding, "verdict">,
  texts: ByVerdict<Sentence>,
): Text {
  return tell(texts[found.verdict]);
}
