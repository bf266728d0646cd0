import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { type Database, piecesOf, readAt, sqlText } from "./large_database.ts";
import { type LargeFile, scanColumns, type WantedColumns } from "./large_scan.ts";
import { type ParquetFile, parquetFile } from "./parquet.ts";

/** Types whose values the database writes as the readers of small files do, or nearly. */
const PLAIN = /^(VARCHAR|BOOLEAN|U?(TINY|SMALL|BIG)INT|U?INTEGER|FLOAT|DOUBLE|ENUM\(.*\))$/s;

/**
 * Reads columns of a large Parquet file.
 *
 * @param wantedOf Says which, by the column names.
 * @returns null where the readers of small files have to read it, or tell what is wrong with it.
 */
export async function readLargeParquet(
  database: Database,
  path: string | URL,
  name: string,
  wantedOf: (header: readonly string[]) => WantedColumns,
): Promise<LargeFile | null> {
  try {
    const { size } = Deno.statSync(path);
    const parquet = parquetFile({ name, size }, (from, length) => readAt(path, from, length));
    const { header, rows, groups } = parquet;
    const file = path instanceof URL ? fileURLToPath(path) : path;
    const source = `read_parquet(${sqlText(file)}, binary_as_string = true)`;
    const columns = header.map((name, c) => `"${name.replaceAll('"', '""')}" AS c${c}`);
    const described = await database.connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`);
    const types = described.getRowsJS().map(([, type]) => String(type));
    const wanted = wantedOf(header);
    const { ids, answers, numbers } = wanted;
    const used = [ids, ...answers, numbers].filter((c) => c !== null);
    if (
      used.some((c) => !PLAIN.test(types[c]!)) || /FLOAT|DOUBLE|BOOL/.test(types[ids ?? -1] ?? "")
    ) {
      return null;
    }
    for (const group of groups.keys()) for (const c of used) parquet.checkPages(group, c);
    const table = {
      ...{ types, rows, filledBy: used },
      sql: `(SELECT ${columns.join(", ")} FROM ${source})`,
    };
    let scanned = await scanColumns(database, table, wanted);
    // Whoever has no value there may have one in another column.
    if (scanned.empty.length > 0) {
      scanned = await scanColumns(database, { ...table, filledBy: [...header.keys()] }, wanted);
    }
    if (!wanted.onlyTexts && scanned.respondents + scanned.empty.length !== rows) return null;
    return {
      ...{ header, sha256: hashOf(path), scanned, lineOf: () => null },
      textOf: valuesOf(parquet, scanned.empty),
    };
  } catch {
    return null;
  }
}

/** Finds single values again, for messages. */
function valuesOf(
  { groups, valuesOf }: ParquetFile,
  empty: readonly number[],
): LargeFile["textOf"] {
  let read: { group: number; position: number; values: readonly (string | null)[] } | null = null;
  return (respondent, position) => {
    let row = respondent;
    for (const each of empty) {
      if (each > row) break;
      row++;
    }
    let group = 0;
    while (group < groups.length && row >= groups[group]!) row -= groups[group++]!;
    if (group === groups.length) return null;
    if (read?.group !== group || read.position !== position) {
      read = { group, position, values: valuesOf(group, position) };
    }
    return read.values[row] || null;
  };
}

function hashOf(path: string | URL): string {
  const hash = createHash("sha256");
  for (const piece of piecesOf(path)) hash.update(piece);
  return hash.digest("hex");
}
