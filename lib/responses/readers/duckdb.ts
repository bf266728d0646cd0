import type { DuckDBConnection } from "@duckdb/node-api";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeLeftFolders } from "../temporary_folder.ts";

/** What the name of a folder begins with in which a database puts what the memory has no room for. */
const TEMPORARY = "survey_duckdb_";

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
    await removeLeftFolders(tmpdir(), TEMPORARY);
    const instance = await DuckDBInstance.create(":memory:", {
      threads: String(navigator.hardwareConcurrency),
      // Nothing is fetched: what reads CSV and Parquet is built in.
      autoinstall_known_extensions: "false",
      temp_directory: join(tmpdir(), TEMPORARY + Deno.pid),
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

/** Values of a column as the database has them, and their type. */
export type Values = Uint8Array | Uint16Array | Int32Array | Float64Array;
export interface ValueType<T extends Values> {
  new (buffer: ArrayBufferLike, start: number, length: number): T;
  readonly BYTES_PER_ELEMENT: number;
}

/** Some rows of a query. */
export interface Chunk {
  readonly size: number;
  /** A column, so many values for each row, valid until the next rows are asked for. */
  readonly valuesOf: <T extends Values>(column: number, type: ValueType<T>, each?: number) => T;
}

/** Begins a query, which the database goes on with while other things are done; its rows come some thousand at a time. */
export async function chunksOf(database: DuckDB, sql: string): Promise<AsyncIterable<Chunk>> {
  const { connection, bindings } = database;
  const result = await connection.stream(sql);
  return (async function* () {
    for (;;) {
      const chunk = await result.fetchChunk();
      const size = chunk?.rowCount ?? 0;
      if (chunk === null || size === 0) return;
      const valuesOf: Chunk["valuesOf"] = (column, type, each = 1) => {
        const vector = bindings.data_chunk_get_vector(chunk.chunk, column);
        const bytes = bindings.vector_get_data(vector, size * each * type.BYTES_PER_ELEMENT);
        return new type(bytes.buffer, bytes.byteOffset, size * each);
      };
      yield { size, valuesOf };
    }
  })();
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

/** SHA-256 of a file, 64 hex digits. Reads it in pieces. */
export function hashOf(path: string | URL): string {
  const hash = createHash("sha256");
  for (const piece of piecesOf(path)) hash.update(piece);
  return hash.digest("hex");
}
