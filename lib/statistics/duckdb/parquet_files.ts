import { createHash } from "node:crypto";
import { basename } from "node:path";
import { DataProblems, type Problem, problem } from "../../responses/problem.ts";
import {
  type DuckDB,
  hashOf,
  rowsOf,
  sqlLiteral,
  sqlName,
} from "../../responses/readers/duckdb.ts";
import { PLAIN } from "../../responses/readers/large_parquet.ts";
import {
  scanColumns,
  type ScannedColumns,
  type WantedColumns,
} from "../../responses/readers/large_scan.ts";

/**
 * SHA-256 over the files: of one file its own, of several that of the list of theirs with their
 * names, as `sha256sum *` prints it.
 */
export function hashParts(paths: readonly string[]): string {
  const hashes = paths.map(hashOf);
  if (hashes.length === 1) return hashes[0]!;
  const lines = paths.map((path, i) => `${hashes[i]}  ${basename(path)}\n`);
  return createHash("sha256").update(lines.join("")).digest("hex");
}

/** One of the files of a survey. */
interface ParquetPart {
  readonly path: string;
  /** Its name. */
  readonly file: string;
  readonly rows: number;
  /** Its columns with the database's types. */
  readonly columns: readonly (readonly [name: string, type: string])[];
}

/** Parquet files of one survey, as a database reads them. */
export interface ParquetFiles {
  readonly database: DuckDB;
  readonly files: readonly ParquetPart[];
  /** The columns of all files, in the order in which they first come. */
  readonly header: readonly string[];
}

/**
 * Reads the ends of the files.
 *
 * @throws {DataProblems} Where one is damaged or no Parquet file.
 */
export async function openFiles(
  database: DuckDB,
  paths: readonly string[],
): Promise<ParquetFiles> {
  const files: ParquetPart[] = [];
  for (const path of paths) {
    const file = basename(path);
    try {
      const metadata = `parquet_file_metadata([${sqlLiteral(path)}])`;
      const [[rows] = []] = await rowsOf(database, `SELECT num_rows FROM ${metadata}`);
      const described = await rowsOf(database, `DESCRIBE SELECT * FROM ${filesSql([path])}`);
      const columns = described.map(([name, type]) => [String(name), String(type)] as const);
      files.push({ path, file, rows: Number(rows), columns });
    } catch (error) {
      const [why] = (error as Error).message.split("\n");
      throw new DataProblems(file, [problem("damaged", `a Parquet file: ${why}`)]);
    }
  }
  return {
    ...{ database, files },
    header: [...new Set(files.flatMap(({ columns }) => columns.map(([name]) => name)))],
  };
}

/** Some files as SQL reads them, one below the other. */
export function filesSql(paths: readonly string[], options = ""): string {
  return `read_parquet([${paths.map(sqlLiteral).join(", ")}], union_by_name = true, ` +
    `binary_as_string = true${options})`;
}

/**
 * Reads some rows of a file, with what is neither text, number nor truth value as text.
 *
 * @param from The first row, from 0.
 * @param to The row behind the last.
 * @throws {DataProblems} Where they are damaged.
 */
export async function scanBatch(
  database: DuckDB,
  { file, path, columns }: ParquetPart,
  wanted: WantedColumns,
  from: number,
  to: number,
): Promise<ScannedColumns> {
  const types = columns.map(([, type]) => PLAIN.test(type) ? type : "VARCHAR");
  const selected = columns.map(([name], c) => `CAST(${sqlName(name)} AS ${types[c]}) AS c${c}`);
  const table = {
    sql: `(SELECT ${selected.join(", ")} FROM ${filesSql([path], ", file_row_number = true")} ` +
      `WHERE file_row_number >= ${from} AND file_row_number < ${to})`,
    ...{ types, rows: () => to - from },
  };
  const { answers, numbers } = wanted;
  const used = [...answers, ...numbers === null ? [] : [numbers]];
  try {
    const scanned = await scanColumns(database, { ...table, filledBy: used }, wanted);
    if (scanned.empty.length === 0) return scanned;
    // Whoever has no value there may have one in another column.
    return await scanColumns(database, { ...table, filledBy: [...columns.keys()] }, wanted);
  } catch (error) {
    const [why] = (error as Error).message.split("\n");
    throw new DataProblems(file, [problem("damaged", `a Parquet file: ${why}`)]);
  }
}

/** What is wrong with columns that are needed: not in every file, or of lists and records. */
export function unfitColumns(
  { header, files }: ParquetFiles,
  positions: ReadonlyMap<string, number>,
): Problem[] {
  return [...positions.values()].flatMap((position) => {
    const column = header[position]!;
    const types = files.map(({ columns }) => columns.find(([name]) => name === column)?.[1]);
    const lacking = files.filter((_, i) => types[i] === undefined);
    const type = types.find((type) => /\[|^(STRUCT|MAP|LIST|UNION)\b/.test(type ?? ""));
    return [
      ...lacking.length === 0 ? [] : [problem(
        "parts_differ",
        `the column in every file; ${lacking[0]!.file} has none`,
        { column, count: lacking.length },
      )],
      ...type === undefined
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
  { database, files }: ParquetFiles,
  condition: string,
  column: string,
  most = 1,
): Promise<{ readonly file: string; readonly row: number; readonly column: string }[]> {
  const rows = await rowsOf(
    database,
    `SELECT survey_file, file_row_number FROM ` +
      `${
        filesSql(
          files.map(({ path }) => path),
          ", filename = 'survey_file', file_row_number = true",
        )
      } ` +
      `WHERE ${condition} ORDER BY survey_file, file_row_number LIMIT ${most}`,
  );
  return rows.map(([path, row]) => {
    const file = basename(String(path));
    return { file, row: Number(row) + 1, column: `${column} in ${file}` };
  });
}

/** The first ten letters of the values of some columns, each once: of a date, its day. */
export function daysIn(
  { database, files, header }: ParquetFiles,
  positions: readonly number[],
): Promise<{ name: string; texts: string[] }[]> {
  return Promise.all(positions.map(async (position) => {
    const name = header[position]!;
    const day = `LEFT(CAST(${sqlName(name)} AS VARCHAR), 10)`;
    const from = filesSql(files.map(({ path }) => path));
    const rows = await rowsOf(
      database,
      `SELECT DISTINCT ${day} FROM ${from} WHERE ${sqlName(name)} IS NOT NULL LIMIT ${MOST_DAYS}`,
    );
    return { name, texts: rows.map(([text]) => String(text)) };
  }));
}

/** A column with more of them has no days of answering. */
const MOST_DAYS = 5000;
