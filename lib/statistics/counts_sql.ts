import {
  askedWhere,
  categoriesOf,
  type Codebook,
  noAnswersOf,
  sourcesOf,
} from "../responses/codebook.ts";
import { NO_ANSWER_ID, NOT_ASKED_ID } from "../responses/counted_answers.ts";
import { columnIds, followUpsOf } from "../responses/file_columns.ts";
import { columnsToAnswer, questionsOf, WROTE } from "../responses/kinds.ts";
import { MADE_UP, TOGETHER } from "../responses/read_counts.ts";
import { sqlLiteral, sqlName } from "../responses/readers/duckdb.ts";
import { EMPTY, normaliseValue } from "../responses/spelling.ts";
import type { Domain } from "./domain.ts";
import { neededCounts } from "./needed_counts.ts";

/** What there is to count. */
interface ToCount {
  readonly codebook: Codebook;
  /** Whether a question or variable was part of the wave; by default all were. */
  readonly isAsked?: (name: string) => boolean;
  /** A domain that reports are to be on: its variables count. */
  readonly within?: Domain;
}

/**
 * The SQL that makes a table of counts of a table with a row per respondent, in any database that
 * groups.
 *
 * The table's columns must go by the codebook's ids; its answers may be ids, labels of either language
 * or aliases.
 *
 * @param table The table, as the database has it.
 * @param isWeighted Whether its column of weights counts.
 */
export function countsSql(toCount: ToCount, table: string, isWeighted: boolean): string {
  const { codebook } = toCount;
  // A score is worked out of each respondent's answers.
  const isAsked = (name: string) =>
    (toCount.isAsked?.(name) ?? true) && !codebook.questions[name]?.score;
  const what = { ...toCount, isAsked };
  const names = [...Object.keys(codebook.questions), ...Object.keys(codebook.variables)]
    .filter(isAsked);
  const answers = answersSql(codebook, names, table, isWeighted);
  return [
    `-- The counts of a report, of the table ${table} with the columns`,
    `-- ${columnIds(codebook).join(", ")}.`,
    "-- Save the rows as CSV or Parquet and give the file to deno task report --data.",
    `WITH ${answers}`,
    countingSql(what) + ";",
  ].join("\n") + "\n";
}

/**
 * The SQL that counts all that a report needs, and who answered, from a relation `answers`: a row per
 * respondent, with a column per question and variable that holds ids of the codebook, "(no answer)" or
 * "(not asked)", and the columns `weight` and `made_up`. It groups and adds up, and needs nothing else of
 * a database.
 */
function countingSql({ codebook, isAsked, within }: ToCount): string {
  const sums = "COUNT(*) AS n, SUM(weight) AS w, SUM(weight * weight) AS w2 FROM answers GROUP BY";
  const counts = neededCounts(codebook, isAsked, within).map(([question = "", ...variables]) => {
    const group = variables.map(sqlName).join(` || ${sqlLiteral(TOGETHER)} || `) || "''";
    return `SELECT ${sqlLiteral(question)} AS question, ${
      sqlLiteral(variables.join(TOGETHER))
    } AS variable, ${group} AS ${sqlName("group")}, ${sqlName(question)} AS answer, ${sums} ` +
      [...variables, question].map(sqlName).join(", ");
  });
  const people = `SELECT ${sqlLiteral(codebook.respondent.column)} AS question, '' AS variable, ` +
    `'' AS ${sqlName("group")}, made_up AS answer, ${sums} made_up`;
  return [people, ...counts].join("\nUNION ALL\n");
}

/**
 * The SQL that makes the relation `answers` of a table with a row per respondent: who was asked what
 * follows from the codebook, and so do the derived variables.
 *
 * @param names Questions and variables that were part of the wave, derived ones included.
 * @returns Common table expressions, the last one being `answers`; to follow `WITH`.
 */
function answersSql(
  codebook: Codebook,
  names: readonly string[],
  table: string,
  isWeighted: boolean,
): string {
  const { respondent, weight } = codebook;
  const prefix = sqlLiteral(`${respondent.synthetic_prefix}%`);
  const isFile = (name: string) => !codebook.variables[name]?.derived;
  /** What an answer depends on: what a variable is made of, or what tells who was asked. */
  const neededFor = (name: string) =>
    isFile(name) ? Object.keys(askedWhere(codebook, name)) : sourcesOf(codebook, name);
  /** How many steps after the file's columns an answer can be told. */
  const stepOf = (name: string): number => Math.max(0, ...neededFor(name).map(stepOf)) + 1;
  const select = (name: string, columns: readonly string[], from: string) =>
    `${name} AS (\n  SELECT\n    ${columns.join(",\n    ")}\n  FROM ${from}\n)`;
  const steps = Math.max(1, ...names.map(stepOf));
  const counting = respondentSql(codebook, names);
  const parts = [select("step_0", [
    isWeighted
      ? `CAST(${sqlName(weight?.column ?? "weight")} AS DOUBLE PRECISION) AS weight`
      : "1 AS weight",
    `CASE WHEN CAST(${sqlName(respondent.column)} AS VARCHAR(1000)) LIKE ${prefix} THEN ` +
    `${sqlLiteral(MADE_UP.yes)} ELSE ${sqlLiteral(MADE_UP.no)} END AS made_up`,
    ...names.filter(isFile).map((name) => `${valueSql(codebook, name)} AS ${sqlName(name)}`),
  ], table)];
  const infers = codebook.study.routing === "infer";
  if (infers) {
    const columns = names.filter(isFile)
      .map((name) => `${inferredSql(codebook, names, name)} AS ${sqlName(name)}`);
    parts.push(select("inferred", ["weight", "made_up", ...columns], "step_0"));
  }
  for (let step = 1; step <= steps; step++) {
    const columns = names.filter((name) => isFile(name) || stepOf(name) <= step).map((name) =>
      stepOf(name) === step ? `${routedSql(codebook, name)} AS ${sqlName(name)}` : sqlName(name)
    );
    const name = step === steps && counting === null ? "answers" : `step_${step}`;
    const from = step === 1 && infers ? "inferred" : `step_${step - 1}`;
    parts.push(select(name, ["weight", "made_up", ...columns], from));
  }
  if (counting !== null) parts.push(select("answers", ["*"], `step_${steps}\n  WHERE ${counting}`));
  return parts.join(",\n");
}

