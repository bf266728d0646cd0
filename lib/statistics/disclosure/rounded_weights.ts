import type { Counts } from "../counts.ts";
import { SMALL_GROUP } from "./enough.ts";

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
