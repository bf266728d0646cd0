/**
 * Answers that are shown added up and not one by one, since too few people gave one of them.
 *
 * Whoever knows how often an answer was given in all, and in the groups of each of several variables,
 * can place the few who gave a rare one in all of them at once, and so tell who they are. So an
 * answer by itself must be of nobody or of enough people in every count that a table is broken down
 * from; and as what is left over beside the other answers follows, those that are not shown must be
 * nobody or enough together as well.
 *
 * To the rare answers those are added that split the fewest named sets, and of these the rarest.
 *
 * @param margins People by answer, of each part that the table breaks down.
 * @param sets The named sets, as places of answers.
 * @param least The least number of people.
 * @param before Answers that are not shown by themselves in what the table breaks down: adding up its
 *   groups would tell them.
 * @returns Places of answers, ascending; none, or at least two.
 */
export function answersTogether(
  margins: readonly ArrayLike<number>[],
  sets: readonly (readonly number[])[],
  least: number,
  before: readonly number[] = [],
): number[] {
  const places = Array.from(margins[0] ?? [], (_, place) => place);
  const isEnough = (people: number) => people === 0 || people >= least;
  const together = new Set([
    ...before,
    ...places.filter((place) => margins.some((margin) => !isEnough(margin[place]!))),
  ]);
  if (together.size === 0) return [];
  const total = (place: number) => margins.reduce((sum, margin) => sum + margin[place]!, 0);
  const split = (place: number) =>
    sets.filter((set) => isSplit(new Set([...together, place]), set)).length;
  const isDone = () =>
    together.size > 1 &&
    margins.every((margin) =>
      isEnough([...together].reduce((sum, place) => sum + margin[place]!, 0))
    );
  while (!isDone()) {
    const left = places.filter((place) => !together.has(place))
      .map((place) => ({ place, sets: split(place), people: total(place) }))
      .sort((a, b) => a.sets - b.sets || a.people - b.people || a.place - b.place);
    if (left[0] === undefined) break;
    together.add(left[0].place);
  }
  return [...together].sort((a, b) => a - b);
}

/** Whether some of the answers that are shown together are among these, and not all. */
export function isSplit<T>(together: ReadonlySet<T>, answers: readonly T[]): boolean {
  const shared = new Set(answers.filter((answer) => together.has(answer))).size;
  return shared > 0 && shared < together.size;
}
