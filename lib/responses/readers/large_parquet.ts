import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { type LargeFile, piecesOf, readAt } from "./large_file.ts";
import { type Database, distinctTexts, scanColumns, sqlText } from "./large_scan.ts";
import { parquetFile } from "./parquet.ts";

/** Types whose values the database writes as the readers of small files do, or nearly. */
const PLAIN = /^(VARCHAR|BOOLEAN|U?(TINY|SMALL|BIG)INT|U?INTEGER|FLOAT|DOUBLE|ENUM\(.*\))$/s;

/**
 * Opens a large Parquet file, which a database reads.
 *
 * @param size Number of bytes.
 * @returns null where the readers of small files have to read it: they tell what is wrong with it.
 */
export async function openLargeParquet(
  database: Database,
  path: string | URL,
  name: string,
  size: number,
): Promise<LargeFile | null> {
  const { connection } = database;
  const file = path instanceof URL ? fileURLToPath(path) : path;
  const source = `read_parquet(${sqlText(file)}, binary_as_string = true)`;
  let parquet, types: string[];
  try {
    parquet = parquetFile({ name, size }, (from, length) => readAt(path, from, length));
    const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`);
    types = described.getRowsJS().map(([, type]) => String(type));
  } catch {
    return null;
  }
  const { header, rows, groups } = parquet;
  const columns = header.map((name, c) => `"${name.replaceAll('"', '""')}" AS c${c}`);
  const sql = `(SELECT ${columns.join(", ")} FROM ${source})`;
  const all = [...header.keys()];
  /** The rows without any value, of which there are few if any, in order. */
  let empty: readonly number[] = [];
  let read: { group: number; position: number; values: readonly (string | null)[] } | null = null;
  return {
    header,
    sha256: hashOf(path),
    async scan(wanted) {
      const { ids, answers, numbers } = wanted;
      const used = [ids, ...answers, numbers].filter((c) => c !== null);
      if (used.some((c) => !PLAIN.test(types[c]!))) return null;
      const table = { sql, types, rows, filledBy: used };
      const isText = ids === null || !/FLOAT|DOUBLE|BOOLEAN/.test(types[ids]!);
      if (!isText) return null;
      try {
        for (const group of groups.keys()) for (const c of used) parquet.checkPages(group, c);
        let scanned = await scanColumns(database, table, wanted);
        // Whoever has no value there may have one in another column.
        if (scanned.empty.length > 0) {
          scanned = await scanColumns(database, { ...table, filledBy: all }, wanted);
        }
        empty = scanned.empty;
        return scanned.respondents + empty.length === rows ? scanned : null;
      } catch {
        return null;
      }
    },
    distinct: (positions) =>
      distinctTexts(database, { sql, types, rows, filledBy: all }, positions, Infinity),
    lineOf: () => null,
    textOf(respondent, position) {
      let row = respondent;
      for (const each of empty) {
        if (each > row) break;
        row++;
      }
      let group = 0;
      while (group < groups.length && row >= groups[group]!) row -= groups[group++]!;
      if (group === groups.length) return null;
      if (read?.group !== group || read.position !== position) {
        read = { group, position, values: parquet.valuesOf(group, position) };
      }
      return read.values[row] || null;
    },
  };
}

function hashOf(path: string | URL): string {
  const hash = createHash("sha256");
  for (const piece of piecesOf(path)) hash.update(piece);
  return hash.digest("hex");
}
