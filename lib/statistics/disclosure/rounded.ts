import { peopleWith } from "./enough.ts";

/*
 * Coarser numbers in place of holes.
 *
 * Some answers of a group may be shown added up only, or all of them: their number in the group is known,
 * and how it divides is not. Added up one after the other along the scale, each of these sums lies
 * within bounds that follow from what else is shown (a group of men has no more who agree than there
 * are men who agree). The bounds are cut into ranges of at least so many whole numbers, and which of
 * them the sum is in is all that is said: the number shown is the middle of it. Where the bounds are
 * closer than that, nothing is said at all: the number shown is then what is expected by the answers of
 * everyone.
 */

/** People by answer, of a part that is shown by itself; what is shown of a table is bounded by them. */
export interface Whole {
  /** All who answered, by answer. */
  readonly everyone: ArrayLike<number>;
  /** Parts that the group lies in, each made by one variable; none: it is a group of everyone. */
  readonly parts: readonly ArrayLike<number>[];
  /** By part, the answers that are shown of it added up only, as places. */
  readonly together: readonly (readonly (readonly number[])[])[];
}

/** How a group's answers are shown where they are not shown as they are. */
export interface Rounded {
  /** People by answer; may be broken. */
  readonly people: Float64Array;
  /** All that is said of them: how many people gave one of some answers, as places. */
  readonly ranges: readonly Range[];
  /** Between which numbers that of the people who gave one of some answers is, as places. */
  readonly rangeOf: (answers: readonly number[]) => Omit<Range, "answers">;
}

interface Range {
  readonly answers: readonly number[];
  readonly low: number;
  readonly high: number;
}

/**
 * Rounds the answers that are shown added up only.
 *
 * @param people Of the group, by answer.
 * @param blocks Answers that are known added up only, as places.
 * @param least The fewest whole numbers that one of the sums may be.
 */
export function rounded(
  people: ArrayLike<number>,
  blocks: readonly (readonly number[])[],
  { everyone, parts, together }: Whole,
  least: number,
): Rounded {
  const shown = Float64Array.from(people);
  const wholes = parts.length === 0 ? [everyone] : parts;
  /** What follows from the parts that the group lies in. */
  const bounds = (block: readonly number[], some: readonly number[]) => {
    const all = peopleWith(people, block);
    const each = wholes.map((whole, part) => {
      const [least, most] = boundsIn(whole, some, everyone, together[part] ?? []);
      return { low: all - peopleWith(whole, block) + least, high: most };
    });
    return {
      low: Math.max(0, ...each.map(({ low }) => low)),
      high: Math.min(all, ...each.map(({ high }) => high)),
    };
  };
  const ranges = blocks.map((block) => {
    let before = 0;
    return block.map((place, k): Range => {
      const answers = block.slice(0, k + 1);
      let { low, high } = bounds(block, answers);
      const count = Math.floor((high - low + 1) / least);
      let value = peopleWith(people, block) * peopleWith(everyone, answers) /
        peopleWith(everyone, block);
      if (count > 1) {
        const size = (high - low + 1) / count;
        const at = Math.floor((peopleWith(people, answers) - low) / size);
        [low, high] = [Math.ceil(low + at * size), Math.ceil(low + (at + 1) * size) - 1];
        value = (low + high) / 2;
      }
      value = Math.max(before, Math.min(high, Math.max(low, value)));
      shown[place] = value - before;
      before = value;
      return { answers, low, high };
    });
  });
  return {
    people: shown,
    ranges: ranges.flat(),
    rangeOf: (answers) => {
      const inBlocks = blocks.flat();
      const exact = peopleWith(people, answers.filter((place) => !inBlocks.includes(place)));
      let [low, high] = [exact, exact];
      for (const [b, block] of blocks.entries()) {
        const some = block.filter((place) => answers.includes(place));
        if (some.length === 0) continue;
        const known = bounds(block, some);
        const [from, to] = [block.indexOf(some[0]!), block.indexOf(some.at(-1)!)];
        const rangeAt = (k: number) => ranges[b]![k] ?? { low: 0, high: 0 };
        // Of answers with others between them nothing follows from the sums along the scale.
        const isRun = to - from + 1 === some.length;
        low += isRun ? Math.max(known.low, rangeAt(to).low - rangeAt(from - 1).high) : known.low;
        high += isRun ? Math.min(known.high, rangeAt(to).high - rangeAt(from - 1).low) : known.high;
      }
      return { low, high };
    },
  };
}

/** The fewest and the most people of a part who can have given some answers, by what is shown of it. */
function boundsIn(
  part: ArrayLike<number>,
  answers: readonly number[],
  everyone: ArrayLike<number>,
  together: readonly (readonly number[])[],
): [least: number, most: number] {
  const alone = answers.filter((place) => !together.some((block) => block.includes(place)));
  let [low, high] = [peopleWith(part, alone), peopleWith(part, alone)];
  for (const block of together) {
    const some = block.filter((place) => answers.includes(place));
    const all = peopleWith(part, block);
    low += Math.max(0, all - peopleWith(everyone, block) + peopleWith(everyone, some));
    high += Math.min(all, peopleWith(everyone, some));
  }
  return [low, high];
}
