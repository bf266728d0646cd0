import { basename } from "node:path";
import type { Database } from "./database.ts";
import { partsSql } from "./describe_files.ts";
import type { Part } from "./parts.ts";

/** A row of one of the files. */
export interface Place {
  readonly file: string;
  /** From 1. */
  readonly row: number;
}

/**
 * The first rows, file by file, of which a condition holds.
 *
 * @param condition SQL on the files' columns.
 */
export async function locate(
  database: Database,
  parts: readonly Part[],
  condition: string,
  most = 1,
): Promise<Place[]> {
  const rows = await database.rows(
    `SELECT survey_file, file_row_number FROM ` +
      `${partsSql(parts, ", filename = 'survey_file', file_row_number = true")} ` +
      `WHERE ${condition} ORDER BY survey_file, file_row_number LIMIT ${most}`,
  );
  return rows.map(([file, row]) => ({ file: basename(String(file)), row: Number(row) + 1 }));
}

/** Where a problem is: the row, and the column with its file. */
export function placed(place: Place | undefined, column: string) {
  return place === undefined
    ? { column }
    : { row: place.row, column: `${column} in ${place.file}` };
}
