import { type Random, shuffled } from "./random.ts";

/**
 * Gives every person of a group a category so that exactly the wanted numbers come out: people are
 * sorted by score, and the first category goes to those with the highest.
 *
 * Counts thus hold whatever the scores; only who gets which answer depends on them. People who
 * "don't know" are drawn at random first.
 *
 * @param people The persons of the group.
 * @param score A person's score.
 * @param counts How many get each category, in order; they add up to the number of people.
 * @param dontKnow Position of "don't know" among the categories, or -1.
 * @param random Decides who does not know.
 * @returns Pairs of person and position of the category.
 * @throws {RangeError} If the counts do not add up.
 */
export function rankAndCut(
  people: readonly number[],
  score: (person: number) => number,
  counts: readonly number[],
  dontKnow: number,
  random: Random,
): [person: number, category: number][] {
  const wanted = counts.reduce((a, b) => a + b, 0);
  if (wanted !== people.length) {
    throw new RangeError(
      `Counts for ${wanted} people, but the group has ${people.length}`,
    );
  }
  const unknowing = counts[dontKnow] ?? 0;
  const drawn = shuffled(people, random);
  const sorted = drawn.slice(unknowing)
    .sort((a, b) => score(b) - score(a) || a - b);
  const dealt: [number, number][] = drawn.slice(0, unknowing)
    .map((person) => [person, dontKnow]);
  let next = 0;
  for (const [category, count] of counts.entries()) {
    if (category === dontKnow) continue;
    for (const person of sorted.slice(next, next + count)) {
      dealt.push([person, category]);
    }
    next += count;
  }
  return dealt;
}
