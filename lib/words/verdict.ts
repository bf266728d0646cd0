/**
 * What the answers say of a statement of the published report. `cannot_be_told`: too uncertain to say
 * from this many answers; more could tell. `interviews`: said in interviews, which measure nothing.
 * `stated`: told about the study, and no answer to the questionnaire.
 */
export type Verdict = "holds" | "does_not_hold" | "cannot_be_told" | "interviews" | "stated";

/** The verdicts in the order in which they are told. */
export const VERDICTS: readonly Verdict[] = [
  "holds",
  "does_not_hold",
  "cannot_be_told",
  "interviews",
  "stated",
];

/** The verdicts as signs. They stand beside the words, never alone. */
export const VERDICT_SIGNS: Readonly<Record<Verdict, string>> = {
  holds: "✓",
  does_not_hold: "✗",
  cannot_be_told: "?",
  interviews: "„“",
  stated: "i",
};

/**
 * All of several: broken if one is, else untold if one is, else it holds. None at all hold.
 */
export function allVerdicts(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("does_not_hold")) return "does_not_hold";
  if (verdicts.includes("cannot_be_told")) return "cannot_be_told";
  return "holds";
}

/**
 * The verdict on "it is above the value", from the interval: holds if all of it lies above, does
 * not hold if none of it does, else it cannot be told.
 */
export function verdictAbove(
  { low, high }: { readonly low: number; readonly high: number },
  value: number,
): Verdict {
  if (low > value) return "holds";
  if (high <= value) return "does_not_hold";
  return "cannot_be_told";
}
