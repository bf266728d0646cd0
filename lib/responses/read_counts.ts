import { checkCounts } from "./check_counts.ts";
import { categoriesOf, type Codebook } from "./codebook.ts";
import { answersOf, type CountedTable, emptyTable, keyOf, placesOf } from "./counted_answers.ts";
import { countedSurvey } from "./counted_survey.ts";
import { fileColumns } from "./file_columns.ts";
import type { Validation } from "./load_survey.ts";
import { nearest } from "./nearest.ts";
import { normaliseName } from "./normalise.ts";
import { isError, type Problem, problem } from "./problem.ts";
import { readBytes } from "./open_file.ts";
import { readTable } from "./readers/read_table.ts";

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
  return countsAsSurvey(
    {
      file: name,
      sha256,
      rows,
      valueAt: (column, row) => columns.get(column)?.[row]?.trim() ?? "",
      has: (column) => columns.has(column),
      lineOf,
      notes,
    },
    codebook,
    wanted,
  );
}

/** A table of counts, wherever it is from. */
export interface CountRows {
  /** Its name, for messages and as the survey's source. */
  readonly file: string;
  readonly sha256: string;
  readonly rows: number;
  /** The value in a row (from 0) as text, empty where there is none. */
  readonly valueAt: (column: typeof COUNT_COLUMNS[number], row: number) => string;
  readonly has: (column: string) => boolean;
  readonly lineOf: (row: number) => number | null;
  readonly notes?: readonly Problem[];
}

/** A survey of the counts in a table, and everything that is wrong with it. */
export function countsAsSurvey(rows: CountRows, codebook: Codebook, wanted: boolean): Validation {
  const { file, sha256 } = rows;
  const lacking = COUNT_COLUMNS.filter((column) => !rows.has(column));
  const { tables, madeUp, problems } = lacking.length > 0
    ? { tables: new Map<string, CountedTable>(), madeUp: null, problems: [] }
    : tablesOf(rows, codebook);
  const found: Problem[] = [
    ...rows.notes ?? [],
    ...lacking.map((column) => problem("counts_column", `a column called ${column}`, { column })),
    ...rows.rows === 0 ? [problem("no_rows", "one row per question, group and answer")] : [],
    ...problems,
  ];
  const asked = new Set([...tables.values()].flatMap((table) => table.names));
  const isWeighted = [...tables.values()].some(({ n, w, w2 }) =>
    n.some((people, i) => people !== w[i] || people !== w2[i])
  );
  if (isWeighted && !wanted) {
    found.push(problem("unused_weight", "every respondent to count", { column: "w" }));
  } else if (!isWeighted && wanted) {
    found.push(problem("no_weight", "w and w2 other than n", { column: "w" }));
  }
  const plain = new Map([...tables].map(([key, table]) =>
    [
      key,
      wanted ? table : { ...table, w: table.n, w2: table.n },
    ] as const
  ));
  const counted = { weighted: isWeighted && wanted, tables: plain };
  if (!found.some(isError)) found.push(...checkCounts(counted, codebook, asked, madeUp));
  const [any] = tables.values();
  const survey = any === undefined || found.some(isError) ? null : countedSurvey(
    {
      codebook,
      source: {
        file,
        sha256,
        respondents: sumOf(any.n),
        synthetic: (madeUp?.get(MADE_UP.yes) ?? 0) > 0,
      },
      left_out: Object.keys(codebook.questions).filter((name) => !asked.has(name)),
    },
    asked,
    counted,
  );
  return { problems: found.filter(isError), warnings: found.filter((p) => !isError(p)), survey };
}

/** Adds the rows up to tables, as far as they can be understood. */
function tablesOf(rows: CountRows, codebook: Codebook) {
  const tables = new Map<string, CountedTable>();
  const madeUp = new Map<string, number>();
  const found = new Map<string, Problem>();
  const note = (row: number, made: Problem) => {
    const key = JSON.stringify([made.rule, made.column, made.value]);
    const earlier = found.get(key);
    found.set(
      key,
      earlier
        ? { ...earlier, count: earlier.count + 1 }
        : { ...made, row: row + 1, line: rows.lineOf(row) },
    );
  };
  const known = [...fileColumns(codebook), ...Object.keys(codebook.variables)];
  for (let row = 0; row < rows.rows; row++) {
    const [question, variable, group, answer] = COUNT_COLUMNS
      .map((column) => rows.valueAt(column, row)) as [string, string, string, string];
    const people = peopleIn(rows, row);
    if (typeof people === "string") {
      note(row, problem("bad_count", "a number of people and their weights", { value: people }));
      continue;
    }
    if (question === codebook.respondent.column) {
      madeUp.set(answer, (madeUp.get(answer) ?? 0) + people[0]);
      continue;
    }
    if (question.includes("+") || variable.includes("+")) {
      note(row, problem("unused_counts", "", { column: "question", value: question }));
      continue;
    }
    const names = [question, ...variable === "" ? [] : variable.split(TOGETHER)];
    const wrong = names.find((name, i) =>
      categoriesOf(codebook, name) === undefined || names.indexOf(name) < i
    );
    if (wrong !== undefined) {
      const near = nearest(wrong, known);
      note(
        row,
        problem(
          "unknown_name",
          near.length > 0 ? `nearest: ${near.join(", ")}` : "an id of the codebook, each once",
          { column: wrong === question ? "question" : "variable", value: wrong },
        ),
      );
      continue;
    }
    const answers = [answer, ...variable === "" ? [] : group.split(TOGETHER)];
    const places = names.map((name, i) => answersOf(codebook, name).indexOf(answers[i] ?? ""));
    const unknown = answers.length === names.length ? places.indexOf(-1) : 0;
    if (unknown >= 0) {
      const name = names[unknown]!;
      const isAnswer = unknown === 0 && answers.length === names.length;
      note(
        row,
        problem("unknown_category", `${name}: one of ${answersOf(codebook, name).join(", ")}`, {
          column: isAnswer ? "answer" : "group",
          value: isAnswer ? answer : group,
        }),
      );
      continue;
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
  }
  return { tables, madeUp: madeUp.size > 0 ? madeUp : null, problems: [...found.values()] };
}

/** n, w and w2 of a row, or what stands there where nobody can have them. */
function peopleIn({ valueAt }: CountRows, row: number): [number, number, number] | string {
  const texts = (["n", "w", "w2"] as const).map((column) => valueAt(column, row));
  const numbers = texts.map((text) => text === "" ? NaN : Number(text.replace(",", ".")));
  const [n, w, w2] = numbers as [number, number, number];
  const isCount = Number.isSafeInteger(n) && n >= 0 && w >= 0 && w2 >= 0 && w < Infinity &&
    w2 < Infinity && (n > 0) === (w > 0) && (n > 0) === (w2 > 0) && w * w <= n * w2 * (1 + 1e-9);
  return isCount ? [n, w, w2] : `n = ${texts[0]}, w = ${texts[1]}, w2 = ${texts[2]}`;
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
