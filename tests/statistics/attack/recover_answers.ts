import { categoriesOf } from "../../../lib/responses/codebook.ts";
import { NO_ANSWER, NOT_ASKED, type Survey } from "../../../lib/responses/survey.ts";
import { breakdownTest } from "../../../lib/statistics/breakdown_rows.ts";
import { countPairs } from "../../../lib/statistics/count_answers.ts";
import { type Counts, groupsCounted } from "../../../lib/statistics/counts.ts";
import { shownOf } from "../../../lib/statistics/disclosure/suppress.ts";
import type { Domain } from "../../../lib/statistics/domain.ts";
import { breakdowns, estimatesFromCounts } from "../../../lib/statistics/estimates.ts";
import { type Equation, Unknowns } from "./solve.ts";

/** An answer of few people that can be told from what reports show. */
interface Told {
  readonly who: string;
  readonly people: number;
  readonly answer: string;
  /** How many of them are certain to have given it, at least and at most. */
  readonly low: number;
  readonly high: number;
}

/** What an attack did and found. */
export interface Attack {
  readonly told: readonly Told[];
  /** Sets of fewer people than the least base, by answer that one of them gave. */
  readonly targets: number;
  /** Shown counts. */
  readonly shown: number;
  readonly programs: number;
}

/** A count that a report shows: of people in some groups of a variable who gave some answers. */
export interface ShownCount {
  readonly variable: string | null;
  readonly groups: readonly (string | null)[];
  readonly answers: readonly string[];
  /** Or between which two numbers it is. */
  readonly count: number | readonly [low: number, high: number];
  /** Of each background, by what its people are multiplied; 1 if not given. */
  readonly weightOf?: (background: Background) => number;
  /** Of a part of these people only. */
  readonly within?: Domain;
}

/** What a report on a part of the respondents shows of a question. */
export type Show = (survey: Survey, question: string, within: Domain) => ShownCount[];

/**
 * Attacks all that several reports show of one question, by somebody who knows everybody who took
 * part: their backgrounds, and that they answered the question. Unknown is who gave which answer.
 *
 * Each count that a report shows is an equation; how many people of one background gave an answer are
 * the unknowns. For every set of fewer people than the least base that has a background in common
 * (one variable, several, or all of them) linear programming tells how many of them gave an answer at
 * least and at most. An answer is told where all of them are certain to have given it, or where their
 * number is certain and not 0. That nobody gave it is told by every shown group in which nobody did.
 *
 * @param variables The background that is known of everybody.
 * @param reports The part of the respondents of each report.
 */
export function recoverAnswers(
  survey: Survey,
  question: string,
  variables: readonly string[],
  reports: readonly Domain[],
  show: Show = everyBreakdown,
): Attack {
  const { leastBase, types, given } = whoAnswered(survey, question, variables);
  const at = (type: number, answer: string) => type * given.length + given.indexOf(answer);
  const typesWhere = (has: (background: Background) => boolean) =>
    types.flatMap(({ background }, type) => has(background) ? [type] : []);

  const equations: Equation[] = types.map(({ people }, type) => ({
    unknowns: given.map((answer) => at(type, answer)),
    value: people.length,
  }));
  for (const within of reports) {
    for (const shown of show(survey, question, within)) {
      const { variable, groups, answers, count, weightOf } = shown;
      const conditions = [within, shown.within ?? {}].flatMap((domain) => Object.entries(domain));
      const isInside = (background: Background) =>
        conditions.every(([name, among]) => among.includes(background[name]!));
      if (variable !== null && !variables.includes(variable)) continue;
      const among = typesWhere((background) =>
        isInside(background) && (variable === null || groups.includes(background[variable]!))
      );
      const unknowns = among.flatMap((type) =>
        answers.filter((answer) => given.includes(answer)).map((answer) => at(type, answer))
      );
      const factors = weightOf &&
        unknowns.map((i) => weightOf(types[Math.floor(i / given.length)]!.background));
      equations.push({ unknowns, value: count, ...factors && { factors } });
    }
  }

  const program = new Unknowns(types.length * given.length, equations);
  const isAnswer = (person: Person, answer: string) => person.answer === answer;
  const targets = smallSets(types, variables, leastBase).flatMap(({ who, among }) => {
    const persons = among.flatMap((type) => types[type]!.people);
    return given
      .filter((answer) => persons.some((person) => isAnswer(person, answer)))
      .map((answer) => ({
        who,
        answer,
        people: persons.length,
        unknowns: among.map((type) => at(type, answer)),
      }));
  });
  // One solution with a set's count below 1 clears it, and most programs clear many at once.
  let left = targets;
  for (let before = Infinity; left.length < before && left.length > 0;) {
    before = left.length;
    const { values } = program.extreme("Minimize", left.flatMap(({ unknowns }) => unknowns));
    left = left.filter(({ unknowns }) =>
      unknowns.reduce((sum, i) => sum + values[i]!, 0) > 1 - 1e-6
    );
  }
  const told = left.flatMap(({ unknowns, who, people, answer }): Told[] => {
    const [low, high] = program.range(unknowns);
    return low > 0 && (low === high || low >= people) ? [{ who, people, answer, low, high }] : [];
  });
  return {
    told,
    targets: targets.length,
    shown: equations.length - types.length,
    programs: program.solved,
  };

  function smallSets(
    types: readonly Type[],
    variables: readonly string[],
    leastBase: number,
  ): { who: string; among: number[] }[] {
    const sets = new Map<string, { who: string; among: number[] }>();
    const by = [
      variables,
      ...variables.map((name) => [name]),
      ...variables.flatMap((a, i) => variables.slice(i + 1).map((b) => [a, b])),
    ];
    for (const names of by) {
      const places = Map.groupBy(
        types.keys(),
        (type) => names.map((name) => `${name}=${types[type]!.background[name]}`).join(" "),
      );
      for (const [who, among] of places) {
        const n = among.reduce((sum, type) => sum + types[type]!.people.length, 0);
        if (n < leastBase && !sets.has(among.join())) sets.set(among.join(), { who, among });
      }
    }
    return [...sets.values()];
  }

  function whoAnswered(survey: Survey, question: string, variables: readonly string[]) {
    const people = peopleOf(survey, question, variables);
    const types = [...Map.groupBy(people, ({ background }) => JSON.stringify(background)).values()]
      .map((people): Type => ({ background: people[0]!.background, people }));
    const given = [...new Set(people.map(({ answer }) => answer))].sort();
    return { leastBase: survey.codebook.disclosure.least_base, types, given };
  }
}

