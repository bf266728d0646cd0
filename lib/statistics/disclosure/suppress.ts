import { NO_ANSWER, type Survey } from "../../responses/survey.ts";
import type { CodedColumn } from "../column.ts";
import {
  baseOf,
  categoriesCounted,
  countOf,
  type Counts,
  groupsCounted,
  NO_ANSWER_ID,
  NOT_ASKED_ID,
  type Sample,
} from "../counts.ts";
import { conditionsOf, type Domain } from "../domain.ts";
import {
  crossedWith,
  isBackground,
  linkedWith,
  publishedUnions,
  toldBy,
} from "../needed_counts.ts";
import { answersByPattern, codesOfPattern, type Tally } from "../tally.ts";
import {
  answersTogether,
  isEnough,
  isSplit,
  limitsOf,
  type Rounded,
  rounded,
  type Whole,
  withRoundedWeights,
} from "./enough.ts";
import { arePeopleHidden, tableRule } from "./table_rule.ts";

/*
 * Disclosure control, at the one place that all numbers pass; data/README.md says against whom. The number
 * of people in a group (n) may be shown: it says nothing of what they answered.
 *
 * Where everyone's answers are shown by one variable, each set of people whose answers are shown or
 * follow must be enough (`isEnough()`): a group that is shown; and the hidden groups of a table together
 * ("all" minus what is shown), people without a group among them, also below each sum of groups that the
 * report shows as a group of another variable. A group that is too small therefore takes the next smallest
 * with it, until the hidden ones together are enough.
 *
 * Where a variable is made of two others, these are the margins of its table, and by the two of them
 * a rare answer can be placed in it. If one of its cells has too few people, the question is not shown
 * by the second of the two at all.
 *
 * A report on a part of the respondents by a variable is a table of two variables or more, and follows a
 * stricter rule (`tableRule()`), which does not depend on which reports are made; that also says which
 * answers are shown added up only.
 */

/** What may be shown of counts. */
interface Shown {
  /** The groups of which something may be shown; of the others only the number of people may be. */
  readonly groups: ReadonlySet<string | null>;
  /** The answers that are shown added up only, by what each is added up with. */
  readonly together: readonly ReadonlySet<string>[];
  /** Whether the numbers of people in the groups are answers too, and hidden with the rest. */
  readonly hidesPeople: boolean;
  /** Whether it may be shown how many of a group gave one of some answers. */
  readonly has: (group: string | null, answers: readonly string[]) => boolean;
  /** How a group's answers are shown where they are not shown as they are; null: not at all. */
  readonly roundedIn: (group: string | null) => Rounded | null;
}

/** What counts were made from. */
interface Context {
  readonly survey: Survey;
  readonly answers: CodedColumn;
  readonly within: Domain;
  /** Counts of the question by a variable, of everyone. */
  readonly ofEveryone: (variable: string) => Counts;
  /** The question's answers by several variables together, of those who are counted. */
  readonly tallyBy: (variables: readonly string[]) => Tally;
}

const contexts = new WeakMap<Counts, Context & { readonly limits: Sample }>();
const known = new WeakMap<Counts, Shown>();

/** Counts of which it can be told what may be shown; their weights rounded where they are published. */
export function withDisclosure(exact: Counts, context: Context): Counts {
  const { codebook, isPublished = false } = context.survey;
  const isKnown = isBackground(codebook, exact.question);
  const counts = isKnown
    // Who has which background is known to whoever knows them: it is no answer.
    ? { ...exact, sample: { ...exact.sample, leastAnswer: 0, leastOthers: 0 } }
    : isPublished
    ? withRoundedWeights(exact)
    : exact;
  contexts.set(counts, { ...context, limits: exact.sample });
  return counts;
}

/** What may be shown of counts. Counts that were put together by hand are taken as those of everyone. */
export function shownOf(counts: Counts): Shown {
  const before = known.get(counts);
  if (before) return before;
  const { groups, together, hidesPeople = false, wholeOf } = decide(counts);
  const made = new Map<string | null, Rounded | null>();
  const sets = together.map((block) => new Set(block));
  const categories = categoriesCounted(counts);
  const { leastBase, isStrict = false } = counts.sample;
  const roundedOf = (group: string | null): Rounded | null => {
    const people = isStrict ? undefined : tableOf(counts).peopleIn(group);
    const whole = people && wholeOf(group);
    if (!people || !whole) return null;
    const blocks = groups.has(group) ? together : [categories];
    const places = blocks.map((block) => block.map((answer) => categories.indexOf(answer)));
    return rounded(people, places, whole, leastBase);
  };
  const shown: Shown = {
    ...{ groups, together: sets, hidesPeople },
    has: (group, answers) => groups.has(group) && !isSplit(sets, answers),
    roundedIn: (group) => {
      if (!made.has(group)) made.set(group, roundedOf(group));
      return made.get(group)!;
    },
  };
  known.set(counts, shown);
  return shown;
}

interface Decision {
  readonly groups: ReadonlySet<string | null>;
  readonly together: readonly (readonly string[])[];
  readonly hidesPeople?: boolean;
  /** What bounds the answers of a group that is not shown as it is; null: it is not shown at all. */
  readonly wholeOf: (group: string | null) => Whole | null;
}

