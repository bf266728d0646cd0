import { askedWhere, categoriesOf, type Codebook } from "./codebook.ts";
import {
  answersOf,
  countedSurvey,
  emptyTable,
  forEachPlace,
  isCounted,
  keyOf,
  NO_ANSWER_ID,
  NOT_ASKED_ID,
  peopleBy,
  placesOf,
  withoutWeights,
} from "./counted_answers.ts";
import { fileColumns } from "./file_columns.ts";
import { readBytes } from "./open_file.ts";
import { isError, type Problem, problem, type Validation, validation } from "./problem.ts";
import { readTable } from "./readers/read_table.ts";
import { nearest, normaliseName } from "./spelling.ts";
import type { CountedAnswers, CountedTable } from "./survey.ts";

/** The columns of a table of counts. */
export const COUNT_COLUMNS = ["question", "variable", "group", "answer", "n", "w", "w2"] as const;
/** Joins the variables of a table of several, and their groups. No codebook id has it. */
export const TOGETHER = "*";
/** The answers of the row that counts the respondents: whether they are made up. */
export const MADE_UP = { yes: "synthetic", no: "not_synthetic" } as const;

/** Whether these are the columns of a table of counts, and not those of a response file. */
export function areCountColumns(header: readonly string[]): boolean {
  const names = new Set(header.map(normaliseName));
  return ["question", "answer", "n"].every((name) => names.has(name)) &&
    (names.has("variable") || names.has("group"));
}

/**
 * Reads a table of counts as a survey, and checks everything about it.
 *
 * @param file A path or file: URL.
 * @param codebook What was asked.
 * @param wanted Whether its weights count.
 * @throws {DataProblems} If the file cannot be read at all.
 */
export async function readCounts(
  file: string | URL,
  codebook: Codebook,
  wanted: boolean,
): Promise<Validation> {
  const { bytes, name, sha256 } = await readBytes(file);
  const { header, columns: values, respondents: rows, lineOf, notes = [] } = await readTable(
    bytes,
    name,
    (column) => (COUNT_COLUMNS as readonly string[]).includes(normaliseName(column)),
  );
  const columns = new Map(header.map((column, i) => [normaliseName(column), values[i]!]));
  const lacking = COUNT_COLUMNS.filter((column) => !columns.has(column));
  const found: Problem[] = [
    ...notes,
    ...lacking.map((column) => problem("counts_column", `a column called ${column}`, { column })),
    ...rows === 0 ? [problem("no_rows", "one row per question, group and answer")] : [],
  ];
  const tables = new Map<string, CountedTable>();
  const madeUp = new Map<string, number>();
  const noted = new Map<string, Problem>();
  for (let row = 0; row < rows && lacking.length === 0; row++) {
    const values = COUNT_COLUMNS.map((column) => columns.get(column)![row]?.trim() ?? "");
    const wrong = addRow(values as CountRow, tables, madeUp, codebook);
    if (wrong === null) continue;
    const key = JSON.stringify([wrong.rule, wrong.column, wrong.value]);
    const first = noted.get(key) ?? { ...wrong, row: row + 1, line: lineOf(row), count: 0 };
    noted.set(key, { ...first, count: first.count + 1 });
  }
  found.push(...noted.values());
  const isWeighted = [...tables.values()].some(({ n, w, w2 }) =>
    n.some((people, i) => people !== w[i] || people !== w2[i])
  );
  if (isWeighted && !wanted) {
    found.push(problem("unused_weight", "every respondent to count", { column: "w" }));
  } else if (!isWeighted && wanted) {
    found.push(problem("no_weight", "w and w2 other than n", { column: "w" }));
  }
  const all = { weighted: isWeighted, tables };
  const counted = wanted ? all : withoutWeights(all);
  const asked = new Set([...tables.values()].flatMap((table) => table.names));
  if (!found.some(isError)) {
    found.push(...checkCounts(counted, codebook, asked, madeUp.size > 0 ? madeUp : null));
  }
  const respondents = tables.values().next().value?.n.reduce((sum, n) => sum + n, 0);
  if (respondents === undefined) return validation(found, null);
  const synthetic = (madeUp.get(MADE_UP.yes) ?? 0) > 0;
  const source = { file: name, sha256, respondents, synthetic };
  const left_out = Object.keys(codebook.questions).filter((name) => !asked.has(name));
  return validation(found, countedSurvey({ codebook, source, left_out }, asked, counted));
}

