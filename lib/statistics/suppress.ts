import { answersTogether, isSplit } from "./answers_together.ts";
import {
  categoriesCounted,
  type Counts,
  groupsCounted,
  NO_ANSWER_ID,
  NOT_ASKED_ID,
} from "./counts.ts";
import { isEnough, limitsOf } from "./table_rule.ts";

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
 *   group (no answer, not asked) among them; the same below each sum that the report shows by
 *   another name ("serves politicians" is two of the groups of "role").
 *
 * A group that is too small therefore takes the next smallest of its table with it, until the hidden
 * ones together are enough. What can then be computed of them are the answers of at least that many
 * people together, as of any group that is shown. If none of those gave an answer, none of the hidden
 * group did: that stays visible.
 *
 * Where a variable is made of two others (role: serves politicians, makes rulings), these are the
 * margins of its table, and by the two of them a rare answer can be placed in it. If one of its
 * places has too few people, the question is not shown by the second of the two at all.
 *
 * A report on a part of the respondents by a variable is a table of two variables or more, and
 * follows a stricter rule (`tableRule()`), which does not depend on which reports are made.
 *
 * An answer that too few gave, in all or in what a table breaks down, is shown in that table only
 * added up with others (`answersTogether()`).
 */

/** What may be shown of counts. */
export interface Shown {
  /**
   * The groups of which something may be shown (null: everyone, where there is no variable). Of some
   * answers nothing may be all the same: see {@link isAnswerShown}. The numbers of people in the other
   * groups may be shown, nothing else.
   */
  readonly groups: ReadonlySet<string | null>;
  /** The answers that are shown added up only, by what each is added up with. */
  readonly together: readonly ReadonlySet<string>[];
}

/**
 * What may be shown of counts.
 *
 * @param counts The counts, with what `withContext()` adds to them.
 */
export function shownOf(counts: Counts): Shown {
  const together = counts.rule?.together ?? ownTogether(counts);
  return { groups: groupsToShow(counts), together: together.map((block) => new Set(block)) };
}

/** The groups of counts that are shown; asked for again, it is not worked out again. */
export function shownGroups(counts: Counts): Shown["groups"] {
  return remembered(counts).groups;
}

/** The answers that counts show added up only; asked for again, it is not worked out again. */
export function togetherIn(counts: Counts): Shown["together"] {
  return remembered(counts).together;
}

const known = new WeakMap<Counts, Shown>();

function remembered(counts: Counts): Shown {
  const before = known.get(counts);
  if (before) return before;
  const shown = shownOf(counts);
  known.set(counts, shown);
  return shown;
}

function groupsToShow(counts: Counts): ReadonlySet<string | null> {
  const { covered = [], exposed = [], rule, sample: { leastBase } } = counts;
  const table = tableOf(counts);
  const isSafe = safeIn(counts, table);
  const all = [...table.keys()];
  const real = groupsCounted(counts).filter((group) => table.has(group));
  if (rule) {
    return new Set(rule.isClosed ? [] : real.filter((group) => !covered.includes(group)));
  }
  if (!isSafe(all) || exposed.some((people) => people > 0 && people < leastBase)) return new Set();
  const shown = new Set(real.filter((group) => isSafe([group])));
  if (counts.variable === null) return shown;
  const people = (group: string | null) => table.get(group)!.reduce((sum, n) => sum + n, 0);
  const wholes = wholesOf(counts, table).map(({ length }) => length);
  const isWhole = ({ length }: readonly unknown[]) => wholes.includes(length);
  const unions = sumsOf(counts, table).filter(isSafe);
  const named = [
    all,
    all.filter((group) => group !== NOT_ASKED_ID),
    ...(counts.unions ?? []).map((union) => union.filter((group) => table.has(group))),
  ];
  for (let changed = true; changed;) {
    changed = false;
    for (const union of unions) {
      const hidden = union.filter((group) => !shown.has(group));
      const left = union.filter((group) => shown.has(group));
      // Under its other name such a sum may hold some of those without a group; how many is not known
      // here. With a hidden group they are hidden too.
      const holdsMore = !isWhole(union) && union.every((group) => real.includes(group)) &&
        all.length > real.length;
      const exposed = hidden.length > 0 ? !isSafe(hidden) : holdsMore;
      if (!exposed || left.length === 0) continue;
      const next = left.reduce((least, group) => people(group) < people(least) ? group : least);
      shown.delete(next);
      changed = true;
    }
    // What is hidden below one sum may follow, and with it a part of what is hidden below another.
    const hidden = named.map((union) => union.filter((group) => !shown.has(group)));
    if (!changed && shown.size > 0 && !differencesOf(hidden).every(isSafe)) {
      shown.delete(
        [...shown].reduce((least, group) => people(group) < people(least) ? group : least),
      );
      changed = true;
    }
  }
  return shown;
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
  return shownGroups(counts).has(group) && !isSplit(togetherIn(counts), answers);
}

