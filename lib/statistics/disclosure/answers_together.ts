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
 * @param before Answers that are added up in what the table breaks down: adding up its groups would
 *   tell them.
 * @returns Places of answers, ascending; each list has two or more, and no place is in two.
 */
export function answersTogether(
  margins: readonly ArrayLike<number>[],
  sets: readonly (readonly number[])[],
  least: number,
  before: readonly (readonly number[])[] = [],
): number[][] {
  let blocks = joined([...Array.from(margins[0] ?? [], (_, place) => [place]), ...before]);
  const inMargin = (block: readonly number[], margin: ArrayLike<number>) =>
    block.reduce((sum, place) => sum + margin[place]!, 0);
  const people = (block: readonly number[]) =>
    margins.reduce((sum, margin) => sum + inMargin(block, margin), 0);
  const isRare = (block: readonly number[]) =>
    margins.some((margin) => {
      const n = inMargin(block, margin);
      return n > 0 && n < least;
    });
  const splits = (block: readonly number[]) =>
    sets.filter((set) => isSplit([new Set(block)], set)).length;
  const byPeople = (a: readonly number[], b: readonly number[]) =>
    people(a) - people(b) || a[0]! - b[0]!;
  for (;;) {
    const [rare] = blocks.filter(isRare).sort(byPeople);
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
