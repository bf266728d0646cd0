import { checkCounts } from "../../responses/check_counts.ts";
import { askedWhere, categoriesOf, type Codebook } from "../../responses/codebook.ts";
import {
  answersOf,
  countedSurvey,
  emptyTable,
  keyOf,
  peopleBy,
  placesOf,
} from "../../responses/counted_answers.ts";
import { type Mapping, NO_MAPPING } from "../../responses/mapping.ts";
import { matchColumns } from "../../responses/match_columns.ts";
import {
  isError,
  type Problem,
  problem,
  type Validation,
  validation,
} from "../../responses/problem.ts";
import { aboutWeights, LEAST_WEIGHT, MOST_WEIGHT } from "../../responses/read_weights.ts";
import type { CountedAnswers } from "../../responses/survey.ts";
import { answersSql, countingPasses, sqlName } from "../counts_sql.ts";
import type { Domain } from "../domain.ts";
import { neededCounts } from "../needed_counts.ts";
import { AnswerValues } from "./answer_values.ts";
import { openDatabase } from "./database.ts";
import {
  filesSql,
  hashParts,
  locate,
  openFiles,
  type ParquetFiles,
  unfitColumns,
} from "./parquet_files.ts";
import { RespondentIds } from "./respondent_ids.ts";

/** So many respondents are coded at a time, a file always as a whole. */
const BATCH = 2_000_000;

/** How files are to be counted. */
export interface CountPartsOptions {
  readonly mapping?: Mapping;
  /** Whether the files' weights count. */
  readonly weights?: boolean;
  /** The domain that the report is on. */
  readonly within?: Domain;
  /** The name that the survey goes by. */
  readonly name: string;
}

/**
 * Reads Parquet files as one survey of counts, in memory that does not grow with them: DuckDB codes the
 * answers of a few files at a time and counts them, by the passes that `deno task counts --sql` prints,
 * and the counts of the files are added up. They are checked for all that a response file is.
 *
 * @param paths The files, with each respondent in one of them.
 * @throws {DataProblems} Where a file cannot be read at all.
 */
export async function countParts(
  paths: readonly string[],
  codebook: Codebook,
  options: CountPartsOptions,
): Promise<Validation> {
  const { mapping = NO_MAPPING, weights: isWeighted = false, within = {}, name } = options;
  using database = await openDatabase();
  const files = await openFiles(database, paths);
  const { positions, left_out, problems } = matchColumns(files.header, codebook, { mapping });
  const nameOf = (id: string) => files.header[positions.get(id) ?? -1];
  const names = askedNames(codebook, positions);
  const weight = nameOf(codebook.weight?.column ?? "");
  const found: Problem[] = [
    ...problems,
    ...unfitColumns(files, positions),
    ...unroutable(codebook, names),
    ...aboutWeights(codebook, weight, isWeighted),
    ...files.respondents === 0 ? [problem("no_rows", "one row per respondent")] : [],
  ];
  if (found.some(isError)) return validation(found, null);

  const columns = names.filter((id) => positions.has(id)).map((id) =>
    new AnswerValues(codebook, id, nameOf(id)!, mapping.values.get(id))
  );
  const idColumn = nameOf(codebook.respondent.column);
  const ids = idColumn === undefined ? null : new RespondentIds(codebook, idColumn);
  const weights = isWeighted && weight !== undefined ? new Weights(files, weight) : null;
  const what = { codebook, isAsked: (id: string) => names.includes(id), within };
  const passes = countingPasses(what);
  const tables = passes.map((pass) => emptyTable(codebook, pass.names));
  for (const batch of batchesOf(files)) {
    await ids?.look(files, batch);
    await weights?.look(batch);
    const counts = columns.flatMap(({ name, placeSql }) => [
      `COUNT(${sqlName(name)})`,
      `COUNT(${placeSql})`,
    ]);
    const [row = []] = await database.rows(`SELECT ${counts.join(", ")} FROM ${filesSql(batch)}`);
    for (const [i, column] of columns.entries()) {
      if (row[2 * i] !== row[2 * i + 1]) await column.learn(files, batch);
    }
    // What is wrong is found in all files; nothing more is counted for it.
    const wrong = [...columns.flatMap(({ problems }) => problems), ...weights?.problems ?? []];
    if (wrong.some(isError)) continue;
    await database.run(
      `CREATE OR REPLACE TABLE answers AS ${codesSql(batch, codebook, names, columns, weights)}`,
    );
    for (const [i, { sql }] of passes.entries()) {
      const { n, w, w2 } = tables[i]!;
      const sizes = tables[i]!.names.map((name) => placesOf(codebook, name));
      // Without weights all three numbers are the same, and one of them is cheaper.
      const select = weights ? sql : sql.replace(/, SUM\(.*\) AS w2/, "");
      for (const values of (await database.rows(select)).map((row) => row.map(Number))) {
        const at = sizes.reduce((sum, size, k) => sum * size + values[k]!, 0);
        const [people = 0, sum = people, squares = people] = values.slice(sizes.length);
        n[at]! += people;
        w[at]! += sum;
        w2[at]! += squares;
      }
    }
    await database.run("DROP TABLE answers");
  }
  found.push(
    ...await ids?.problems(files) ?? [],
    ...weights?.problems ?? [],
    ...columns.flatMap(({ problems }) => problems),
  );
  if (found.some(isError)) return validation(found, null);

  const all = { weighted: isWeighted, tables: new Map(tables.map((each, i) => [`${i}`, each])) };
  const needed = neededCounts(codebook, what.isAsked, within)
    .map((names) => [keyOf(names), peopleBy(all, codebook, names)] as const);
  const counted: CountedAnswers = { ...all, tables: new Map(needed), files: paths.length };
  const madeUp = new Map([["", files.respondents]]);
  for (const each of checkCounts(counted, codebook, new Set(names), madeUp)) {
    if (each.rule === "left_out" || each.rule === "missing_variable") continue;
    found.push(await located(each, files, codebook, columns));
  }
  const source = {
    file: name,
    sha256: await hashParts(paths),
    respondents: files.respondents,
    synthetic: ids?.areSynthetic ?? false,
  };
  return validation(found, countedSurvey({ codebook, source, left_out }, names, counted));
}

