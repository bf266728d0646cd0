import { createHash } from "node:crypto";
import { basename } from "node:path";
import { DataProblems, type Problem, problem } from "../../responses/problem.ts";
import { sqlText } from "../counts_sql.ts";
import type { Database } from "./database.ts";

/**
 * SHA-256 over the files: of one file its own, of several that of the list of theirs with their
 * names, as `sha256sum *` prints it. Reads them in pieces.
 */
export async function hashParts(paths: readonly string[]): Promise<string> {
  const lines: string[] = [];
  for (const path of paths) {
    const hash = createHash("sha256");
    for await (const piece of (await Deno.open(path)).readable) hash.update(piece);
    lines.push(`${hash.digest("hex")}  ${basename(path)}\n`);
  }
  if (lines.length === 1) return lines[0]!.slice(0, 64);
  return createHash("sha256").update(lines.join("")).digest("hex");
}

/** Parquet files of one survey, as a database reads them. */
export interface ParquetFiles {
  readonly database: Database;
  readonly paths: readonly string[];
  /** The columns of all files, in the order in which they first come. */
  readonly header: readonly string[];
  /** The database's types of the columns. */
  readonly types: ReadonlyMap<string, string>;
  /** Number of rows by path. */
  readonly rows: ReadonlyMap<string, number>;
  readonly respondents: number;
  /** By column, the files that do not have it. */
  readonly lacking: ReadonlyMap<string, readonly string[]>;
}

/**
 * Reads the ends of the files.
 *
 * @throws {DataProblems} Where one is damaged or no Parquet file.
 */
export async function openFiles(
  database: Database,
  paths: readonly string[],
): Promise<ParquetFiles> {
  const rows = new Map<string, number>();
  const columnsOf = new Map<string, string[]>();
  for (const path of paths) {
    const list = `[${sqlText(path)}]`;
    try {
      const [row] = await database.rows(`SELECT num_rows FROM parquet_file_metadata(${list})`);
      const columns = await database.rows(`DESCRIBE SELECT * FROM read_parquet(${list})`);
      rows.set(path, Number(row?.[0]));
      columnsOf.set(path, columns.map(([name]) => String(name)));
    } catch (error) {
      const [why] = (error as Error).message.split("\n");
      throw new DataProblems(basename(path), [problem("damaged", `a Parquet file: ${why}`)]);
    }
  }
  const header = [...new Set([...columnsOf.values()].flat())];
  const lacking = (name: string) =>
    paths.filter((path) => !columnsOf.get(path)!.includes(name)).map((path) => basename(path));
  const described = await database.rows(`DESCRIBE SELECT * FROM ${filesSql(paths)}`);
  return {
    ...{ database, paths, header, rows },
    types: new Map(described.map(([name, type]) => [String(name), String(type)])),
    respondents: [...rows.values()].reduce((sum, n) => sum + n, 0),
    lacking: new Map(header.map((name) => [name, lacking(name)])),
  };
}

/** Some files as SQL reads them, one below the other. */
export function filesSql(paths: readonly string[], options = ""): string {
  return `read_parquet([${paths.map(sqlText).join(", ")}], union_by_name = true${options})`;
}

/** What is wrong with columns that are needed: not in every file, or of lists and records. */
export function unfitColumns(
  { header, types, lacking }: ParquetFiles,
  positions: ReadonlyMap<string, number>,
): Problem[] {
  return [...positions.values()].flatMap((position) => {
    const column = header[position]!;
    const [first, ...others] = lacking.get(column) ?? [];
    const at = { column, count: 1 + others.length };
    const type = types.get(column) ?? "";
    const isPlain = !/\[|^(STRUCT|MAP|LIST|UNION)\b/.test(type);
    return [
      ...first === undefined
        ? []
        : [problem("parts_differ", `the column in every file; ${first} has none`, at)],
      ...isPlain
        ? []
        : [problem("damaged", `one answer per respondent, and not ${type}`, { column })],
    ];
  });
}

/**
 * The first rows, file by file, of which a condition holds: where a problem of a column is.
 *
 * @param condition SQL on the files' columns.
 */
export async function locate(
  { database, paths }: ParquetFiles,
  condition: string,
  column: string,
  most = 1,
): Promise<{ readonly file: string; readonly row: number; readonly column: string }[]> {
  const rows = await database.rows(
    `SELECT survey_file, file_row_number FROM ` +
      `${filesSql(paths, ", filename = 'survey_file', file_row_number = true")} ` +
      `WHERE ${condition} ORDER BY survey_file, file_row_number LIMIT ${most}`,
  );
  return rows.map(([path, row]) => {
    const file = basename(String(path));
    return { file, row: Number(row) + 1, column: `${column} in ${file}` };
  });
}
