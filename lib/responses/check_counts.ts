import type { Codebook } from "./codebook.ts";
import {
  answersOf,
  type CountedAnswers,
  type CountedTable,
  forEachPlace,
  isCounted,
  NO_ANSWER_ID,
  NOT_ASKED_ID,
  peopleBy,
  placesOf,
} from "./counted_answers.ts";
import { fileColumns } from "./file_columns.ts";
import { type Problem, problem } from "./problem.ts";

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
  return [
    ...[...asked].flatMap((name) => [
      ...routed(counted, codebook, asked, name),
      ...derived(counted, codebook, asked, name),
      ...unanswered(counted, codebook, name),
    ]),
    ...fileColumns(codebook).filter((name) => !asked.has(name)).map((name) =>
      problem(
        Object.hasOwn(codebook.questions, name) ? "left_out" : "missing_variable",
        `counts of ${name}`,
        { column: name },
      )
    ),
    ...madeUp === null
      ? [problem("no_respondent_column", "a row that says whether respondents are made up", {
        column: codebook.respondent.column,
      })]
      : [],
  ];
}

/** Every table has the same people: as many in all, and as many with each answer. */
function disagreeing(
  { tables }: CountedAnswers,
  codebook: Codebook,
  madeUp: ReadonlyMap<string, number> | null,
): Problem[] {
  const problems: Problem[] = [];
  const first = new Map<string, { margin: CountedTable; of: string }>();
  const titleOf = ({ names }: CountedTable) => names.join(" by ");
  const smallFirst = [...tables.values()].sort((a, b) => a.names.length - b.names.length);
  for (const table of smallFirst) {
    const alone = { weighted: true, tables: new Map([["", table]]) };
    for (const name of table.names) {
      const margin = peopleBy(alone, codebook, [name]);
      const earlier = first.get(name);
      if (earlier === undefined) {
        first.set(name, { margin, of: titleOf(table) });
        continue;
      }
      const at = differs(margin, earlier.margin);
      if (at < 0) continue;
      problems.push(problem(
        "counts_disagree",
        `${earlier.margin.n[at]} people (weights ${earlier.margin.w[at]}) as ${earlier.of} has; ` +
          `here ${margin.n[at]} (${margin.w[at]})`,
        { column: titleOf(table), value: `${name} = ${answersOf(codebook, name)[at]}` },
      ));
      break;
    }
  }
  const totals = new Map<number, string>();
  for (const { margin, of } of first.values()) totals.set(sumOf(margin.n), of);
  if (madeUp) totals.set([...madeUp.values()].reduce((a, b) => a + b, 0), "the respondents' row");
  if (problems.length === 0 && totals.size > 1) {
    problems.push(problem(
      "counts_disagree",
      `as many people in all: ${[...totals].map(([n, of]) => `${of} has ${n}`).join(", ")}`,
    ));
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
function routed(
  counted: CountedAnswers,
  codebook: Codebook,
  asked: ReadonlySet<string>,
  name: string,
): Problem[] {
  const base = (codebook.questions[name] ?? codebook.variables[name])?.base ?? "";
  const where = Object.entries(codebook.bases[base]?.where ?? {});
  const missing = where.find(([variable]) => !asked.has(variable));
  if (missing) {
    return [problem("missing_routing", `needed to tell who was asked ${name}`, {
      column: missing[0],
    })];
  }
  if (codebook.variables[name]?.derived) return [];
  const names = [name, ...where.map(([variable]) => variable)];
  if (!isCounted(counted, names)) return [];
  const wrong: Record<"answered" | "empty" | "left_out", number> = {
    answered: 0,
    empty: 0,
    left_out: 0,
  };
  const people = peopleBy(counted, codebook, names);
  forEachPlace(people, codebook, (place, places) => {
    const [answer = "", ...of] = people.names.map((each, i) =>
      answersOf(codebook, each)[places[i]!] ?? ""
    );
    const isAsked = where.every(([, among], i) => among.includes(of[i]!));
    if (isAsked === (answer !== NOT_ASKED_ID)) return;
    wrong[isAsked ? "left_out" : answer === NO_ANSWER_ID ? "empty" : "answered"] += people
      .n[place]!;
  });
  const condition = where.map(([variable, among]) => `${variable} = ${among.join(" or ")}`)
    .join(" and ");
  const at = (count: number) => ({ column: name, count });
  return [
    ...wrong.answered > 0
      ? [problem("answered_not_asked", `only those asked with ${condition}`, at(wrong.answered))]
      : [],
    ...wrong.empty > 0
      ? [problem("counts_routing", `${NOT_ASKED_ID} without ${condition}`, at(wrong.empty))]
      : [],
    ...wrong.left_out > 0
      ? [problem(
        "counts_routing",
        `no ${NOT_ASKED_ID} ${condition === "" ? "since everyone was asked" : `with ${condition}`}`,
        at(wrong.left_out),
      )]
      : [],
  ];
}

/** Whether a derived variable is what its sources make it. */
function derived(
  counted: CountedAnswers,
  codebook: Codebook,
  asked: ReadonlySet<string>,
  name: string,
): Problem[] {
  const variable = codebook.variables[name];
  if (!variable?.derived) return [];
  const wheres = Object.entries(variable.categories).map(([id, { where = {} }]) => ({ id, where }));
  const sources = [...new Set(wheres.flatMap(({ where }) => Object.keys(where)))];
  const names = [name, ...sources];
  if (!sources.every((source) => asked.has(source)) || !isCounted(counted, names)) return [];
  const people = peopleBy(counted, codebook, names);
  let wrong = 0;
  forEachPlace(people, codebook, (place, places) => {
    const [group, ...answers] = people.names.map((each, i) =>
      answersOf(codebook, each)[places[i]!] ?? ""
    );
    const made = answers.includes(NOT_ASKED_ID)
      ? NOT_ASKED_ID
      : wheres.find(({ where }) =>
        sources.every((source, i) => where[source]?.includes(answers[i]!) ?? true)
      )?.id ?? NO_ANSWER_ID;
    if (group !== made) wrong += people.n[place]!;
  });
  return wrong === 0 ? [] : [
    problem("counts_disagree", `${name} as ${sources.join(" and ")} make it`, {
      column: name,
      count: wrong,
    }),
  ];
}

function unanswered(counted: CountedAnswers, codebook: Codebook, name: string): Problem[] {
  if (codebook.variables[name]?.derived) return [];
  const { n } = peopleBy(counted, codebook, [name]);
  const none = n[placesOf(codebook, name) - 2]!;
  const answered = sumOf(n.subarray(0, -2));
  if (none === 0) return [];
  return answered === 0
    ? [problem("nobody_answered", `answers of ${none} people`, { column: name })]
    : [problem("no_answer", `${none} of ${none + answered} who were asked`, {
      column: name,
      count: none,
    })];
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
