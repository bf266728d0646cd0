import type { Counts, Sample } from "../counts.ts";

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
const SMALL_GROUP = 10;

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

/**
 * Counts whose sums of weights do not tell who gave an answer.
 *
 * Whoever knows people's backgrounds knows their weights: a sum of few of them says whose they are, and
 * one of many how many of each background they are of. So the answers of a group are divided along the
 * scale into runs that at least the least base gave, within which everybody has the run's mean weight.
 * What the weights of a run and those before it are above as many mean weights of the group is rounded,
 * to multiples of what the least base of people are apart by on average: their number times the standard
 * deviation of the weights.
 *
 * Squared weights follow, as w² ≈ m² + 2m(w − m) for a mean of m. The group keeps its sums. The parts of
 * the sample, such as margins, tell by intervals who gave an answer: each has as much of it as it has of
 * the group, and of large groups, parts and answers what it has more is rounded to as many people as the
 * least base. (Intervals are a little wider then: less is explained by the margins.)
 */
export function withRoundedWeights(counts: Counts): Counts {
  const { n, w, w2, answers, groups, sample, parts } = counts;
  const { leastBase } = sample;
  if (w === n || leastBase <= 1) return counts;
  const [sums, squares] = [w.slice(), w2.slice()];
  const places = answers.slice(0, -2).map((_, place) => place);
  for (const g of groups.keys()) {
    const cells = places.map((place) => g * answers.length + place);
    const sum = (from: Float64Array, of: readonly number[] = cells) =>
      of.reduce((all, at) => all + from[at]!, 0);
    const all = sum(n);
    if (all === 0) continue;
    const [mean, square] = [sum(w) / all, sum(w2) / all];
    // Of a small group's answers all that weights tell is by whom they were given.
    const least = all < SMALL_GROUP * leastBase ? Infinity : leastBase;
    const step = leastBase * Math.sqrt(Math.max(0, square - mean ** 2));
    let [from, before] = [0, 0];
    for (const to of places) {
      const run = cells.slice(from, to + 1);
      const [some, rest] = [sum(n, run), sum(n, cells.slice(to + 1))];
      const isLast = to === places.length - 1;
      if (!isLast && (some < least || rest < least)) continue;
      const until = cells.slice(0, to + 1);
      const above = isLast || step === 0
        ? 0
        : Math.round((sum(w, until) - sum(n, until) * mean) / step) * step;
      const own = some === 0 ? mean : Math.max(mean / all, mean + (above - before) / some);
      for (const at of run) {
        sums[at] = n[at]! * own;
        squares[at] = n[at]! * Math.max(own ** 2, square + 2 * mean * (own - mean));
      }
      [from, before] = [to + 1, above];
    }
  }
  return {
    ...counts,
    w: sums,
    w2: squares,
    ...parts && { parts: parts.map((part) => shownPart(part, counts)) },
  };
}

/** A part of the sample with answers divided as in the whole group, but for multiples of the least base. */
function shownPart(part: Counts, { n, answers, groups, sample: { leastBase } }: Counts): Counts {
  const places = answers.slice(0, -2).map((_, place) => place);
  const [people, w, w2] = [part.n.slice(), part.w.slice(), part.w2.slice()];
  for (const g of groups.keys()) {
    const cells = places.map((place) => g * answers.length + place);
    const [all, own, sum, squares] = [n, part.n, part.w, part.w2].map((from) =>
      cells.reduce((all, at) => all + from[at]!, 0)
    ) as [number, number, number, number];
    for (const at of own > 0 ? cells : []) {
      const expected = own * n[at]! / all;
      const isLarge = all >= SMALL_GROUP * leastBase && n[at]! >= leastBase && own >= 2 * leastBase;
      const more = isLarge ? Math.round((part.n[at]! - expected) / leastBase) * leastBase : 0;
      people[at] = Math.max(0, Math.min(own, n[at]!, expected + more));
      w[at] = people[at]! * sum / own;
      w2[at] = people[at]! * squares / own;
    }
  }
  return { ...part, n: people, w, w2 };
}
