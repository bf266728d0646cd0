import { checkCounts } from "./check_counts.ts";
import { categoriesOf, type Codebook } from "./codebook.ts";
import {
  answersOf,
  countedSurvey,
  emptyTable,
  keyOf,
  placesOf,
  withoutWeights,
} from "./counted_answers.ts";
import { fileColumns } from "./file_columns.ts";
import { nearest } from "./nearest.ts";
import { normaliseName } from "./normalise.ts";
import { readBytes } from "./open_file.ts";
import { isError, type Problem, problem, type Validation, validation } from "./problem.ts";
import { readTable } from "./readers/read_table.ts";
import type { CountedTable } from "./survey.ts";

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
