import {
  categoriesCounted,
  type Counts,
  groupsCounted,
  NO_ANSWER_ID,
  NOT_ASKED_ID,
} from "../counts.ts";
import { answersTogether, isSplit } from "./answers_together.ts";
import { isEnough, limitsOf } from "./enough.ts";
import { type Rounded, rounded, wholes } from "./rounded.ts";

/*
 * Disclosure control, at the one place that all numbers pass.
 *
 * What must not come out is what single people, or fewer than the least base, answered: neither as
 * shown, nor by subtracting one thing shown from another, nor because all of a group answered alike,
 * nor because a rare answer was given by somebody of a certain background. The number of people in a
 * group (n) may be shown: it says how many there are, and nothing of what they answered.
 *
 * Where everyone's answers are shown by one variable, each set of people whose answers are shown or
 * follow from what is shown must have nobody in it, or the least base, of whom enough answered
 * otherwise than most (`isEnough()`). Such sets are
 *
 * - a group that is shown;
 * - the hidden groups of one table taken together ("all" minus what is shown), people without a
 *   group (no answer, not asked) among them; the same below each sum of groups that the report shows
 *   as a group of another variable.
 *
 * A group that is too small therefore takes the next smallest of its table with it, until the hidden
 * ones together are enough. If none of those gave an answer, none of the hidden group did: that stays
 * visible.
 *
 * Where a variable is made of two others, these are the margins of its table, and by the two of them
 * a rare answer can be placed in it. If one of its cells has too few people, the question is not shown
 * by the second of the two at all.
 *
 * A report on a part of the respondents by a variable is a table of two variables or more, and
 * follows a stricter rule (`tableRule()`), which does not depend on which reports are made.
 *
 * An answer that too few gave, in all or in what a table breaks down, is shown in that table only
 * added up with others (`answersTogether()`).
 */

/** What may be shown of counts. */
export interface Shown {
  /** The groups of which something may be shown; of the others only the number of people may be. */
  readonly groups: ReadonlySet<string | null>;
  /** The answers that are shown added up only, by what each is added up with. */
  readonly together: readonly ReadonlySet<string>[];
  /** How a group's answers are shown where they are not shown as they are; null: not at all. */
  readonly roundedIn: (group: string | null) => Rounded | null;
}

const known = new WeakMap<Counts, Shown>();

/**
 * What may be shown of counts; asked for again, it is not worked out again.
 *
 * @param counts The counts, with what `withDisclosure()` adds to them.
 */
export function shownOf(counts: Counts): Shown {
  const before = known.get(counts);
  if (before) return before;
  const table = tableOf(counts);
  const together = counts.rule?.together ?? ownTogether(counts, table);
  const groups = groupsToShow(counts, table);
  const made = new Map<string | null, Rounded | null>();
  const shown = {
    groups,
    together: together.map((block) => new Set(block)),
    roundedIn: (group: string | null) => {
      if (!made.has(group)) made.set(group, roundedIn(counts, table, groups, together, group));
      return made.get(group)!;
    },
  };
  known.set(counts, shown);
  return shown;
}

/** The people of a group, rounded where they may not be shown as they are. */
function roundedIn(
  counts: Counts,
  { everyone, peopleIn }: Table,
  groups: ReadonlySet<string | null>,
  together: readonly (readonly string[])[],
  group: string | null,
): Rounded | null {
  const { rule, sample } = counts;
  const wholeOf = wholes.get(counts);
  const { leastBase, isStrict = false } = sample;
  const people = peopleIn(group);
  if (isStrict || people === undefined) return null;
  const categories = categoriesCounted(counts);
  const isOpen = groups.has(group);
  if (!isOpen && (!rule?.isClosed || counts.covered?.includes(group))) return null;
  if (rule && !wholeOf) return null;
  const whole = wholeOf ? wholeOf(group) : { everyone, parts: [], together: [] };
  if (whole === null) return null;
  const blocks = isOpen ? together : [categories];
  return rounded(
    people,
    blocks.map((block) => block.map((answer) => categories.indexOf(answer))),
    whole,
    leastBase,
  );
}

/**
 * Whether it may be shown how many of a group gave one of these answers.
 *
 * @param group A group of the counts, null where they have no variable.
 * @param answers Categories of the question.
 */
export function isAnswerShown(
  counts: Counts,
  group: string | null,
  answers: readonly string[],
): boolean {
  const { groups, together } = shownOf(counts);
  return groups.has(group) && !isSplit(together, answers);
}

/**
 * Whether a group may be compared with everybody else who has a group: the answers of the rest then
 * follow, and with them those of whoever is hidden among the rest, or has no group.
 */
export function isRestShown(counts: Counts, group: string): boolean {
  const { groups: shown } = shownOf(counts);
  if (!shown.has(group)) return false;
  const { real, isSafe } = tableOf(counts);
  const rest = real.filter((each) => each !== group);
  const hidden = real.filter((each) => !shown.has(each));
  return rest.length > 0 && [rest, real, hidden, [NO_ANSWER_ID], [NOT_ASKED_ID]].every(isSafe);
}

/**
 * Whether groups of a variable may be shown added up: of those neither in the sum nor in a group that
 * is shown, the answers follow where it is.
 *
 * @param counts Of everyone, by the variable.
 * @param sum Categories of the variable.
 */
