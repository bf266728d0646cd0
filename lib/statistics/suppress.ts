import { baseOf, type Counts, groupsCounted, NO_ANSWER_ID, NOT_ASKED_ID } from "./counts.ts";

/*
 * Disclosure control, at the one place that all numbers pass.
 *
 * What must not come out are the answers of fewer people than the least base, neither as shown nor
 * by subtracting one thing shown from another. The number of people in a group (n) may be shown: it
 * says how many there are, and nothing of what they answered. So the rule is about sets of people
 * whose answers are shown or follow from what is shown: each must have nobody in it, or as many as
 * the least base. Such sets are
 *
 * - a group that is shown;
 * - the hidden groups of one table taken together ("all" minus what is shown), people without a
 *   group (no answer, not asked) among them; the same below each sum that the report shows by
 *   another name ("serves politicians" is two of the groups of "role");
 * - of a part of the respondents, each of these outside the part: whoever has the report on
 *   everyone subtracts.
 *
 * A group that is too small therefore takes the next smallest of its table with it, until the hidden
 * ones together are enough. What can then be computed of them are the answers of at least that many
 * people together, as of any group that is shown. If none of those gave an answer, none of the hidden
 * group did: that stays visible, as it does where all of a shown group answer alike.
 *
 * Where a variable is made of two others (role: serves politicians, makes rulings), these are the
 * margins of its table, and by the two of them a rare answer can be placed in it. If one of its
 * places has too few people, the question is not shown by the second of the two at all.
 *
 * What this cannot prevent: that a rare answer is placed by two reports on different parts of the
 * respondents, as one person's "never" among the women and among those who make rulings.
 */

/** Numbers of people who must each be none or enough: in the part, and outside it. */
type Sizes = readonly number[];

/**
 * The groups whose answers may be shown (null: everyone, where there is no variable).
 *
 * @param counts The counts, with `unions` and `rests` where they have any.
 * @returns The groups to show; the numbers of people in the others may be shown, nothing else.
 */
export function shownGroups(counts: Counts): ReadonlySet<string | null> {
  const covered = counts.covered ?? [];
  const isWholeSafe = safe(totalOf(counts), counts) && safe(counts.exposed ?? [], counts) &&
    !covered.includes(null);
  if (!isWholeSafe) return new Set();
  const table = sizesOf(counts);
  const isSafe = (groups: readonly (string | null)[]) => safe(sumOf(table, groups), counts);
  const all = [...table.keys()];
  const real = groupsCounted(counts).filter((group) => table.has(group));
  const shown = new Set(real.filter((group) => isSafe([group]) && !covered.includes(group)));
  if (counts.variable === null) return shown;
  const wholes = wholesOf(counts, table).map(({ length }) => length);
  const isWhole = ({ length }: readonly unknown[]) => wholes.includes(length);
  const unions = sumsOf(counts, table).filter(isSafe);
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
      const people = (group: string | null) => table.get(group)?.[0] ?? 0;
      const next = left.reduce((least, group) => people(group) < people(least) ? group : least);
      shown.delete(next);
      changed = true;
    }
  }
  return shown;
}

/**
 * Whether a group may be compared with everybody else who has a group: the answers of the rest then
 * follow, and with them those of whoever is hidden among the rest, or has no group.
 */
export function isRestShown(counts: Counts, group: string): boolean {
  const shown = shownGroups(counts);
  if (!shown.has(group)) return false;
  const table = sizesOf(counts);
  const real = groupsCounted(counts).filter((each) => table.has(each));
  const isSafe = (groups: readonly (string | null)[]) => safe(sumOf(table, groups), counts);
  const rest = real.filter((each) => each !== group);
  return rest.length > 0 && isSafe(rest) && isSafe(real) &&
    isSafe(real.filter((each) => !shown.has(each))) &&
    isSafe([NO_ANSWER_ID]) && isSafe([NOT_ASKED_ID]);
}

/**
 * The people who are neither in a sum of groups nor in a group that is shown: their answers follow
 * where the sum is shown as well.
 *
 * @param sum Categories of the variable.
 * @returns How many they are, within each sum that is shown.
 */
export function leftBeside(counts: Counts, sum: readonly string[]): number[] {
  const table = sizesOf(counts);
  const shown = shownGroups(counts);
  return sumsOf(counts, table, sum.filter((group) => table.has(group))).map((groups) =>
    sumOf(table, groups.filter((group) => !shown.has(group)))[0] ?? 0
  );
}

type Table = ReadonlyMap<string | null, Sizes>;

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

/** People in all groups, those included of which the part has nobody. */
function totalOf(counts: Counts): Sizes {
  const total = (sizes: ArrayLike<number>) => Array.from(sizes).reduce((sum, n) => sum + n, 0);
  return [
    total(counts.groups.map((group) => baseOf(counts, group).n)),
    ...(counts.rests ?? []).map(total),
  ];
}

/** People by group, of the groups that have any, those without a group included. */
function sizesOf(counts: Counts): Map<string | null, Sizes> {
  return new Map(
    counts.groups.map((group, g): [string | null, Sizes] => [
      group,
      [baseOf(counts, group).n, ...(counts.rests ?? []).map((rest) => rest[g] ?? 0)],
    ]).filter(([, sizes]) => (sizes[0] ?? 0) > 0),
  );
}

function sumOf(
  table: ReadonlyMap<string | null, Sizes>,
  groups: readonly (string | null)[],
): Sizes {
  const sizes = groups.map((group) => table.get(group) ?? []);
  const first = sizes.find(({ length }) => length > 0) ?? [];
  return first.map((_, i) => sizes.reduce((sum, each) => sum + (each[i] ?? 0), 0));
}

function safe(sizes: Sizes, { sample: { leastBase } }: Counts): boolean {
  return sizes.every((people) => people === 0 || people >= leastBase);
}
