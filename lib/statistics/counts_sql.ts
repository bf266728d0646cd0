import type { Codebook } from "../responses/codebook.ts";
import { placesOf } from "../responses/counted_answers.ts";
import { columnIds } from "../responses/column_names.ts";
import { TOGETHER } from "../responses/read_counts.ts";
import { answersSql, madeUpSql, sqlName, sqlText, valueSql } from "./answers_sql.ts";
import { coverSets } from "./cover_sets.ts";
import type { Domain } from "./domain.ts";
import { neededCounts } from "./needed_counts.ts";

/** So many combinations of answers are counted in one pass: a database keeps them in its cache. */
const MOST_PLACES = 32_768;

/** What there is to count. */
export interface ToCount {
  readonly codebook: Codebook;
  /** Whether a question or variable was part of the wave; by default all were. */
  readonly isAsked?: (name: string) => boolean;
  /** A domain that reports are to be on: its variables count. */
  readonly within?: Domain;
}

/** One pass over the answers: the people by some names together. */
export interface Pass {
  readonly name: string;
  readonly names: readonly string[];
  readonly sql: string;
}

/**
 * The passes that count all that a report needs from a relation `answers`: a row per respondent, with
 * a column per question and variable that holds ids of the codebook, "(no answer)" or "(not asked)",
 * and the columns `weight` and `made_up`. They group and add up, and need nothing else of a database.
 */
export function countingPasses({ codebook, isAsked, within }: ToCount): Pass[] {
  const sets = neededCounts(codebook, isAsked, within);
  return coverSets(sets, (name) => placesOf(codebook, name), MOST_PLACES).map((names, i) => {
    const list = names.map(sqlName).join(", ");
    return {
      name: `pass_${i + 1}`,
      names,
      sql: `SELECT ${list}, COUNT(*) AS n, SUM(weight) AS w, SUM(weight * weight) AS w2 ` +
        `FROM answers GROUP BY ${list}`,
    };
  });
}

/** The SQL that makes a table of counts of what the passes counted, and of who answered. */
export function summingSql(what: ToCount, passes: readonly Pass[]): string {
  const { codebook, isAsked, within } = what;
  const counts = neededCounts(codebook, isAsked, within).map(([question = "", ...variables]) => {
    const names = [...variables, question];
    const from = passes.find((pass) => names.every((name) => pass.names.includes(name)))!;
    const group = variables.map(sqlName).join(` || ${sqlText(TOGETHER)} || `) || "''";
    return `SELECT ${sqlText(question)} AS question, ${sqlText(variables.join(TOGETHER))} AS ` +
      `variable, ${group} AS ${sqlName("group")}, ${sqlName(question)} AS answer, SUM(n) AS n, ` +
      `SUM(w) AS w, SUM(w2) AS w2 FROM ${from.name} GROUP BY ${names.map(sqlName).join(", ")}`;
  });
  const people = `SELECT ${sqlText(codebook.respondent.column)} AS question, '' AS variable, ` +
    `'' AS ${sqlName("group")}, made_up AS answer, COUNT(*) AS n, SUM(weight) AS w, ` +
    `SUM(weight * weight) AS w2 FROM answers GROUP BY made_up`;
  return [people, ...counts].join("\nUNION ALL\n");
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
export function countsSql(what: ToCount, table: string, isWeighted: boolean): string {
  const { codebook, isAsked = () => true } = what;
  const passes = countingPasses(what);
  const { weight, respondent } = codebook;
  const columns = columnIds(codebook).join(", ");
  const answers = answersSql({
    codebook,
    names: [...Object.keys(codebook.questions), ...Object.keys(codebook.variables)].filter(isAsked),
    from: table,
    valueOf: (name) => valueSql(codebook, name, sqlName(name)),
    weight: isWeighted ? `CAST(${sqlName(weight?.column ?? "weight")} AS DOUBLE PRECISION)` : "1",
    madeUp: madeUpSql(codebook, sqlName(respondent.column)),
  });
  return [
    `-- The counts of a report, of the table ${table} with the columns`,
    `-- ${columns}.`,
    "-- Save the rows as CSV or Parquet and give the file to deno task report --data.",
    `WITH ${answers},`,
    passes.map(({ name, sql }) => `${name} AS (\n  ${sql}\n)`).join(",\n"),
    summingSql(what, passes) + ";",
  ].join("\n") + "\n";
}