export function isSumShown(counts: Counts, sum: readonly string[]): boolean {
  const { groups: shown } = shownOf(counts);
  const [only, ...others] = sum;
  if (only !== undefined && others.length === 0) return shown.has(only);
  const { wholes, unions, isSafe, present } = tableOf(counts);
  return shown.size > 0 &&
    differencesOf([...wholes, ...unions, present(sum)])
      .every((groups) => isSafe(groups.filter((group) => !shown.has(group))));
}

type Groups = readonly (string | null)[];

type Table = ReturnType<typeof tableOf>;

/** Who answered, group by group, of the groups that anybody is in. */
function tableOf(counts: Counts) {
  const width = counts.answers.length;
  const categories = width - 2;
  const table = new Map(
    counts.groups.map((group, g): [string | null, Float64Array] => [
      group,
      counts.n.subarray(g * width, g * width + categories),
    ]).filter(([, people]) => people.some((n) => n > 0)),
  );
  const add = (groups: Groups, sum: Float64Array) => {
    sum.fill(0);
    for (const group of groups) {
      const people = table.get(group);
      for (let i = 0; people && i < people.length; i++) sum[i]! += people[i]!;
    }
    return sum;
  };
  /** All groups, those without a group (no answer, not asked) among them. */
  const all = [...table.keys()];
  const present = (groups: Groups) => groups.filter((group) => table.has(group));
  const real = present(groupsCounted(counts));
  const everyone = add(all, new Float64Array(categories));
  // Thousands of sums are made for one report.
  const sum = new Float64Array(categories);
  return {
    all,
    real,
    /** Everyone, everyone with a group, and everyone who was asked for one. */
    wholes: [all, real, all.filter((group) => group !== NOT_ASKED_ID)],
    /** Groups that the report also shows added up. */
    unions: (counts.unions ?? []).map(present),
    everyone,
    present,
    /** Whether the answers of these groups together may be shown. */
    isSafe: (groups: Groups) => isEnough(add(groups, sum), everyone, counts.sample),
    peopleIn: (group: string | null) => table.get(group),
    sizeOf: (group: string | null) => table.get(group)!.reduce((sum, n) => sum + n, 0),
  };
}

function ownTogether(counts: Counts, { everyone }: Table): string[][] {
  if (counts.variable === null) return [];
  const answers = categoriesCounted(counts);
  const sets = Object.values(counts.sets)
    .map((set) => set.map((answer) => answers.indexOf(answer)));
  return answersTogether([everyone], sets, limitsOf(counts.sample).leastAnswer)
    .map((block) => block.map((place) => answers[place]!));
}

function groupsToShow(counts: Counts, table: Table): ReadonlySet<string | null> {
  const { covered = [], exposed = [], rule, sample: { leastBase } } = counts;
  const { all, real, wholes, unions, isSafe, sizeOf } = table;
  if (rule) {
    return new Set(rule.isClosed ? [] : real.filter((group) => !covered.includes(group)));
  }
  if (!isSafe(all) || exposed.some((people) => people > 0 && people < leastBase)) return new Set();
  const shown = new Set(real.filter((group) => isSafe([group])));
  if (counts.variable === null) return shown;
  const hideSmallest = (groups: Groups) =>
    shown.delete(
      groups.reduce((least, group) => sizeOf(group) < sizeOf(least) ? group : least, groups[0]!),
    );
  const isWhole = ({ length }: Groups) => wholes.some((whole) => whole.length === length);
  const sums = differencesOf([...wholes, ...unions]).filter(isSafe);
  const named = [all, all.filter((group) => group !== NOT_ASKED_ID), ...unions];
  for (let changed = true; changed;) {
    changed = false;
    for (const sum of sums) {
      const hidden = sum.filter((group) => !shown.has(group));
      const left = sum.filter((group) => shown.has(group));
      // Under its other name such a sum may hold some of those without a group; how many is not known
      // here. With a hidden group they are hidden too.
      const holdsMore = !isWhole(sum) && sum.every((group) => real.includes(group)) &&
        all.length > real.length;
      const isExposed = hidden.length > 0 ? !isSafe(hidden) : holdsMore;
      if (isExposed && left.length > 0) changed = hideSmallest(left);
    }
    // What is hidden below one sum may follow, and with it a part of what is hidden below another.
    const hidden = named.map((sum) => sum.filter((group) => !shown.has(group)));
    if (!changed && shown.size > 0 && !differencesOf(hidden).every(isSafe)) {
      changed = hideSmallest([...shown]);
    }
  }
  return shown;
}

/** Sums of groups, and what is left of each after taking another away that lies within it. */
function differencesOf(sums: readonly Groups[]): Groups[] {
  const all = new Map<string, Groups>();
  const add = (sum: Groups) => {
    const key = JSON.stringify(sum);
    if (sum.length === 0 || all.has(key)) return;
    const before = [...all.values()];
    all.set(key, sum);
    for (const other of before) {
      for (const [larger, smaller] of [[sum, other], [other, sum]] as const) {
        if (smaller.every((group) => larger.includes(group))) {
          add(larger.filter((group) => !smaller.includes(group)));
        }
      }
    }
  };
  sums.forEach(add);
  return [...all.values()];
}