/** The questions and variables that files with these columns have, derived variables included. */
function askedNames(codebook: Codebook, columns: ReadonlyMap<string, number>): string[] {
  const isAsked = (name: string): boolean => {
    const variable = codebook.variables[name];
    if (!variable?.derived) return columns.has(name);
    return Object.values(variable.categories)
      .flatMap(({ where }) => Object.keys(where ?? {})).every(isAsked);
  };
  return [...Object.keys(codebook.questions), ...Object.keys(codebook.variables)]
    .filter((name) => isAsked(name) && categoriesOf(codebook, name) !== undefined);
}

/** Files that are coded together, in order. */
function batchesOf({ paths, rows }: ParquetFiles): string[][] {
  const batches: string[][] = [];
  let people = Infinity;
  for (const path of paths) {
    people += rows.get(path)!;
    if (people <= BATCH) batches.at(-1)!.push(path);
    else {
      batches.push([path]);
      people = rows.get(path)!;
    }
  }
  return batches;
}

/** The answers as their places in a table of counts: a byte each. */
function codesSql(
  paths: readonly string[],
  codebook: Codebook,
  names: readonly string[],
  columns: readonly AnswerValues[],
  weights: Weights | null,
): string {
  const answers = answersSql({
    ...{ codebook, names, from: filesSql(paths), madeUp: "1", weight: weights?.sql ?? "1" },
    valueOf: (name) => columns.find(({ id }) => id === name)!.placeSql,
    literal: (name, answer) => String(answersOf(codebook, name).indexOf(answer)),
  });
  const bytes = names.map((name) => `CAST(${sqlName(name)} AS UTINYINT) AS ${sqlName(name)}`);
  return `WITH ${answers} SELECT ${bytes.join(", ")}${weights ? ", weight" : ""} FROM answers`;
}

/** Questions of which nothing tells who was asked. */
function unroutable(codebook: Codebook, names: readonly string[]): Problem[] {
  return names.flatMap((name) =>
    Object.keys(askedWhere(codebook, name)).filter((variable) => !names.includes(variable))
      .map((column) =>
        problem("missing_routing", `needed to tell who was asked ${name}`, { column })
      )
  );
}

/** Weights that nobody can have, noted over the files. */
class Weights {
  readonly sql: string;
  #bad: Problem | null = null;
  #range = [Infinity, 0];

  constructor(readonly files: ParquetFiles, readonly column: string) {
    const text = sqlName(column);
    const number = files.types.get(column) === "VARCHAR"
      ? `REPLACE(TRIM(${text}), ',', '.')`
      : text;
    this.sql = `TRY_CAST(${number} AS DOUBLE)`;
  }

  /** Looks at the weights of some of the files. */
  async look(paths: readonly string[]): Promise<void> {
    const { sql, files, column } = this;
    // NaN is greater than anything to the database.
    const isGood = `COALESCE(${sql} >= ${LEAST_WEIGHT} AND ${sql} <= ${MOST_WEIGHT}, FALSE)`;
    const [row = []] = await files.database.rows(
      `SELECT COUNT(*) FILTER (NOT ${isGood}), MIN(${sql}), MAX(${sql}) FROM ${filesSql(paths)}`,
    );
    const [least, most] = this.#range as [number, number];
    this.#range = [
      Math.min(least, Number(row[1] ?? Infinity)),
      Math.max(most, Number(row[2] ?? 0)),
    ];
    const bad = Number(row[0]);
    if (bad === 0) return;
    const [at = { column }] = this.#bad ? [] : await locate(files, `NOT ${isGood}`, column);
    const first = this.#bad ?? { ...problem("bad_weight", "a number above 0", at), count: 0 };
    this.#bad = { ...first, count: first.count + bad };
  }

  /** What is wrong with the weights. */
  get problems(): Problem[] {
    if (this.#bad) return [this.#bad];
    return this.#range[0] === this.#range[1]
      ? [problem("equal_weights", "weights that differ", { column: this.column })]
      : [];
  }
}

/** A problem of counts with the first respondent that it is about. */
async function located(
  found: Problem,
  files: ParquetFiles,
  codebook: Codebook,
  columns: readonly AnswerValues[],
): Promise<Problem> {
  const own = columns.find(({ id }) => id === found.column);
  if (own === undefined) return found;
  const there = { ...found, column: own.name };
  if (found.rule !== "answered_not_asked") return there;
  const conditions = Object.entries(askedWhere(codebook, own.id)).map(([variable, among]) => {
    const source = columns.find(({ id }) => id === variable);
    return source &&
      `COALESCE(${source.placeSql} IN (${source.placesOf(among).join(", ")}), FALSE)`;
  });
  // Who was asked may follow from a derived variable, which the files do not have.
  if (conditions.includes(undefined)) return there;
  const condition = `${own.placeSql} IS NOT NULL AND NOT (${conditions.join(" AND ")})`;
  const [at] = await locate(files, condition, own.name);
  return at ? { ...found, row: at.row, column: at.column } : there;
}
