import { fileURLToPath } from "node:url";
import { type DuckDB, hashOf, readAt, sqlLiteral, sqlName } from "./duckdb.ts";
import { type LargeFile, scanColumns, type WantedColumns } from "./large_scan.ts";
import { parquetFile } from "./parquet.ts";

/** Types whose values the database writes as the readers of small files do, or nearly. */
export const PLAIN = /^(VARCHAR|BOOLEAN|U?(TINY|SMALL|BIG)INT|U?INTEGER|FLOAT|DOUBLE|ENUM\(.*\))$/s;

/**
 * Reads columns of a large Parquet file.
 *
 * @param wantedOf Says which, by the column names.
 * @returns null where the readers of small files have to read it, or tell what is wrong with it.
 */
export async function readLargeParquet(
  database: DuckDB,
  path: string | URL,
  name: string,
  wantedOf: (header: readonly string[]) => WantedColumns,
): Promise<LargeFile | null> {
  try {
    const { size } = Deno.statSync(path);
    const parquet = parquetFile({ name, size }, (from, length) => readAt(path, from, length));
    const { header, rows, groups } = parquet;
    const file = path instanceof URL ? fileURLToPath(path) : path;
    const source = `read_parquet(${sqlLiteral(file)}, binary_as_string = true)`;
    const columns = header.map((name, c) => `${sqlName(name)} AS c${c}`);
    const described = await database.connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`);
    const types = described.getRowsJS().map(([, type]) => String(type));
    const wanted = wantedOf(header);
    const { ids, answers, numbers } = wanted;
    const used = [ids, ...answers, numbers].filter((c) => c !== null);
    const isOther = used.some((c) => !PLAIN.test(types[c]!)) ||
      (ids !== null && /FLOAT|DOUBLE|BOOL/.test(types[ids]!)) ||
      (numbers !== null && types[numbers] === "VARCHAR");
    if (isOther) return null;
    const table = {
      ...{ types, filledBy: used },
      rows: () => {
        for (const group of groups.keys()) for (const c of used) parquet.checkPages(group, c);
        return rows;
      },
      sql: `(SELECT ${columns.join(", ")} FROM ${source})`,
    };
    let scanned = await scanColumns(database, table, wanted);
    // Whoever has no value there may have one in another column.
    if (scanned.empty.length > 0) {
      scanned = await scanColumns(database, { ...table, filledBy: [...header.keys()] }, wanted);
    }
    if (!wanted.onlyTexts && scanned.respondents + scanned.empty.length !== rows) return null;
    const textOf = (row: number, position: number) => {
      const { texts = [], places = [] } = scanned.answers.get(position) ?? {};
      if (position !== numbers) return texts[places[row]!] ?? null;
      const number = scanned.numbers![row]!;
      return Number.isNaN(number) ? null : String(number);
    };
    return { header, sha256: hashOf(path), scanned, lineOf: () => null, textOf };
  } catch {
    return null;
  }
}