/** An answer, or where it was left empty the one that who gave other answers must have given. */
function inferredSql(codebook: Codebook, names: readonly string[], name: string): string {
  const told = followUpsOf(codebook, name).filter(({ question }) => names.includes(question))
    .map(({ question, answer }) =>
      `WHEN ${sqlName(question)} IS NOT NULL THEN ${sqlLiteral(answer)}`
    );
  return told.length === 0
    ? sqlName(name)
    : `COALESCE(${sqlName(name)}, CASE ${told.join(" ")} END)`;
}

/** Who counts as a respondent, as a condition; null where everybody does. */
function respondentSql(codebook: Codebook, names: readonly string[]): string | null {
  const { counts_if } = codebook.respondent;
  if (counts_if === undefined) return null;
  const { answered = 0, questions: needed = [] } = counts_if;
  const sum = (...none: string[]) =>
    columnsToAnswer(codebook).filter((name) => names.includes(name)).map((name) =>
      `CASE WHEN ${sqlName(name)} IN (${none.map(sqlLiteral).join(", ")}) THEN 0 ELSE 1 END`
    ).join(" + ");
  return [
    `${sum(NO_ANSWER_ID, NOT_ASKED_ID)} >= ${answered} * (${sum(NOT_ASKED_ID)})`,
    ...needed.flatMap((name) => questionsOf(codebook, name).slice(0, 1))
      .filter((name) => names.includes(name))
      .map((name) => `${sqlName(name)} <> ${sqlLiteral(NO_ANSWER_ID)}`),
  ].join(" AND ");
}

function routedSql(codebook: Codebook, name: string): string {
  const among = (where: Readonly<Record<string, string[]>>) =>
    Object.entries(where).map(([source, of]) =>
      `${sqlName(source)} IN (${of.map(sqlLiteral).join(", ")})`
    ).join(" AND ");
  const variable = codebook.variables[name];
  if (variable?.derived) {
    const notAsked = sourcesOf(codebook, name)
      .map((source) => `${sqlName(source)} = ${sqlLiteral(NOT_ASKED_ID)}`);
    const groups = Object.entries(variable.categories)
      .map(([group, { where = {} }]) => `WHEN ${among(where)} THEN ${sqlLiteral(group)} `);
    return `CASE WHEN ${notAsked.join(" OR ")} THEN ${sqlLiteral(NOT_ASKED_ID)} ${
      groups.join("")
    }` +
      `ELSE ${sqlLiteral(NO_ANSWER_ID)} END`;
  }
  const condition = among(askedWhere(codebook, name));
  const answered = `COALESCE(${sqlName(name)}, ${sqlLiteral(NO_ANSWER_ID)})`;
  // An answer of somebody who was not asked stays: whoever reads the counts is told.
  return condition === ""
    ? answered
    : `CASE WHEN ${condition} THEN ${answered} ELSE COALESCE(${sqlName(name)}, ` +
      `${sqlLiteral(NOT_ASKED_ID)}) END`;
}

/**
 * The id that a value stands for: an id, a label of either language or an alias. A value that is none
 * of these goes through as it stands, and is refused where the counts are read.
 */
function valueSql(codebook: Codebook, name: string): string {
  const known = new Map<string, string>();
  const entries = Object.entries(categoriesOf(codebook, name) ?? {});
  for (const [id, { da, en }] of entries) {
    for (const text of [da, en, id]) known.set(normaliseValue(text), id);
  }
  for (const [id, { aliases }] of entries) {
    for (const text of aliases.map(normaliseValue)) if (!known.has(text)) known.set(text, id);
  }
  const none = [...EMPTY, ...noAnswersOf(codebook, name).map(normaliseValue)];
  const value = `LOWER(TRIM(CAST(${sqlName(name)} AS VARCHAR(1000))))`;
  const texts = (id: string) =>
    [...known].filter(([, of]) => of === id).map(([text]) => sqlLiteral(text)).join(", ");
  return [
    "CASE",
    ...entries.map(([id]) => `WHEN ${value} IN (${texts(id)}) THEN ${sqlLiteral(id)}`),
    `WHEN ${value} IN (${none.map(sqlLiteral).join(", ")}) THEN NULL`,
    `ELSE ${otherSql(codebook, name, value)} END`,
  ].join(" ");
}

/** A value that is no label: the band of a number, that something was written, or itself. */
function otherSql({ questions }: Codebook, name: string, value: string): string {
  const { kind, numbers } = questions[name] ?? {};
  // What somebody wrote goes nowhere.
  if (kind === "open") return sqlLiteral(WROTE);
  if (!numbers || numbers.arePoints) return value;
  const number = `CAST(${sqlName(name)} AS DOUBLE PRECISION)`;
  const bands = numbers.bands.map(({ id, from, to, closed }) =>
    `WHEN ${number} >= ${from} AND ${number} ${closed ? "<=" : "<"} ${to} THEN ${sqlLiteral(id)}`
  );
  return `CASE ${bands.join(" ")} ELSE ${value} END`;
}