export type Background = Readonly<Record<string, string>>;

interface Person {
  readonly background: Background;
  readonly answer: string;
}

interface Type {
  readonly background: Background;
  readonly people: readonly Person[];
}

function peopleOf(
  { codes, codebook }: Survey,
  question: string,
  variables: readonly string[],
): Person[] {
  const answers = Object.keys(categoriesOf(codebook, question)!);
  const known = variables.map((name) => ({
    name,
    codes: codes.get(name)!,
    categories: Object.keys(categoriesOf(codebook, name)!),
  }));
  return [...codes.get(question)!].flatMap((code, i): Person[] =>
    code === NO_ANSWER || code === NOT_ASKED ? [] : [{
      answer: answers[code - 1]!,
      background: Object.fromEntries(
        known.map((
          { name, codes, categories },
        ) => [name, categories[codes[i]! - 1] ?? `(${codes[i]})`]),
      ),
    }]
  );
}

/** What estimates.json and the notebooks' breakdowns are made from. */
export function everyBreakdown(survey: Survey, question: string, within: Domain): ShownCount[] {
  const part = Object.keys(within).length > 0 ? { ...survey, within } : survey;
  return countPairs(part, breakdowns(part).filter(([name]) => name === question))
    .flatMap(shownIn);
}

/** The counts that estimates tell, and the differences from the rest of each group. */
export function shownIn(counts: Counts): ShownCount[] {
  const { variable, sets, groups: all, answers: names, n } = counts;
  const exact = estimatesFromCounts(counts).flatMap(({ group, set, category, count, rounded }) =>
    count === null || rounded !== undefined
      ? []
      : [{ variable, groups: [group], answers: set === null ? [category!] : sets[set]!, count }]
  );
  // The attacker knows how numbers are rounded, and so which range each is the middle of.
  const { roundedIn } = shownOf(counts);
  const ranges = groupsCounted(counts).flatMap((group) =>
    (roundedIn(group)?.ranges ?? []).map(({ answers, low, high }): ShownCount => ({
      variable,
      groups: [group],
      answers: answers.map((place) => names[place]!),
      count: [low, high],
    }))
  );
  const shown = [...exact, ...ranges];
  if (variable === null) return shown;
  const countIn = (groups: readonly (string | null)[], answers: readonly string[]) =>
    groups.flatMap((group) =>
      answers.map((answer) => n[all.indexOf(group) * names.length + names.indexOf(answer)]!)
    ).reduce((sum, people) => sum + people, 0);
  const parts = [
    ...names.slice(0, -2).map((category) => [category]),
    ...Object.values(sets),
  ];
  const rests = parts.flatMap((answers) =>
    breakdownTest(counts, answers).groups.filter(({ againstRest }) => againstRest !== null)
      .map(({ group }) => {
        const groups = groupsCounted(counts).filter((each) => each !== group);
        return { variable, groups, answers, count: countIn(groups, answers) };
      })
  );
  return [...shown, ...rests];
}

/** Everyone; every category of every variable; and each two of them on different variables. */
export function everyReport(
  { codebook }: Survey,
  variables: readonly string[],
  conditions: 0 | 1 | 2,
): Domain[] {
  const singles = variables.map((name) =>
    Object.keys(codebook.variables[name]!.categories).map((group): Domain => ({ [name]: [group] }))
  );
  const pairs = singles.flatMap((first, i) =>
    singles.slice(i + 1).flatMap((second) =>
      first.flatMap((a) => second.map((b): Domain => ({ ...a, ...b })))
    )
  );
  return [{}, ...conditions > 0 ? singles.flat() : [], ...conditions > 1 ? pairs : []];
}
