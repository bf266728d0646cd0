import { basename } from "node:path";
import { DataProblems, type Problem, problem } from "../../responses/problem.ts";
import { sqlText } from "../answers_sql.ts";
import type { Database } from "./database.ts";
import type { Part } from "./parts.ts";

/** What Parquet files say of themselves. */
export interface FilesDescribed {
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

/** Some files as SQL reads them, one below the other. */
export function partsSql(parts: readonly Part[], options = ""): string {
  const paths = parts.map(({ path }) => sqlText(path)).join(", ");
  return `read_parquet([${paths}], union_by_name = true${options})`;
}

/**
 * Reads the ends of the files.
 *
 * @throws {DataProblems} Where one is damaged or no Parquet file.
 */
export async function describeFiles(
  database: Database,
  parts: readonly Part[],
): Promise<FilesDescribed> {
  const rows = new Map<string, number>();
  const columnsOf = new Map<string, Set<string>>();
  const header: string[] = [];
  for (const { path } of parts) {
    try {
      const [row] = await database.rows(
        `SELECT num_rows FROM parquet_file_metadata([${sqlText(path)}])`,
      );
      rows.set(path, Number(row?.[0]));
      const columns = await database.rows(
        `DESCRIBE SELECT * FROM read_parquet([${sqlText(path)}])`,
      );
      columnsOf.set(path, new Set(columns.map(([name]) => String(name))));
    } catch (error) {
      throw new DataProblems(basename(path), [
        problem("damaged", `a Parquet file: ${(error as Error).message.split("\n")[0]}`),
      ]);
    }
    for (const name of columnsOf.get(path)!) if (!header.includes(name)) header.push(name);
  }
  const described = await database.rows(`DESCRIBE SELECT * FROM ${partsSql(parts)}`);
  return {
    header,
    types: new Map(described.map(([name, type]) => [String(name), String(type)])),
    rows,
    respondents: [...rows.values()].reduce((sum, n) => sum + n, 0),
    lacking: new Map(header.map((name) => [
      name,
      parts.filter(({ path }) => !columnsOf.get(path)!.has(name)).map(({ path }) => basename(path)),
    ])),
  };
}

/** Columns that the survey needs and that are not in every file, or hold lists and records. */
export function unfitColumns(
  { header, types, lacking }: FilesDescribed,
  positions: ReadonlyMap<string, number>,
): Problem[] {
  return [...positions.values()].flatMap((position) => {
    const column = header[position]!;
    const files = lacking.get(column) ?? [];
    return [
      ...files.length > 0
        ? [problem("parts_differ", `the column in every file; ${files[0]} has none`, {
          column,
          count: files.length,
        })]
        : [],
      ...isPlain(types.get(column) ?? "")
        ? []
        : [problem("damaged", `one answer per respondent, and not ${types.get(column)}`, {
          column,
        })],
    ];
  });
}

function isPlain(type: string): boolean {
  return !/\[|^(STRUCT|MAP|LIST|UNION)\b/.test(type);
}
