import type { ColumnTable } from "arquero";
import { InputError } from "../responses/input_error.ts";
import { questionsOf } from "../responses/kinds.ts";
import { nearest } from "../responses/spelling.ts";
import type {
  CategoryId,
  GroupId,
  OwnOf,
  QuestionId,
  SetId,
  VariableId,
} from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import { countAnswers, type CountOptions } from "./count_answers.ts";
import { categoriesCounted, type Counts } from "./counts.ts";
import {
  countedShare,
  differenceOfOverlapping,
  differenceOfQuestions,
  differenceOfShares,
  groupAgainstRest,
} from "./difference_of_shares.ts";
import { isAnswerShown, isRestShown, shownOf } from "./disclosure/suppress.ts";
import type { Estimate } from "./estimate.ts";
import { answersIn, estimates, toTable } from "./estimates.ts";
import type { Difference } from "./intervals.ts";

/** What a share is of: a named set of the question's scale, or one category. */
export type Of =
  | { readonly set: SetId; readonly category?: never }
  | { readonly category: CategoryId; readonly set?: never };

/** The same of a question, or of a variable that a survey was given, with categories of its own. */
type OfQuestion<Q> = Q extends QuestionId ? Of
  : { readonly set: string; readonly category?: never } | {
    readonly category: string;
    readonly set?: never;
  };

/**
 * A group: the people who have all of these categories, by variable.
 *
 * @template S The survey, whose own variables may be among them.
 */
export type Group<S = Survey> =
  & { readonly [V in VariableId]?: GroupId<V> }
  & { readonly [V in OwnOf<S>]?: string };

/**
 * The shares of every category and set of one or more questions as an Arquero table, one row per
 * estimate.
 *
 * @param by Also by this variable: one row per estimate and group, instead of overall.
 * @throws {InputError} Where a name is not in the codebook.
 */
export function shares<S extends Survey>(
  survey: S,
  questions: QuestionId | OwnOf<S> | readonly (QuestionId | OwnOf<S>)[],
  { by = null }: { readonly by?: VariableId | OwnOf<S> | null } = {},
): ColumnTable {
  return toTable(
    [questions].flat().flatMap((question) => questionsOf(survey.codebook, question as string))
      .flatMap((question) => estimates(survey, question, { by })),
  );
}

/**
 * One share, overall or in one group.
 *
 * @param of The set or category; by default the set that a headline about the question speaks of.
 * @param among The group; without it everyone who was asked.
 * @returns The estimate. Of a group by several variables, `variable` and `group` are the last of them.
 * @throws {InputError} Where there is no such estimate, with those there are.
 */
export function share<S extends Survey, Q extends QuestionId | OwnOf<S>>(
  survey: S,
  question: Q,
  of?: OfQuestion<Q>,
  among: Group<S> = {},
): Estimate {
  const conditions = Object.entries(among as Record<string, string>);
  const [variable, group] = conditions.pop() ?? [null, null];
  const within = Object.fromEntries(conditions.map(([name, category]) => [name, [category]]));
  const all = estimatesOf(survey, question, of as Of | undefined, { by: variable, within });
  const found = all.find((estimate) => estimate.group === group);
  if (found !== undefined) return found;
  throw new InputError(
    `"${variable}" has no group "${group}". ${listed(all.map((each) => each.group))}`,
  );
}

/** The share of a set or category in every group of a variable, in codebook order. */
export function shareByGroup<S extends Survey, Q extends QuestionId | OwnOf<S>>(
  survey: S,
  question: Q,
  of: OfQuestion<Q>,
  variable: VariableId | OwnOf<S>,
): Estimate[] {
  return estimatesOf(survey, question, of as Of, { by: variable });
}

/**
 * The estimates of what is asked for, understood: of several answers, the question that stands for the one
 * that is meant; where nothing is said, the question's main set.
 */
function estimatesOf(
  survey: Survey,
  question: string,
  given: Of | undefined,
  options: CountOptions,
): Estimate[] {
  const { codebook } = survey;
  const main = codebook.scales[codebook.questions[question]?.scale ?? ""]?.main_set;
  const said = checkOf(question, given ?? (main === undefined ? {} : { set: main }));
  const item = codebook.several?.[question]?.items[said.category ?? ""];
  const of = item === undefined ? said : { set: "chosen" };
  const all = estimates(survey, item ?? question, options);
  const found = all.filter((each) =>
    of.set === undefined ? each.category === said.category : each.set === of.set
  );
  if (found.length === 0) throw noSuch(question, said, all);
  return found;
}

/** A set or a category, and not both, or something else that a cell gives in their place. */
function checkOf(question: string, of: unknown): Of {
  const { set, category, ...others } = Object(of) as Record<string, unknown>;
  if ([set, category].some((name) => typeof name === "string")) return of as Of;
  const [meant] = Object.keys(others).flatMap((name) => nearest(name, ["set", "category"]));
  throw new InputError(
    `A share of "${question}" is of { set: "…" } or { category: "…" }, not of ${
      JSON.stringify(of)
    }.` + (meant === undefined ? "" : ` Is "${meant}" meant?`),
  );
}

