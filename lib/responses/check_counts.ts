import { askedWhere, type Codebook } from "./codebook.ts";
import {
  answersOf,
  forEachPlace,
  isCounted,
  NO_ANSWER_ID,
  NOT_ASKED_ID,
  peopleBy,
} from "./counted_answers.ts";
import { fileColumns } from "./file_columns.ts";
import { type Problem, problem } from "./problem.ts";
import type { CountedAnswers, CountedTable } from "./survey.ts";

/**
 * Finds counts that cannot be of the same people, that do not fit who was asked, or that a derived
 * variable contradicts, and says what is not there.
 *
 * @param asked The questions and variables that are counted.
 * @param madeUp The respondents by whether they are made up; null where the table does not say.
 */
export function checkCounts(
  counted: CountedAnswers,
  codebook: Codebook,
  asked: ReadonlySet<string>,
  madeUp: ReadonlyMap<string, number> | null,
): Problem[] {
  const problems = disagreeing(counted, codebook, madeUp);
  if (problems.length > 0) return problems;
  for (const name of asked) {
    const where = askedWhere(codebook, name);
    const column = Object.keys(where).find((variable) => !asked.has(variable));
    if (column !== undefined) {
      const expected = `needed to tell who was asked ${name}`;
      problems.push(problem("missing_routing", expected, { column }));
    }
    if (codebook.variables[name]?.derived) {
      problems.push(...derived(counted, codebook, asked, name));
    } else {
      if (column === undefined) problems.push(...answered(counted, codebook, name, where));
      problems.push(...unanswered(counted, codebook, name));
    }
  }
  for (const column of fileColumns(codebook).filter((name) => !asked.has(name))) {
    const rule = Object.hasOwn(codebook.questions, column) ? "left_out" : "missing_variable";
    problems.push(problem(rule, `counts of ${column}`, { column }));
  }
  if (madeUp === null) {
    const expected = "a row that says whether respondents are made up";
    problems.push(
      problem("no_respondent_column", expected, { column: codebook.respondent.column }),
    );
  }
  return problems;
}

/** Every table has the same people: as many in all, and as many with each answer. */
function disagreeing(
  { tables }: CountedAnswers,
  codebook: Codebook,
  madeUp: ReadonlyMap<string, number> | null,
): Problem[] {
  const problems: Problem[] = [];
  const first = new Map<string, { margin: CountedTable; of: string }>();
  for (const table of [...tables.values()].sort((a, b) => a.names.length - b.names.length)) {
    const of = table.names.join(" by ");
    const alone = { weighted: true, tables: new Map([["", table]]) };
    for (const name of table.names) {
      const margin = peopleBy(alone, codebook, [name]);
      const earlier = first.get(name);
      if (earlier === undefined) first.set(name, { margin, of });
      const at = earlier ? differs(margin, earlier.margin) : -1;
      if (!earlier || at < 0) continue;
      problems.push(problem(
        "counts_disagree",
        `${earlier.margin.n[at]} people (weights ${earlier.margin.w[at]}) as ${earlier.of} has; ` +
          `here ${margin.n[at]} (${margin.w[at]})`,
        { column: of, value: `${name} = ${answersOf(codebook, name)[at]}` },
      ));
      break;
    }
  }
  const totals = new Map<number, string>();
  for (const { margin, of } of first.values()) totals.set(sumOf(margin.n), of);
  if (madeUp) totals.set(sumOf([...madeUp.values()]), "the respondents' row");
  if (problems.length === 0 && totals.size > 1) {
    const all = [...totals].map(([n, of]) => `${of} has ${n}`).join(", ");
    problems.push(problem("counts_disagree", `as many people in all: ${all}`));
  }
  return problems;
}