function ownTogether(counts: Counts): string[][] {
  if (counts.variable === null) return [];
  const answers = categoriesCounted(counts);
  const sets = Object.values(counts.sets)
    .map((set) => set.map((answer) => answers.indexOf(answer)));
  const everyone = sumOf(counts, tableOf(counts), [...tableOf(counts).keys()]);
  return answersTogether([everyone], sets, limitsOf(counts.sample).leastAnswer)
    .map((block) => block.map((place) => answers[place]!));
}

/**
 * Whether a group may be compared with everybody else who has a group: the answers of the rest then
 * follow, and with them those of whoever is hidden among the rest, or has no group.
 */
export function isRestShown(counts: Counts, group: string): boolean {
  const shown = shownGroups(counts);
  if (!shown.has(group)) return false;
  const table = tableOf(counts);
  const isSafe = safeIn(counts, table);
  const real = groupsCounted(counts).filter((each) => table.has(each));
  const rest = real.filter((each) => each !== group);
  return rest.length > 0 && isSafe(rest) && isSafe(real) &&
    isSafe(real.filter((each) => !shown.has(each))) &&
    isSafe([NO_ANSWER_ID]) && isSafe([NOT_ASKED_ID]);
}

/**
 * Whether groups of a variable may be shown added up: of those neither in the sum nor in a group that
 * is shown, the answers follow where it is.
 *
 * @param counts Of everyone, by the variable.
 * @param sum Categories of the variable.
 */
export function isSumShown(counts: Counts, sum: readonly string[]): boolean {
  const shown = shownGroups(counts);
  const [only, ...others] = sum;
  if (only !== undefined && others.length === 0) return shown.has(only);
  const table = tableOf(counts);
  const isSafe = safeIn(counts, table);
  return shown.size > 0 &&
    sumsOf(counts, table, sum.filter((group) => table.has(group)))
      .every((groups) => isSafe(groups.filter((group) => !shown.has(group))));
}

/** People by answer, by group. */
type Table = ReadonlyMap<string | null, Float64Array>;

/** Everyone, everyone with a group, and everyone who was asked for one. */
function wholesOf(counts: Counts, table: Table): (string | null)[][] {
  const all = [...table.keys()];
  return [
    all,
    groupsCounted(counts).filter((group) => table.has(group)),
    all.filter((group) => group !== NOT_ASKED_ID),
  ];
}

/** The sums of groups that a report shows, one more if given, and their differences. */
function sumsOf(counts: Counts, table: Table, another: string[] = []): (string | null)[][] {
  return differencesOf([
    ...wholesOf(counts, table),
    ...(counts.unions ?? []).map((union) => union.filter((group) => table.has(group))),
    another,
  ]);
}

/** Sums of groups, and what is left of each after taking another away that lies within it. */
function differencesOf<T>(sums: readonly T[][]): T[][] {
  const all = new Map<string, T[]>();
  const add = (sum: T[]) => {
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

/** People by answer, of the groups that have any, those without a group included. */
function tableOf(counts: Counts): Table {
  const width = counts.answers.length;
  const categories = categoriesCounted(counts).length;
  return new Map(
    counts.groups.map((group, g): [string | null, Float64Array] => [
      group,
      counts.n.subarray(g * width, g * width + categories),
    ]).filter(([, people]) => people.some((n) => n > 0)),
  );
}

function sumOf(
  counts: Counts,
  table: Table,
  groups: readonly (string | null)[],
  sum = new Float64Array(categoriesCounted(counts).length),
): Float64Array {
  sum.fill(0);
  for (const group of groups) {
    const people = table.get(group);
    for (let i = 0; people && i < people.length; i++) sum[i]! += people[i]!;
  }
  return sum;
}

function safeIn(
  counts: Counts,
  table: Table,
): (groups: readonly (string | null)[]) => boolean {
  const everyone = sumOf(counts, table, [...table.keys()]);
  // Thousands of sums are made for one report.
  const sum = new Float64Array(everyone.length);
  return (groups) => isEnough(sumOf(counts, table, groups, sum), everyone, counts.sample);
}
