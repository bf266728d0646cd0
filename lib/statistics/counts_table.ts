import { type ColumnTable, table } from "arquero";
import { categoriesOf, type Codebook } from "../survey/codebook.ts";
import { InputError } from "../language/input_error.ts";
import { type Counts, NO_ANSWER_ID, NOT_ASKED_ID, type Sample } from "./counts.ts";
import { EITHER_CATEGORIES, eitherBase } from "./either_id.ts";
import { publishedUnions } from "./published_unions.ts";

const COLUMNS = ["question", "variable", "group", "answer", "n", "w", "w2"];

/**
 * Counts as a plain Arquero table with the columns question, variable, group, answer, n, w, w2:
 * one row per group and answer, those without people included.
 */
export function countsToTable(counts: readonly Counts[]): ColumnTable {
  const rows = counts.flatMap((part) =>
    part.groups.flatMap((group, g) =>
      part.answers.map((answer, a) => {
        const at = g * part.answers.length + a;
        return [part.question, part.variable, group, answer]
          .concat([part.n[at], part.w[at], part.w2[at]] as never[]);
      })
    )
  );
  return table(COLUMNS.map((name, i) => [name, rows.map((row) => row[i])]));
}

/**
 * Counts from a table that was made elsewhere (a database, another machine).
 *
 * Rows of the same question, variable, group and answer are added up, since counts of parts add up
 * to counts of the whole; what has no row has no people.
 *
 * @param rows A table with the columns question, variable, group, answer, n, w, w2. Variable and
 *   group are null for everyone. Question and variable may be several ids joined by "+", as of
 *   `eitherColumn()`. Group and answer are category ids, "(no answer)" or "(not asked)".
 * @param codebook What the ids mean.
 * @param sample The whole sample, as from `describeSample()`.
 * @returns One `Counts` per question and variable, in the order in which the table has them.
 * @throws {InputError} Naming the row and what is wrong with it.
 */
export function countsFromTable(
  rows: ColumnTable,
  codebook: Codebook,
  sample: Sample,
): Counts[] {
  const missing = COLUMNS.filter((name) => !rows.columnNames().includes(name));
  if (missing.length > 0) {
    throw new InputError(
      `The table of counts has no column ${missing.join(", ")}. It needs ${COLUMNS.join(", ")}.`,
    );
  }
  const all = new Map<string, Counts>();
  rows.objects().forEach((row, index) => {
    const at = `row ${index + 1} of the table of counts`;
    const { question, variable = null, group = null, answer } = row as Record<
      string,
      string
    >;
    const key = JSON.stringify([question, variable]);
    const counts = all.get(key) ??
      emptyCounts(codebook, question ?? "", variable, sample, at);
    all.set(key, counts);
    const g = counts.groups.indexOf(group);
    const a = counts.answers.indexOf(answer ?? "");
    if (g < 0 || a < 0) {
      throw new InputError(
        g < 0
          ? `"${group}" is no group of "${variable}" (${at}). Use one of: ${
            counts.groups.join(", ")
          }.`
          : `"${answer}" is no answer to "${question}" (${at}). Use one of: ${
            counts.answers.join(", ")
          }.`,
      );
    }
    const [n, w, w2] = numbersOf(row as Record<string, unknown>, at);
    const place = g * counts.answers.length + a;
    counts.n[place]! += n;
    counts.w[place]! += w;
    counts.w2[place]! += w2;
  });
  return [...all.values()];
}

function numbersOf(
  row: Record<string, unknown>,
  at: string,
): [n: number, w: number, w2: number] {
  // Databases return whole numbers as bigint.
  const [n, w, w2] = [Number(row.n), Number(row.w), Number(row.w2)];
  const isCount = Number.isSafeInteger(n) && n >= 0 && w >= 0 && w2 >= 0 &&
    w < Infinity && w2 < Infinity && (n > 0) === (w > 0) &&
    (n > 0) === (w2 > 0) && w * w <= n * w2 * (1 + 1e-9);
  if (!isCount) {
    throw new InputError(
      `No people can have n = ${row.n}, w = ${row.w} and w2 = ${row.w2} (${at}). n is their ` +
        `number, w the sum of their weights and w2 that of the squared weights; unweighted ` +
        `all three are the same.`,
    );
  }
  return [n, w, w2];
}

function emptyCounts(
  codebook: Codebook,
  question: string,
  variable: string | null,
  sample: Sample,
  at: string,
): Counts {
  const answers = namesOf(codebook, question, at);
  const groups = variable === null ? [null] : namesOf(codebook, variable, at);
  const asked = codebook.questions[question];
  const sets = asked ? codebook.scales[asked.scale]?.sets ?? {} : {};
  const size = groups.length * answers.length;
  return {
    question,
    base: (asked ?? codebook.variables[question])?.base ?? eitherBase(codebook, question) ?? "",
    variable,
    groups,
    answers,
    sets: Object.fromEntries(
      Object.entries(sets).map(([set, { categories }]) => [set, categories]),
    ),
    n: new Float64Array(size),
    w: new Float64Array(size),
    w2: new Float64Array(size),
    sample,
    ...variable === null ? {} : { unions: publishedUnions(codebook, variable) },
  };
}

function namesOf(codebook: Codebook, name: string, at: string): string[] {
  const own = categoriesOf(codebook, name);
  if (own === undefined && eitherBase(codebook, name) === null) {
    throw new InputError(
      `There is no question or variable "${name}" in the codebook (${at}). Correct the id.`,
    );
  }
  return [...own ? Object.keys(own) : EITHER_CATEGORIES, NO_ANSWER_ID, NOT_ASKED_ID];
}
