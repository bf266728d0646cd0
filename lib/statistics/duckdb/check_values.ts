import { type Problem, problem } from "../../responses/problem.ts";
import { sqlName, sqlText } from "../answers_sql.ts";
import type { Database } from "./database.ts";
import { partsSql } from "./describe_files.ts";
import type { KnownValues } from "./known_values.ts";
import { locate, placed } from "./locate.ts";
import type { Part } from "./parts.ts";

/** So many distinct values of one column are looked at; a question has fewer. */
const MOST_VALUES = 2_000;
/** So many unknown values of one column are told. */
const MOST_TOLD = 50;

/** A column as text. */
export function textSql(name: string): string {
  return `CAST(${sqlName(name)} AS VARCHAR)`;
}

/**
 * Finds the values of columns that have not been seen, learns what they stand for, and notes those
 * that stand for nothing.
 *
 * @param unknown What has been noted so far, by column and value; added to.
 */
export async function checkValues(
  database: Database,
  known: readonly KnownValues[],
  parts: readonly Part[],
  unknown: Map<string, Problem>,
): Promise<void> {
  const counts = known.flatMap((values) => {
    const text = textSql(values.column.name);
    return [`COUNT(${sqlName(values.column.name)})`, `COUNT(${values.placeSql(text)})`];
  });
  const [row = []] = await database.rows(`SELECT ${counts.join(", ")} FROM ${partsSql(parts)}`);
  for (const [i, values] of known.entries()) {
    if (row[2 * i] === row[2 * i + 1]) continue;
    await learnColumn(database, values, parts, unknown);
  }
}

async function learnColumn(
  database: Database,
  values: KnownValues,
  parts: readonly Part[],
  unknown: Map<string, Problem>,
): Promise<void> {
  const { name } = values.column;
  const rows = await database.rows(
    `SELECT ${textSql(name)} AS value, COUNT(*) AS people FROM ${partsSql(parts)} ` +
      `WHERE ${sqlName(name)} IS NOT NULL GROUP BY value ORDER BY people DESC, value ` +
      `LIMIT ${MOST_VALUES}`,
  );
  const people = new Map(rows.map(([value, n]) => [String(value), Number(n)]));
  const fresh = [...people.keys()].filter((value) => !values.has(value));
  const problems = values.learn(fresh);
  let told = [...unknown.values()].filter(({ column }) => column?.startsWith(`${name} in`)).length;
  for (const found of problems) {
    if (found.row === null) continue;
    const value = fresh[found.row - 1]!;
    const key = JSON.stringify([name, value]);
    const count = people.get(value)!;
    const earlier = unknown.get(key);
    if (earlier) {
      unknown.set(key, { ...earlier, count: earlier.count + count });
    } else if (told++ < MOST_TOLD) {
      const [place] = await locate(database, parts, `${textSql(name)} = ${sqlText(value)}`);
      const at = { ...placed(place, name), value, count };
      unknown.set(key, problem(found.rule, found.expected, at));
    }
  }
}
