import type { Survey } from "../../responses/survey.ts";
import { type CodedColumn, columnOf } from "../column.ts";
import type { Sample, TableRule } from "../counts.ts";
import { answersByPattern, narrow, type Tally, tally } from "../tally.ts";
import { answersTogether } from "./answers_together.ts";
import { isEnough, limitsOf } from "./enough.ts";

/** A question of everyone, counted by some variables. */
interface Table {
  readonly question: string;
  readonly names: readonly string[];
  readonly tally: Tally;
}

/** By the codes of a survey, which are the same for each part of it. */
const rules = new WeakMap<object, Map<string, TableRule>>();
/** The tables that were counted last: those that a table is a part of are asked for around it. */
const tables = new WeakMap<object, Table[]>();
const KEPT = 4;

/**
 * What may be shown of a question in a table of several variables, such as what a report on a part of
 * the respondents shows by a variable. It does not matter which of them the part is made with: the
 * same cells are shown by the report on women in the group of 40 to 54 years and the other way round.
 *
 * The table is shown as a whole or not at all: each cell that anybody is in has the least base, those
 * without a group included, and people who do not all answer alike. Hiding single cells of it would
 * not do, since reports on different parts, each with cells hidden to cover for one another, can be
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
  answers: CodedColumn,
  variables: readonly string[],
  sample: Sample,
): TableRule {
  const names = [...new Set(variables)].sort();
  const question = JSON.stringify([answers.id, answers.either]);
  const key = JSON.stringify([question, names, limitsOf(sample)]);
  const known = rules.get(survey.codes) ?? new Map<string, TableRule>();
  rules.set(survey.codes, known);
  const before = known.get(key);
  if (before) return before;
  const table = tableOf(survey, answers, question, names);
  const smaller = names.length < 2
    ? []
    : names.flatMap((name) =>
      tableRule(survey, answers, names.filter((other) => other !== name), sample).together
    );
  const rule = ruleOf(table, answers, smaller, sample);
  known.set(key, rule);
  return rule;
}

/** A table of everyone, added up from a larger one where that was counted before. */
function tableOf(
  survey: Survey,
  answers: CodedColumn,
  question: string,
  names: readonly string[],
): Tally {
  const kept = tables.get(survey.codes) ?? [];
  const larger = kept.find((table) =>
    table.question === question && names.every((name) => table.names.includes(name))
  );
  if (larger) return narrow(larger.tally, names.map((name) => larger.names.indexOf(name)));
  const { within: _, ...everyone } = survey;
  const counted = tally(everyone, answers, names.map((name) => columnOf(survey, name)));
  tables.set(survey.codes, [{ question, names, tally: counted }, ...kept.slice(0, KEPT - 1)]);
  return counted;
}

function ruleOf(
  table: Tally,
  { sets, categories }: CodedColumn,
  before: readonly (readonly string[])[],
  sample: Sample,
): TableRule {
  const cells = answersByPattern(table);
  const everyone = answersByPattern(narrow(table, []))[0] ?? new Float64Array(categories.length);
  const places = table.patterns.codes.map((_, place) => place);
  const margins = places.flatMap((left) =>
    answersByPattern(narrow(table, places.filter((place) => place !== left)))
  );
  const placesIn = (names: readonly string[]) => names.map((answer) => categories.indexOf(answer));
  const together = answersTogether(
    margins,
    Object.values(sets).map(placesIn),
    limitsOf(sample).leastAnswer,
    before.map(placesIn),
  );
  return {
    isClosed: cells.some((people) => !isEnough(people, everyone, sample)),
    together: together.map((block) => block.map((place) => categories[place]!)),
  };
}
