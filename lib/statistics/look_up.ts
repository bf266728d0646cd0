import type { ColumnTable } from "arquero";
import { questionsOf } from "../responses/kinds.ts";
import { InputError } from "../responses/input_error.ts";
import type {
  CategoryId,
  GroupId,
  OwnOf,
  QuestionId,
  SetId,
  VariableId,
} from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import { countAnswers } from "./count_answers.ts";
import { categoriesCounted, type Counts } from "./counts.ts";
import { countedShare, differenceOfShares, groupAgainstRest } from "./difference_of_shares.ts";
import type { Estimate } from "./estimate.ts";
import { answersIn, estimates, toTable } from "./estimates.ts";
import { isAnswerShown, isRestShown } from "./disclosure/suppress.ts";
import type { Difference } from "./score_interval.ts";

/** What a share is of: a named set of the question's scale, or one category. */
export type Of =
  | { readonly set: SetId; readonly category?: never }
  | { readonly category: CategoryId; readonly set?: never };

/** The same of a question, or of a variable that a survey was given, with categories of its own. */
export type OfQuestion<Q> = Q extends QuestionId ? Of
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
 * @throws {InputError} Where a name is not in the codebook, or the file has no such column.
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
 * @param of The set or category.
 * @param among The group; without it everyone who was asked.
 * @returns The estimate. Of a group by several variables, `variable` and `group` are the last of them.
 * @throws {InputError} Where there is no such estimate.
 */
export function share<S extends Survey, Q extends QuestionId | OwnOf<S>>(
  survey: S,
  question: Q,
  of: OfQuestion<Q>,
  among: Group<S> = {},
): Estimate {
  const conditions = Object.entries(among as Record<string, string>);
  const [variable, group] = conditions.pop() ?? [null, null];
  const within = Object.fromEntries(conditions.map(([name, category]) => [name, [category]]));
  const asked = ofSeveral(survey, question, of as Of);
  const found = estimates(survey, asked.question, { by: variable, within })
    .find((estimate) => estimate.group === group && isOf(estimate, asked.of));
  if (found === undefined) throw noSuch(question, of as Of, variable, group);
  return found;
}

/** The share of a set or category in every group of a variable, in codebook order. */
export function shareByGroup<S extends Survey, Q extends QuestionId | OwnOf<S>>(
  survey: S,
  question: Q,
  of: OfQuestion<Q>,
  variable: VariableId | OwnOf<S>,
): Estimate[] {
  const asked = ofSeveral(survey, question, of as Of);
  const found = estimates(survey, asked.question, { by: variable })
    .filter((each) => isOf(each, asked.of));
  if (found.length === 0) throw noSuch(question, of as Of, variable, null);
  return found;
}

/** Of several answers, the question that stands for the one that is meant; others as they are. */
function ofSeveral({ codebook }: Survey, question: string, of: Of): { question: string; of: Of } {
  const item = codebook.several?.[question]?.items[of.category ?? ""];
  return item ? { question: item, of: { set: "chosen" as SetId } } : { question, of };
}

/** A tested difference of two shares, first minus second. */
export interface Gap {
  readonly difference: number;
  readonly low: number;
  readonly high: number;
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
  const { set = null, category = null } = of;
  const answers = answersIn(counts, { set, category });
  if (answers.length === 0 || !answers.every((each) => categoriesCounted(counts).includes(each))) {
    throw noSuch(counts.question, of, null, null);
  }
  return answers;
}

function asGap({ difference, low, high, pValue: p }: Difference): Gap {
  return { difference, low, high, p };
}

function isOf(estimate: Estimate, { set, category }: Of): boolean {
  return set === undefined ? estimate.category === category : estimate.set === set;
}

function noSuch(
  question: string,
  { set, category }: Of,
  variable: string | null,
  group: string | null,
): InputError {
  const what = set === undefined ? `category "${category}"` : `set "${set}"`;
  const where = variable === null ? "" : ` for ${variable}${group === null ? "" : ` = ${group}`}`;
  return new InputError(
    `There is no ${what} of "${question}"${where}. data/codebook.json lists what its scale has.`,
  );
}