/** A tested difference of two shares, first minus second. */
export interface Gap extends Omit<Difference, "statistic" | "pValue"> {
  readonly p: number | null;
}

/**
 * The difference between two groups of one variable, first minus second, with interval and test;
 * null where one of the bases is too small to be shown.
 */
export function gap<V extends VariableId>(
  survey: Survey,
  question: QuestionId,
  of: Of,
  variable: V,
  first: GroupId<V> & string,
  second: GroupId<V> & string,
): Gap | null {
  const counts = countAnswers(survey, question, { by: variable });
  const answers = answersNamed(counts, of);
  if (![first, second].every((group) => isAnswerShown(counts, group, answers))) return null;
  const [one, other] = [first, second].map((group) => countedShare(counts, group, answers));
  return asGap(differenceOfShares(one!, other!));
}

/** The difference between one group and everybody else who has a group; null as in {@link gap}. */
export function gapToRest<V extends VariableId>(
  survey: Survey,
  question: QuestionId,
  of: Of,
  variable: V,
  group: GroupId<V> & string,
): Gap | null {
  const counts = countAnswers(survey, question, { by: variable });
  const answers = answersNamed(counts, of);
  if (!isAnswerShown(counts, group, answers) || !isRestShown(counts, group)) return null;
  return asGap(groupAgainstRest(counts, group, answers));
}

/**
 * The categories that a set or category stands for, in one question's counts.
 *
 * @throws {InputError} Where its scale has no such set or category.
 */
export function answersNamed(counts: Counts, of: Of): readonly string[] {
  const { set = null, category = null } = checkOf(counts.question, of);
  const answers = answersIn(counts, { set, category });
  const categories = categoriesCounted(counts);
  if (answers.length === 0 || !answers.every((each) => categories.includes(each))) {
    throw noSuch(counts.question, of, [
      ...categories.map((category) => ({ set: null, category })),
      ...Object.keys(counts.sets).map((set) => ({ set, category: null })),
    ]);
  }
  return answers;
}

function asGap({ difference, low, high, pValue: p }: Difference): Gap {
  return { difference, low, high, p };
}

function noSuch(
  question: string,
  { set, category }: Of,
  all: readonly Pick<Estimate, "set" | "category">[],
): InputError {
  const what = set === undefined ? `category "${category}"` : `set "${set}"`;
  const names = all.map((each) => set === undefined ? each.category : each.set);
  return new InputError(`There is no ${what} of "${question}". ${listed(names)}`);
}

function listed(names: readonly (string | null)[]): string {
  const known = new Set(names.filter((name) => name !== null));
  return known.size === 0 ? "There is none." : `There is: ${[...known].join(", ")}.`;
}

/** A share of the answers to a question. */
type Answered = Of & { readonly question: string };

/**
 * The difference between shares of two questions that the same people answered, first minus second,
 * with interval and test; null where one of the two has too few answers to be shown.
 *
 * @throws {InputError} Where a question is not in the codebook, or has no such set or category.
 */
export function gapOfQuestions(survey: Survey, first: Answered, second: Answered): Gap | null {
  const [a, b] = [countAnswers(survey, first.question), countAnswers(survey, second.question)];
  const [ofFirst, ofSecond] = [answersNamed(a, first), answersNamed(b, second)];
  if (!isAnswerShown(a, null, ofFirst) || !isAnswerShown(b, null, ofSecond)) return null;
  const together = countAnswers(survey, second.question, { by: first.question });
  return asGap(differenceOfQuestions(a, ofFirst, b, ofSecond, together));
}

/** A group of people: a category of a variable. */
type GroupOf = readonly [variable: string, category: string];

/**
 * The difference between groups of two variables, first minus second, with interval and test; null where one
 * of them is too small to be shown. Some people may be in both: they are counted once.
 *
 * @throws {InputError} Where a name is not in the codebook, or the question has no such set or category.
 */
export function gapOfOverlapping(
  survey: Survey,
  question: string,
  of: Of,
  first: GroupOf,
  second: GroupOf,
): Gap | null {
  const countsOf = ([variable, category]: GroupOf, [by]: GroupOf) =>
    countAnswers(survey, question, { by, within: { [variable]: [category] } });
  const [ofFirst, ofSecond] = [countsOf(first, second), countsOf(second, first)];
  const answers = answersNamed(ofFirst, of);
  const isHidden = ([variable, category]: GroupOf) =>
    !isAnswerShown(countAnswers(survey, question, { by: variable }), category, answers);
  if (isHidden(first) || isHidden(second)) return null;
  // The interval tells what those in both answered.
  if (shownOf(ofFirst).groups.size === 0) return null;
  // Whoever left the other question open is in one group for certain, and so among "the rest" here.
  const partOf = (counts: Counts, isIn: (group: string | null) => boolean) =>
    countedShare(counts, counts.groups.filter(isIn), answers);
  return asGap(differenceOfOverlapping(
    partOf(ofFirst, (group) => group !== second[1]),
    partOf(ofFirst, (group) => group === second[1]),
    partOf(ofSecond, (group) => group !== first[1]),
    ofFirst.sample,
  ));
}
