import type { Survey } from "../responses/survey.ts";
import { answersTogether } from "./answers_together.ts";
import type { Column } from "./column.ts";
import type { Sample } from "./counts.ts";
import { type Place, tablePlaces } from "./table_places.ts";

/** What may be shown of a question in a table of several variables. */
export interface TableRule {
  /** Whether nothing is, as one of its places has too few people, or people who answer alike. */
  readonly isClosed: boolean;
  /** Answers that are shown added up only, each list as one; see `answersTogether()`. */
  readonly together: readonly (readonly string[])[];
}

/** By the codes of a survey, which are the same for each part of it. */
const known = new WeakMap<object, Map<string, TableRule>>();

/**
 * What may be shown of a question in a table of several variables, such as what a report on a part of
 * the respondents shows by a variable. It does not matter which of them the part is made with: the
 * same places are shown by the report on women in the group of 40 to 54 years and the other way round.
 *
 * The table is shown as a whole or not at all: each place that anybody is in has the least base, those
 * without a group included, and people who do not all answer alike. Hiding single places of it would
 * not do, since reports on different parts, each with places hidden to cover for one another, can be
 * subtracted from each other.
 *
 * Answers are shown by themselves as {@link answersTogether} says: the margins that the table breaks
 * down are those with one variable less.
 *
 * @param answers The question's column.
 * @param variables Codebook ids; at least one.
 */
export function tableRule(
  survey: Survey,
  answers: Column,
  variables: readonly string[],
  sample: Sample,
): TableRule {
  const names = [...new Set(variables)].sort();
  const { leastBase, leastAnswer, leastOthers } = limitsOf(sample);
  const key = JSON.stringify([
    answers.id,
    answers.either,
    names,
    leastBase,
    leastAnswer,
    leastOthers,
  ]);
  const rules = known.get(survey.codes) ?? new Map<string, TableRule>();
  known.set(survey.codes, rules);
  const before = () =>
    names.length < 2
      ? []
      : names.flatMap((name) =>
        tableRule(survey, answers, names.filter((other) => other !== name), sample).together
      );
  const rule = rules.get(key) ??
    ruleOf(placesOf(survey, answers, names), answers, before(), sample);
  rules.set(key, rule);
  return rule;
}

/** Tables that were counted last, by the codes of a survey. */
const counted = new WeakMap<object, CountedPlaces[]>();
/** So many of them are kept: those that a table is a part of are asked for before and after it. */
const KEPT = 4;

interface CountedPlaces {
  readonly question: string;
  readonly names: readonly string[];
  readonly places: readonly Place[];
}

/** The places of a table, added up from those of a larger one where that was counted before. */
function placesOf(survey: Survey, answers: Column, names: readonly string[]): readonly Place[] {
  const question = JSON.stringify([answers.id, answers.either]);
  const kept = counted.get(survey.codes) ?? [];
  const larger = kept.find((table) =>
    table.question === question && names.every((name) => table.names.includes(name))
  );
  if (larger) return addedUp(larger, names);
  const places = tablePlaces(survey, answers, names);
  counted.set(survey.codes, [{ question, names, places }, ...kept.slice(0, KEPT - 1)]);
  return places;
}

function addedUp({ names: all, places }: CountedPlaces, names: readonly string[]): Place[] {
  const kept = names.map((name) => all.indexOf(name));
  const groups = Map.groupBy(places, ({ codes }) => kept.map((i) => codes[i]!).join());
  return [...groups.values()].map((group) => ({
    codes: kept.map((i) => group[0]!.codes[i]!),
    people: sumOf(group),
  }));
}

function ruleOf(
  places: readonly Place[],
  answers: Column,
  before: readonly (readonly string[])[],
  sample: Sample,
): TableRule {
  const { leastAnswer } = limitsOf(sample);
  const everyone = sumOf(places);
  const isClosed = places.some(({ people }) => !isEnough(people, everyone, sample));
  const variables = places[0]?.codes.length ?? 0;
  const margins = Array.from(
    { length: variables },
    (_, left) =>
      [...Map.groupBy(places, ({ codes }) => codes.filter((_, i) => i !== left).join()).values()]
        .map(sumOf),
  ).flat();
  const placesIn = (names: readonly string[]) =>
    names.map((answer) => answers.categories.indexOf(answer));
  const sets = Object.values(answers.sets).map(placesIn);
  const together = answersTogether(margins, sets, leastAnswer, before.map(placesIn));
  return {
    isClosed,
    together: together.map((block) => block.map((place) => answers.categories[place]!)),
  };
}

function sumOf(places: readonly Place[]): Float64Array {
  const sum = new Float64Array(places[0]?.people.length ?? 0);
  for (const { people } of places) people.forEach((n, i) => sum[i]! += n);
  return sum;
}

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