type CountRow = [question: string, variable: string, group: string, answer: string, ...string[]];

/** Adds a row to its table, or says what is wrong with it. */
function addRow(
  [question, variable, group, answer, ...numbers]: CountRow,
  tables: Map<string, CountedTable>,
  madeUp: Map<string, number>,
  codebook: Codebook,
): Problem | null {
  const people = peopleIn(numbers);
  if (people === null) {
    const value = `n = ${numbers[0]}, w = ${numbers[1]}, w2 = ${numbers[2]}`;
    return problem("bad_count", "a number of people and their weights", { value });
  }
  if (question === codebook.respondent.column) {
    madeUp.set(answer, (madeUp.get(answer) ?? 0) + people[0]);
    return null;
  }
  if (question.includes("+") || variable.includes("+")) {
    return problem("unused_counts", "", { column: "question", value: question });
  }
  const names = [question, ...variable === "" ? [] : variable.split(TOGETHER)];
  const wrong = names.find((name, i) =>
    categoriesOf(codebook, name) === undefined || names.indexOf(name) < i
  );
  if (wrong !== undefined) {
    const near = nearest(wrong, [...fileColumns(codebook), ...Object.keys(codebook.variables)]);
    return problem(
      "unknown_name",
      near.length > 0 ? `nearest: ${near.join(", ")}` : "an id of the codebook, each once",
      { column: wrong === question ? "question" : "variable", value: wrong },
    );
  }
  const answers = [answer, ...variable === "" ? [] : group.split(TOGETHER)];
  const places = names.map((name, i) => answersOf(codebook, name).indexOf(answers[i] ?? ""));
  const isComplete = answers.length === names.length;
  const unknown = isComplete ? places.indexOf(-1) : 0;
  if (unknown >= 0) {
    const name = names[unknown]!;
    const expected = `${name}: one of ${answersOf(codebook, name).join(", ")}`;
    const at = unknown === 0 && isComplete
      ? { column: "answer", value: answer }
      : { column: "group", value: group };
    return problem("unknown_category", expected, at);
  }
  const table = tables.get(keyOf(names)) ?? emptyTable(codebook, names);
  tables.set(keyOf(names), table);
  const at = table.names.reduce(
    (sum, name) => sum * placesOf(codebook, name) + places[names.indexOf(name)]!,
    0,
  );
  table.n[at]! += people[0];
  table.w[at]! += people[1];
  table.w2[at]! += people[2];
  return null;
}

/** n, w and w2, or null where nobody can have them. */
function peopleIn(texts: readonly string[]): [number, number, number] | null {
  const numbers = texts.map((text) => text === "" ? NaN : Number(text.replace(",", ".")));
  const [n, w, w2] = numbers as [number, number, number];
  const isCount = Number.isSafeInteger(n) && n >= 0 && w >= 0 && w2 >= 0 && w < Infinity &&
    w2 < Infinity && (n > 0) === (w > 0) && (n > 0) === (w2 > 0) && w * w <= n * w2 * (1 + 1e-9);
  return isCount ? [n, w, w2] : null;
}

/**
 * Finds counts that cannot be of the same people, that do not fit who was asked, or that a derived
 * variable contradicts, and says what is not there.
 *
 * @param asked The questions and variables that are counted.
 * @param madeUp The respondents by whether they are made up; null where the table does not say.
 */
function checkCounts(
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
