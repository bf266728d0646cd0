import { tmpdir } from "node:os";

/** Some values of one row. */
export type Row = readonly unknown[];

/** A database in memory, which writes to a temporary folder what does not fit. */
export interface Database extends Disposable {
  /** Runs a statement. */
  run(sql: string): Promise<void>;
  /** Runs a query and returns its rows. */
  rows(sql: string): Promise<Row[]>;
}

/**
 * Loads DuckDB. Its name is not written where it is imported, so that Deno does not fetch its 140 MB
 * for every other run too.
 */
export async function loadDuckDB(): Promise<typeof import("@duckdb/node-api")> {
  const name = "@duckdb/node-api";
  return await import(name);
}

/**
 * Opens DuckDB, which is loaded only now.
 *
 * @throws {Error} Where there is no DuckDB for this machine.
 */
export async function openDatabase(): Promise<Database> {
  const { DuckDBInstance } = await loadDuckDB();
  const instance = await DuckDBInstance.create(":memory:", {
    memory_limit: "1GB",
    threads: String(navigator.hardwareConcurrency),
    preserve_insertion_order: "false",
    // Nothing is fetched: what reads Parquet is built in.
    autoinstall_known_extensions: "false",
    temp_directory: `${tmpdir()}/survey_duckdb_${Deno.pid}`,
  });
  const connection = await instance.connect();
  // Each file is read twice at most: keeping them would only fill the memory.
  await connection.run("SET enable_external_file_cache = false");
  // So that a group by a few short codes counts in an array.
  await connection.run("SET perfect_ht_threshold = 24");
  return {
    run: async (sql) => void await connection.run(sql),
    rows: async (sql) => (await connection.runAndReadAll(sql)).getRows(),
    [Symbol.dispose]() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
