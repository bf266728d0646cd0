/** What counts answers: the program itself, in memory, or the database DuckDB, file by file. */
export type Engine = "memory" | "duckdb";
export const ENGINES: readonly Engine[] = ["memory", "duckdb"];
