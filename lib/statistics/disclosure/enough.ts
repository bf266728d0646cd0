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

/** How many people gave one of some answers. */
export function peopleWith(people: ArrayLike<number>, places: readonly number[]): number {
  let sum = 0;
  for (const place of places) sum += people[place]!;
  return sum;
}

/**
 * Which answers are shown added up only, since too few people gave one of them.
 *
 * Whoever knows how often an answer was given in all, and in the groups of each of several variables,
 * can place the few who gave a rare one in all of them at once, and so tell who they are. So every
 * answer, or what it is added up with, must be of nobody or of enough people in every count that a
 * table is broken down from.
 *
 * A rare answer is added to the one that splits the fewest named sets, and of these the rarest: those
 * who agree strongly to those who agree, so that how many agree in all can still be shown.
 *
 * @param margins People by answer, of each part that the table breaks down.
 * @param sets The named sets, as places of answers.
 * @param least The least number of people.
 * @param options `before`: answers that are added up in what the table breaks down: adding up its groups
 *   would tell them. `isTold`: whether showing some answers added up would still tell who gave them.
 * @returns Places of answers, ascending; each list has two or more, and no place is in two.
 */
export function answersTogether(
  margins: readonly ArrayLike<number>[],
  sets: readonly (readonly number[])[],
  least: number,
  { before = [], isTold = () => false }: {
    before?: readonly (readonly number[])[];
    isTold?: (answers: readonly number[]) => boolean;
  } = {},
): number[][] {
  let blocks = joined([...Array.from(margins[0] ?? [], (_, place) => [place]), ...before]);
  const people = (block: readonly number[]) =>
    margins.reduce((sum, margin) => sum + peopleWith(margin, block), 0);
  const isRare = (block: readonly number[]) =>
    margins.some((margin) => {
      const n = peopleWith(margin, block);
      return n > 0 && n < least;
    });
  const splits = (block: readonly number[]) =>
    sets.filter((set) => isSplit([new Set(block)], set)).length;
  const byPeople = (a: readonly number[], b: readonly number[]) =>
    people(a) - people(b) || a[0]! - b[0]!;
  for (;;) {
    const [rare] = blocks.filter((block) => isRare(block) || isTold(block)).sort(byPeople);
    if (rare === undefined || blocks.length === 1) break;
    const [other] = blocks.filter((block) => block !== rare).sort((a, b) =>
      splits([...rare, ...a]) - splits([...rare, ...b]) || byPeople(a, b)
    );
    blocks = joined([...blocks, [...rare, ...other!]]);
  }
  return blocks.filter(({ length }) => length > 1);
}

/** Lists that share a place as one, each ascending, in the order of their first places. */
function joined(lists: readonly (readonly number[])[]): number[][] {
  let blocks: number[][] = [];
  for (const list of lists) {
    const touched = blocks.filter((block) => block.some((place) => list.includes(place)));
    blocks = blocks.filter((block) => !touched.includes(block));
    blocks.push([...new Set([...touched.flat(), ...list])].sort((a, b) => a - b));
  }
  return blocks.sort((a, b) => a[0]! - b[0]!);
}

/** Whether of some answers that are shown added up only one part is among these and one is not. */
export function isSplit<T>(together: readonly ReadonlySet<T>[], answers: readonly T[]): boolean {
  return together.some((block) => {
    const shared = new Set(answers.filter((answer) => block.has(answer))).size;
    return shared > 0 && shared < block.size;
  });
}