function decide(counts: Counts): Decision {
  const context = contexts.get(counts);
  const table = tableOf(counts);
  const { everyone } = table;
  const ofAll = (groups: ReadonlySet<string | null>) => (group: string | null) =>
    groups.has(group) ? { everyone, parts: [], together: [] } : null;
  if (!context) {
    const groups = groupsToShow(counts, table);
    const answers = categoriesCounted(counts);
    const sets = Object.values(counts.sets)
      .map((set) => set.map((answer) => answers.indexOf(answer)));
    const together = counts.variable === null
      ? []
      : answersTogether([everyone], sets, limitsOf(counts.sample).leastAnswer)
        .map((block) => block.map((place) => answers[place]!));
    return { groups, together, wholeOf: ofAll(groups) };
  }
  const { survey: { within: _, ...survey }, answers, within, ofEveryone } = context;
  const { codebook } = survey;
  const { sample, base, variable } = counts;
  const conditions = conditionsOf(context.survey, within);
  if (arePeopleHidden(survey, { base, conditions, by: variable }, context.limits)) {
    return { groups: new Set(), together: [], hidesPeople: true, wholeOf: () => null };
  }
  if (conditions.length === 0) {
    const groups = groupsToShow(counts, table, exposedBy(counts, context));
    const together = variable === null
      ? []
      : tableRule(survey, answers, [variable], sample).together;
    return { groups, together, wholeOf: ofAll(groups) };
  }
  const variables = [
    ...new Set([...conditions.map(([name]) => name), ...variable === null ? [] : [variable]]),
  ];
  const [first = "", another] = variables;
  if (another !== undefined) {
    const linked = linkedWith(codebook, variables);
    const { isClosed } = tableRule(survey, answers, linked, sample);
    const { together } = tableRule(survey, answers, variables, sample);
    const groups = new Set(isClosed ? [] : table.real);
    return { groups, together, wholeOf: wholesOf(conditions, counts, ofEveryone) };
  }
  const all = ofEveryone(first);
  const shown = shownOf(all);
  const among = conditions.map(([, among]) => among)
    .reduce((both, among) => both.filter((group) => among.includes(group)));
  const isOpen = among.length === 0 || isSumShown(all, among);
  const groups = new Set(
    isOpen ? table.real.filter((group) => group === null || shown.groups.has(group)) : [],
  );
  const whole = { everyone: peopleOf(all, all.groups), parts: [], together: [] };
  return {
    ...{ groups, together: shown.together.map((block) => [...block]) },
    wholeOf: (group) => groups.has(group) ? whole : null,
  };
}

/**
 * What bounds the answers of the groups of a table of several variables: everyone's, by each of these.
 *
 * @returns A function of a group; null where one of those parts is not shown by itself.
 */
function wholesOf(
  conditions: ReturnType<typeof conditionsOf>,
  { variable }: Counts,
  ofEveryone: Context["ofEveryone"],
): (group: string | null) => Whole | null {
  return (group) => {
    const parts = [
      ...conditions,
      ...variable === null || group === null ? [] : [[variable, [group]] as const],
    ].map(([name, among]) => {
      const counts = ofEveryone(name);
      return isSumShown(counts, among) ? { counts, among } : null;
    });
    const [first] = parts;
    if (!first || parts.includes(null)) return null;
    const { counts } = first;
    const categories = categoriesCounted(counts);
    return {
      everyone: peopleOf(counts, counts.groups),
      parts: parts.map((part) => peopleOf(part!.counts, part!.among)),
      together: parts.map((part) =>
        shownOf(part!.counts).together.map((block) =>
          [...block].map((category) => categories.indexOf(category))
        )
      ),
    };
  };
}

/** People by answer, of some groups together. */
function peopleOf(counts: Counts, groups: readonly (string | null)[]): Float64Array {
  return Float64Array.from(
    categoriesCounted(counts),
    (category) => groups.reduce((n, group) => n + countOf(counts, group, [category]).n, 0),
  );
}

/**
 * The cells of the table that a variable makes with another one, and the people who answered only a
 * part of what tells their group.
 */
function exposedBy(counts: Counts, { survey: { codebook }, tallyBy }: Context): number[] {
  if (counts.variable === null) return [];
  const cellsOf = (variables: readonly string[], isCounted: (codes: number[]) => boolean) => {
    const counted = tallyBy(variables);
    return answersByPattern(counted).flatMap((people, pattern) => {
      const n = people.reduce((sum, n) => sum + n, 0);
      return n > 0 && isCounted(codesOfPattern(counted.patterns, pattern)) ? [n] : [];
    });
  };
  // Whoever answered only a part has no group.
  const told = baseOf(counts, NO_ANSWER_ID).n > 0 ? toldBy(codebook, counts.variable) : [];
  return [
    ...crossedWith(codebook, counts.variable).flatMap((names) => cellsOf(names, () => true)),
    ...told.length > 0 ? cellsOf(told, (codes) => codes.includes(NO_ANSWER)) : [],
  ];
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
  return shownOf(counts).has(group, answers);
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
  const { wholes, isSafe, present } = tableOf(counts);
  const unions = unionsOf(counts).map(present);
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
    everyone,
    present,
    /** Whether the answers of these groups together may be shown. */
    isSafe: (groups: Groups) => isEnough(add(groups, sum), everyone, counts.sample),
    peopleIn: (group: string | null) => table.get(group),
    sizeOf: (group: string | null) => table.get(group)!.reduce((sum, n) => sum + n, 0),
  };
}

/** Groups that the report also shows added up, as groups of another variable. */
function unionsOf(counts: Counts): string[][] {
  const { survey } = contexts.get(counts) ?? {};
  return survey && counts.variable ? publishedUnions(survey.codebook, counts.variable) : [];
}

/**
 * The groups of everyone that may be shown.
 *
 * @param exposed Numbers of people whose answers would follow, were anything shown.
 */
function groupsToShow(
  counts: Counts,
  { all, real, wholes, present, isSafe, sizeOf }: Table,
  exposed: readonly number[] = [],
): ReadonlySet<string | null> {
  const { leastBase } = counts.sample;
  const unions = unionsOf(counts).map(present);
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
