import { NO_ANSWER, type Survey } from "../../responses/survey.ts";
import type { CodedColumn } from "../column.ts";
import { baseOf, categoriesCounted, countOf, type Counts, NO_ANSWER_ID } from "../counts.ts";
import { conditionsOf, type Domain } from "../domain.ts";
import { answersByPattern, codesOfPattern, type Tally } from "../tally.ts";
import { crossedWith, isBackground, linkedWith, toldBy } from "../variable_sources.ts";
import { arePeopleHidden } from "./people_hidden.ts";
import { type Whole, wholes } from "./rounded.ts";
import { withRoundedWeights } from "./rounded_weights.ts";
import { isSumShown, shownOf } from "./suppress.ts";
import { tableRule } from "./table_rule.ts";

/** What counts were made from. */
export interface Context {
  readonly survey: Survey;
  readonly answers: CodedColumn;
  readonly within: Domain;
  /** Counts of the question by a variable, of everyone. */
  readonly ofEveryone: (variable: string) => Counts;
  /** The question's answers by several variables together, of those who are counted. */
  readonly tallyBy: (variables: readonly string[]) => Tally;
}

/**
 * Counts with what it takes to tell which of them may be shown. See `suppress.ts`, which draws the
 * conclusions.
 */
export function withDisclosure(exact: Counts, context: Context): Counts {
  const { survey: { within: _, ...everyone }, answers, within, ofEveryone } = context;
  const { codebook } = everyone;
  const isKnown = isBackground(codebook, exact.question);
  const made = everyone.isPublished && !isKnown ? withRoundedWeights(exact) : exact;
  const counts = isKnown
    // Who has which background is known to whoever knows them: it is no answer.
    ? { ...made, sample: { ...made.sample, leastAnswer: 0, leastOthers: 0 } }
    : made;
  const conditions = conditionsOf(context.survey, within);
  const groups = { base: made.base, conditions, by: made.variable };
  if (arePeopleHidden(everyone, groups, made.sample)) {
    return { ...counts, rule: { isClosed: true, together: [] }, hidesPeople: true };
  }
  if (conditions.length === 0) {
    const exposed = exposedBy(counts, context).sort((a, b) => a - b);
    return exposed.length > 0 ? { ...counts, exposed } : counts;
  }
  const variables = [...new Set(conditions.map(([variable]) => variable))];
  if (counts.variable !== null && !variables.includes(counts.variable)) {
    variables.push(counts.variable);
  }
  const [variable = "", another] = variables;
  if (another !== undefined) {
    // The larger table first: the other one is added up from it.
    const linked = linkedWith(codebook, variables);
    const { isClosed } = tableRule(everyone, answers, linked, counts.sample);
    const { together } = tableRule(everyone, answers, variables, counts.sample);
    const made = { ...counts, rule: { isClosed, together } };
    wholes.set(made, wholesOf(conditions, counts, ofEveryone));
    return made;
  }
  const all = ofEveryone(variable);
  const among = conditions.map(([, among]) => among)
    .reduce((both, among) => both.filter((group) => among.includes(group)));
  const shown = shownOf(all);
  const isClosed = among.length > 0 && !isSumShown(all, among);
  const part = {
    ...counts,
    rule: {
      isClosed,
      together: shown.together.map((block) => [...block]),
    },
    ...counts.variable !== null && {
      covered: counts.groups.filter((group) => !shown.groups.has(group)),
    },
  };
  if (!isClosed) {
    wholes.set(part, () => ({ everyone: peopleOf(all, all.groups), parts: [], together: [] }));
  }
  return part;
}

/**
 * What bounds the answers of the groups of a table of several variables: everyone's, by each of these.
 *
 * @returns A function of a group; null where one of those parts is not shown by itself.
 */
function wholesOf(
  conditions: readonly (readonly [variable: string, among: readonly string[]])[],
  { variable }: Counts,
  ofEveryone: (variable: string) => Counts,
): (group: string | null) => Whole | null {
  const tables = new Map<string, Counts>();
  return (group) => {
    const parts = [
      ...conditions,
      ...variable === null || group === null ? [] : [[variable, [group]] as const],
    ].map(([name, among]) => {
      const counts = tables.get(name) ?? ofEveryone(name);
      tables.set(name, counts);
      return isSumShown(counts, among) ? { counts, among } : null;
    });
    const [first] = parts;
    if (!first || parts.includes(null)) return null;
    const { counts } = first;
    const categories = categoriesCounted(counts);
    return {
      everyone: peopleOf(counts, counts.groups),
      parts: parts.map((part) => peopleOf(part!.counts, part!.among)),
      together: shownOf(counts).together.map((block) =>
        [...block].map((category) => categories.indexOf(category))
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