/** The first place where two margins have not the same people; -1 where they agree. */
function differs(one: CountedTable, other: CountedTable): number {
  const isFar = (a: number, b: number) => Math.abs(a - b) > 1e-6 * Math.max(1, Math.abs(b));
  return one.n.findIndex((n, i) =>
    n !== other.n[i] || isFar(one.w[i]!, other.w[i]!) || isFar(one.w2[i]!, other.w2[i]!)
  );
}

/** Whether those and only those were asked whom the codebook says. */
function answered(
  counted: CountedAnswers,
  codebook: Codebook,
  name: string,
  where: Readonly<Record<string, readonly string[]>>,
): Problem[] {
  const names = [name, ...Object.keys(where)];
  const people = sumsBy(counted, codebook, names, ([answer, ...of]) => {
    const isAsked = Object.values(where).every((among, i) => among.includes(of[i]!));
    if (isAsked === (answer !== NOT_ASKED_ID)) return null;
    return isAsked ? "left out" : answer === NO_ANSWER_ID ? "empty" : "answered";
  });
  const condition = Object.entries(where)
    .map(([variable, among]) => `${variable} = ${among.join(" or ")}`).join(" and ");
  const why = condition === "" ? "since everyone was asked" : `with ${condition}`;
  return ([
    ["answered", "answered_not_asked", `only those asked with ${condition}`],
    ["empty", "counts_routing", `${NOT_ASKED_ID} without ${condition}`],
    ["left out", "counts_routing", `no ${NOT_ASKED_ID} ${why}`],
  ] as const).flatMap(([kind, rule, expected]) => {
    const count = people.get(kind);
    return count ? [problem(rule, expected, { column: name, count })] : [];
  });
}

/** Whether a derived variable is what its sources make it. */
function derived(
  counted: CountedAnswers,
  codebook: Codebook,
  asked: ReadonlySet<string>,
  name: string,
): Problem[] {
  const wheres = Object.entries(codebook.variables[name]!.categories)
    .map(([id, { where = {} }]) => ({ id, where }));
  const sources = [...new Set(wheres.flatMap(({ where }) => Object.keys(where)))];
  if (!sources.every((source) => asked.has(source))) return [];
  const people = sumsBy(counted, codebook, [name, ...sources], ([group, ...answers]) => {
    const made = answers.includes(NOT_ASKED_ID)
      ? NOT_ASKED_ID
      : wheres.find(({ where }) =>
        sources.every((source, i) => where[source]?.includes(answers[i]!) ?? true)
      )?.id ?? NO_ANSWER_ID;
    return group === made ? null : "wrong";
  });
  const count = people.get("wrong");
  const expected = `${name} as ${sources.join(" and ")} make it`;
  return count ? [problem("counts_disagree", expected, { column: name, count })] : [];
}

/** How many left a question empty, be it all of them. */
export function unanswered(counted: CountedAnswers, codebook: Codebook, name: string): Problem[] {
  const { n } = peopleBy(counted, codebook, [name]);
  const none = n.at(-2)!;
  const answers = sumOf(n.subarray(0, -2));
  if (none === 0) return [];
  return answers === 0
    ? [problem("nobody_answered", `answers of ${none} people`, { column: name })]
    : [problem("no_answer", `${none} of ${none + answers} who were asked`, {
      column: name,
      count: none,
    })];
}

/** How many people are of each kind by their answers to these names; nobody where none counts them. */
function sumsBy(
  counted: CountedAnswers,
  codebook: Codebook,
  names: readonly string[],
  kindOf: (answers: readonly string[]) => string | null,
): Map<string, number> {
  const sums = new Map<string, number>();
  if (!isCounted(counted, names)) return sums;
  const people = peopleBy(counted, codebook, names);
  const labels = people.names.map((name) => answersOf(codebook, name));
  forEachPlace(people, codebook, (place, places) => {
    const kind = kindOf(places.map((at, i) => labels[i]![at]!));
    if (kind !== null) sums.set(kind, (sums.get(kind) ?? 0) + people.n[place]!);
  });
  return sums;
}

function sumOf(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, n) => sum + n, 0);
}
