import type { Sample } from "../counts.ts";

/** The limits of disclosure control, where a sample does not say otherwise. */
export function limitsOf({ leastBase, leastAnswer, leastOthers }: Sample) {
  return {
    leastBase,
    leastAnswer: leastAnswer ?? leastBase,
    leastOthers: leastOthers ?? Math.max(0, Math.min(2, leastBase - 1)),
  };
}

/**
 * Whether people may be shown, or follow from what is: nobody, or the least base; and of a small
 * group, enough who gave another answer than most, so that neither an outsider nor one of them can
 * tell what all the others answered. Where hardly anybody of everyone did, a part of them says nothing
 * new.
 *
 * @param people By answer.
 * @param everyone All who answered the question, by answer.
 */
export function isEnough(
  people: ArrayLike<number>,
  everyone: ArrayLike<number>,
  sample: Sample,
): boolean {
  const { leastBase, leastOthers } = limitsOf(sample);
  const [n, others] = othersOf(people);
  if (n === 0) return true;
  return n >= leastBase &&
    (n >= SMALL_GROUP * leastBase || others >= leastOthers ||
      othersOf(everyone)[1] < leastOthers);
}

/** A group of so many times the least base is large: what all of it answer is said of nobody. */
export const SMALL_GROUP = 10;

/** How many people there are, and how many of them gave another answer than most. */
function othersOf(people: ArrayLike<number>): [n: number, others: number] {
  let [n, most] = [0, 0];
  for (let i = 0; i < people.length; i++) {
    n += people[i]!;
    most = Math.max(most, people[i]!);
  }
  return [n, n - most];
}
