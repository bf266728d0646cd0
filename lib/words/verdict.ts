import type { Text } from "../responses/language.ts";

/**
 * What the answers say of a claim. `cannot_be_told`: from this many answers; more could tell.
 */
export type Verdict = "holds" | "does_not_hold" | "cannot_be_told";

/** One thing for each verdict; a missing one is a type error. */
export type ByVerdict<T> = Readonly<Record<Verdict, T>>;

/** The verdicts in words, fit to stand alone. */
export const VERDICT_WORDS: ByVerdict<Text> = {
  holds: { da: "holder", en: "holds" },
  does_not_hold: { da: "holder ikke", en: "does not hold" },
  cannot_be_told: { da: "kan ikke afgøres", en: "cannot be told" },
};

/** The verdicts as signs. They stand beside the words, never alone. */
export const VERDICT_SIGNS: ByVerdict<string> = {
  holds: "✓",
  does_not_hold: "✗",
  cannot_be_told: "?",
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
