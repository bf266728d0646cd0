import type { DuckDBConnection } from "@duckdb/node-api";
import { tmpdir } from "node:os";

/** A database in memory that reads large files. */
export interface DuckDB extends Disposable {
  readonly connection: DuckDBConnection;
  readonly bindings: typeof import("@duckdb/node-bindings");
}

/**
 * Opens DuckDB, which is loaded only now. Its name is not written where it is imported, so that Deno
 * does not fetch its 140 MB for every other run too.
 *
 * @returns null where there is none for this machine, or none can be fetched.
 */
export async function openDuckDB(): Promise<DuckDB | null> {
  const [api, raw] = ["@duckdb/node-api", "@duckdb/node-bindings"];
  try {
    const { DuckDBInstance }: typeof import("@duckdb/node-api") = await import(api);
    const { default: bindings } = await import(raw);
    const instance = await DuckDBInstance.create(":memory:", {
      threads: String(navigator.hardwareConcurrency),
      // Nothing is fetched: what reads CSV and Parquet is built in.
      autoinstall_known_extensions: "false",
      temp_directory: `${tmpdir()}/survey_duckdb_${Deno.pid}`,
    });
    const connection = await instance.connect();
    // A file is read once or twice: keeping it would only fill the memory.
    await connection.run("SET enable_external_file_cache = false");
    // While the rows that came are unpacked, the next are read.
    await connection.run("SET streaming_buffer_size = '64MB'");
    const close = () => {
      connection.closeSync();
      instance.closeSync();
    };
    return { connection, bindings, [Symbol.dispose]: close };
  } catch {
    return null;
  }
}

/** A text as SQL has it. */
export function sqlLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as SQL has it. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** All rows of a query that has few. */
export async function rowsOf({ connection }: DuckDB, sql: string): Promise<unknown[][]> {
  return (await connection.runAndReadAll(sql)).getRows();
}

/** Some rows of a query. */
export interface Chunk {
  readonly size: number;
  /** The bytes of a column, so many for each row. */
  readonly bytesOf: (column: number, width: number) => ArrayBuffer;
}

/** The rows of a query, some thousand at a time. */
export async function* chunksOf(database: DuckDB, sql: string): AsyncGenerator<Chunk> {
  const { connection, bindings } = database;
  const result = await connection.stream(sql);
  for (;;) {
    const chunk = await result.fetchChunk();
    const size = chunk?.rowCount ?? 0;
    if (chunk === null || size === 0) return;
    const bytesOf = (column: number, width: number) => {
      const vector = bindings.data_chunk_get_vector(chunk.chunk, column);
      return bindings.vector_get_data(vector, size * width).slice().buffer;
    };
    yield { size, bytesOf };
  }
}

/** So many bytes of a file are looked at at once. */
const PIECE = 2 ** 22;

/** A file by its path, or its bytes where they are in memory. */
export type Content = string | URL | Uint8Array<ArrayBuffer>;

/** Copies bytes; fewer where they end. */
export function readAt(content: Content, from: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let end = 0;
  for (const piece of piecesOf(content, from, length)) {
    bytes.set(piece, end);
    end += piece.length;
  }
  return bytes.subarray(0, end);
}

/** The bytes from one on, piece by piece, each valid until the next. */
export function* piecesOf(content: Content, from = 0, length = Infinity): Generator<Uint8Array> {
  if (content instanceof Uint8Array) return yield content.subarray(from, from + length);
  using file = Deno.openSync(content);
  file.seekSync(from, Deno.SeekMode.Start);
  const piece = new Uint8Array(Math.min(PIECE, length));
  for (let left = length; left > 0;) {
    const read = file.readSync(piece.subarray(0, left));
    if (read === null) return;
    yield piece.subarray(0, read);
    left -= read;
  }
}
