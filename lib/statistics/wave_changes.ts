import { comparisonOf } from "../responses/codebook.ts";
import type { Survey } from "../responses/survey.ts";
import { countPairs } from "./count_answers.ts";
import { categoriesCounted, type Counts } from "./counts.ts";
import { countedShare, differenceOfWaves } from "./difference_of_shares.ts";
import { type Estimate, isExact } from "./estimate.ts";
import { answersIn, breakdowns, estimatesFromCounts } from "./estimates.ts";
import type { CountedShare } from "./linearised_variance.ts";
import {
  type Comparison,
  type EarlierEstimate,
  type Movement,
  testTogether,
} from "./moved_most.ts";
import { type OverlapCounts, overlapOf, peopleInBoth } from "./rows/count_overlap.ts";

/** A share of the earlier wave that may be shown, with what its variance needs. */
export interface EarlierShare {
  readonly estimate: EarlierEstimate;
  readonly counted: CountedShare;
  /** The categories that it is of, as they were then; none where nobody knows who answered. */
  readonly answers: readonly string[];
}

/** An earlier wave to compare with: the answers, or what was printed of them. */
export interface EarlierWave {
  /** Its name, where it has one. */
  readonly wave: string | undefined;
  /** The shares of a question that may be shown, overall (null) or in the groups of a variable. */
  shares(question: string, by: string | null): readonly EarlierShare[];
  /** The people who answered both times; null where nobody did or nobody knows who. */
  overlap(question: string, by: string | null): OverlapCounts | null;
  /** Whether what these people answered both times is told rounded: in what is published. */
  readonly isRounded?: boolean;
}

/**
 * Which changes are tested together: the main share of every question; all other shares of everyone;
 * and, share by share, those of all groups.
 */
type Family = "main" | "other" | "groups";

/** How the shares of a survey have changed since an earlier wave. */
export interface WaveChanges {
  /** The change of an estimate; null where either wave hides it or has not got it. */
  readonly changeOf: (estimate: Estimate) => Change | null;
  /** The main shares of all questions that both waves asked, in the codebook's order. */
  readonly main: () => readonly Change[];
}

export interface Change extends Movement {
  readonly family: Family;
}

/**
 * Compares every share of a survey with an earlier wave's (of the same part), when it is asked for, by
 * `differenceOfWaves()`; nothing that the codebook says cannot be compared.
 *
 * A set and all other answers to a question say the same, and so do a set and its only category: they are
 * one test, and get one verdict.
 */
export function compareWaves(now: Survey, before: EarlierWave): WaveChanges {
  const { codebook } = now;
  const { questions, scales } = codebook;
  const pairs = breakdowns(now).filter((pair) =>
    pair.every((name) => name === null || comparisonOf(codebook, name, before.wave) !== "no")
  );
  const tested = new Map<string, Change>();
  const testFamily = (compared: readonly Compared[], family: Family) => {
    const once = [...Map.groupBy(compared, ({ same }) => same)]
      .flatMap(([same, [first]]) => tested.has(same) ? [] : [first!]);
    testTogether(once, 1 - codebook.study.confidence)
      .forEach((each, i) => tested.set(once[i]!.same, { ...each, family }));
    return compared.map(({ same, ...each }): Change => {
      const { adjusted, moved, family, difference } = tested.get(same)!;
      const isOther = each.difference * difference < 0;
      return { ...each, adjusted, moved: isOther ? OTHER[moved] : moved, family };
    });
  };
  const isMain = ({ now: { question, set } }: Pick<Comparison, "now">) =>
    set !== null && set === scales[questions[question]?.scale ?? ""]?.main_set;
  const known = new Map<string | null, Map<string, Change>>();
  /** Those of everyone, or (for a question) those of the groups. */
  const changesOf = (question: string | null) => {
    const made = known.get(question);
    if (made) return made;
    const wanted = pairs.filter(([name, by]) =>
      question === null ? by === null : name === question && by !== null
    );
    const compared = countPairs(now, wanted).flatMap((counts) => compareTables(counts, before));
    const changes = question === null
      ? [
        ...testFamily(compared.filter(isMain), "main"),
        ...testFamily(compared.filter((each) => !isMain(each)), "other"),
      ]
      : [...Map.groupBy(compared, ({ now: { set, category } }) => `${set} ${category}`).values()]
        .flatMap((family) => testFamily(family, "groups"));
    const byKey = new Map(changes.map((change) => [keyOf(change.now), change]));
    known.set(question, byKey);
    return byKey;
  };
  return {
    changeOf: (estimate) => {
      const among = changesOf(estimate.variable === null ? null : estimate.question);
      const change = among.get(keyOf(estimate));
      // The share of a part of those asked may go by the same name.
      const isSame = change?.now.n === estimate.n && change.now.count === estimate.count;
      return isSame ? change : null;
    },
    main: () => [...changesOf(null).values()].filter(isMain),
  };
}

/** A comparison, and what is the same for all that say the same of the same people. */
interface Compared extends Comparison {
  readonly same: string;
}

const OTHER = { up: "down", down: "up", none: "none" } as const;

function compareTables(counts: Counts, before: EarlierWave): Compared[] {
  const { question, variable } = counts;
  const shares = before.shares(question, variable);
  if (shares.length === 0) return [];
  const earlier = new Map(shares.map((share) => [keyOf(share.estimate), share]));
  const pairs = estimatesFromCounts(counts).flatMap((now) => {
    const share = earlier.get(keyOf(now));
    return share && isExact(now) ? [{ now, share }] : [];
  });
  const overlap = before.overlap(question, variable);
  const isUsed = usableIn(overlap, pairs.map(({ now }) => now.group), counts.sample.leastBase);
  const all = categoriesCounted(counts);
  return pairs.map(({ now, share }): Compared => {
    const answers = answersIn(counts, now);
    const shared = overlap !== null && isUsed(now.group)
      ? overlapOf(overlap, now.group, answers, share.answers)
      : null;
    const { statistic: _, ...tested } = differenceOfWaves(
      countedShare(counts, now.group, answers),
      share.counted,
      shared,
      before.isRounded ? counts.sample.leastBase : 0,
    );
    const halves = [true, false].map((isOwn) =>
      all.filter((answer) => answers.includes(answer) === isOwn).join()
    );
    const same = JSON.stringify([question, variable, now.group, halves.sort()]);
    return { now, before: share.estimate, ...tested, same };
  });
}

/**
 * Whether the people who answered both times enter the variance of a group's change. What they
 * answered then follows in part, so that of each group, and of those hidden together, they must be
 * none or enough.
 */
function usableIn(
  overlap: OverlapCounts | null,
  shown: readonly (string | null)[],
  leastBase: number,
): (group: string | null) => boolean {
  if (overlap === null) return () => false;
  const people = peopleInBoth(overlap);
  const hidden = [...people].filter(([group, n]) => !shown.includes(group) || n < leastBase)
    .reduce((sum, [, n]) => sum + n, 0);
  const isSafe = hidden === 0 || hidden >= leastBase;
  return (group) => isSafe && (people.get(group) ?? 0) >= leastBase;
}

function keyOf(
  { question, set, category, variable, group }: Omit<Estimate, "count" | "share" | "low" | "high">,
): string {
  return JSON.stringify([question, set, category, variable, group]);
}
