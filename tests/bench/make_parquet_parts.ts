/**
 * Makes as many respondents as wanted, as Parquet files in one folder that together are one survey:
 * people drawn from the shipped answers with replacement, each with an id of their own and a weight.
 *
 *   deno run -A tests/bench/make_parquet_parts.ts --respondents 100000000 --out /tmp/parts
 */
import { parseArgs } from "node:util";
import { openDuckDB } from "../../lib/responses/readers/duckdb.ts";
import { dataFile } from "../../lib/responses/study.ts";

/** How many respondents to make, and how. */
export interface PartsOptions {
  readonly respondents: number;
  /** Number of files. */
  readonly parts: number;
  /** Other people for another number. */
  readonly seed: number;
  /** The folder, which is made. */
  readonly out: string;
}

/**
 * Writes the files. The same options give the same answers.
 *
 * @returns The paths of the files.
 */
export async function makeParquetParts(
  { respondents, parts, seed, out }: PartsOptions,
): Promise<string[]> {
  using database = (await openDuckDB())!;
  const { connection } = database;
  await connection.run("SET memory_limit = '1GB'");
  const { pathname } = dataFile("responses.csv");
  const paths: string[] = [];
  await Deno.mkdir(out, { recursive: true });
  // A number per row, since the order of rows in a table is nobody's promise.
  await connection.run(
    `CREATE TABLE shipped AS SELECT row_number() OVER () - 1 AS place, * EXCLUDE (respondent) ` +
      `FROM read_csv('${decodeURIComponent(pathname)}', all_varchar = true)`,
  );
  const shipped = await connection.runAndReadAll("SELECT COUNT(*) FROM shipped");
  const people = Number(shipped.getRows()[0]?.[0]);
  const size = Math.ceil(respondents / parts);
  for (let part = 0; part < parts; part++) {
    const [from, to] = [part * size, Math.min(respondents, (part + 1) * size)];
    const path = `${out}/part_${String(part + 1).padStart(4, "0")}.parquet`;
    await connection.run(
      `COPY (SELECT 'synthetic-' || lpad(CAST(i AS VARCHAR), 10, '0') AS respondent, ` +
        `0.25 + CAST(hash(i, ${seed}, 'weight') % 1000 AS DOUBLE) / 500 AS weight, ` +
        `shipped.* EXCLUDE (place) FROM (SELECT i, ` +
        `CAST(hash(i, ${seed}) % ${people} AS BIGINT) AS place FROM range(${from}, ${to}) AS ` +
        `numbers(i)) AS drawn JOIN shipped USING (place)) ` +
        `TO '${path}' (FORMAT parquet, COMPRESSION zstd)`,
    );
    paths.push(path);
  }
  return paths;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      respondents: { type: "string", default: "100000000" },
      parts: { type: "string", default: "100" },
      seed: { type: "string", default: "7" },
      out: { type: "string", default: "/tmp/parts" },
    },
  });
  const paths = await makeParquetParts({
    respondents: Number(values.respondents),
    parts: Number(values.parts),
    seed: Number(values.seed),
    out: values.out,
  });
  console.log(`${paths.length} files in ${values.out}`);
}
