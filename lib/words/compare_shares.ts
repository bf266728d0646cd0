import type { Language } from "../responses/language.ts";
import { inPercent } from "./choose_fraction.ts";
import { type Difference, isWithinChance } from "./difference.ts";

/** How one share lies to another, from far fewer to far more. */
export type Comparison =
  | "far_fewer"
  | "fewer"
  | "almost_as_many"
  | "as_many"
  | "slightly_more"
  | "more"
  | "far_more";

const WORDS: Readonly<Record<Language, Readonly<Record<Comparison, string>>>> = {
  da: {
    far_fewer: "markant færre",
    fewer: "færre",
    almost_as_many: "næsten lige så mange",
    as_many: "omtrent lige så mange",
    slightly_more: "lidt flere",
    more: "flere",
    far_more: "markant flere",
  },
  en: {
    far_fewer: "far fewer",
    fewer: "fewer",
    almost_as_many: "almost as many",
    as_many: "about as many",
    slightly_more: "slightly more",
    more: "more",
    far_more: "far more",
  },
};

const CHANCE: Readonly<Record<Language, string>> = {
  da: " (forskellen kan være tilfældig)",
  en: " (the difference may be due to chance)",
};

/**
 * How the first of two shares lies to the second.
 *
 * | difference | compared |
 * |---|---|
 * | less than 1 point | as many |
 * | at most 7 points, and the smaller at least three quarters of the larger | almost as many, slightly more |
 * | 15 points or more, or 5 and the larger at least twice the smaller | far fewer, far more |
 * | anything else | fewer, more |
 *
 * The thresholds are about size only; whether chance explains a difference is for a test to say.
 *
 * @param first 0 to 1.
 * @param second 0 to 1.
 * @throws {RangeError} If one is not a share.
 */
export function compareShares(first: number, second: number): Comparison {
  for (const share of [first, second]) {
    if (!(share >= 0 && share <= 1)) {
      throw new RangeError(`A share must be from 0 to 1, not ${share}`);
    }
  }
  const less = first < second;
  const [smaller, larger] = less ? [first, second] : [second, first];
  const points = inPercent(larger - smaller);
  if (points < 1) return "as_many";
  if (points >= 15 || (points >= 5 && inPercent(larger) >= inPercent(2 * smaller))) {
    return less ? "far_fewer" : "far_more";
  }
  if (points <= 7 && inPercent(smaller) >= inPercent(0.75 * larger)) {
    return less ? "almost_as_many" : "slightly_more";
  }
  return less ? "fewer" : "more";
}

/**
 * The words of a comparison: `næsten lige så mange`, `far more`. Where a test is given and leaves
 * room for no difference, they say so.
 *
 * @param first 0 to 1.
 * @param second 0 to 1.
 * @param tested The difference of the two, with its interval.
 */
export function comparisonPhrase(
  first: number,
  second: number,
  language: Language,
  tested?: Difference | null,
): string {
  const comparison = compareShares(first, second);
  const chance = tested && comparison !== "as_many" && isWithinChance(tested);
  return WORDS[language][comparison] + (chance ? CHANCE[language] : "");
}
