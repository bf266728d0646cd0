import type { ScannedColumns, WantedColumns } from "./large_scan.ts";

/** A file that is too large to be read into texts. */
export interface LargeFile {
  readonly header: readonly string[];
  /**
   * Reads some columns.
   *
   * @returns null where only the readers of small files can tell what is wrong with it.
   * @throws {DataProblems} If the file is of another shape than its header says.
   */
  scan(wanted: WantedColumns): Promise<ScannedColumns | null>;
  /** The different texts of columns. */
  distinct(positions: readonly number[]): Promise<string[][]>;
  /** SHA-256, 64 hex digits. */
  readonly sha256: string;
  /** The line of a respondent (from 0); null where the file has no lines. */
  lineOf(row: number): number | null;
  /** The value of a respondent in a column; null where it is empty. */
  textOf(row: number, position: number): string | null;
}

/** A file by its path, or its bytes where they are in memory. */
export type Content = string | URL | Uint8Array<ArrayBuffer>;

/** So many bytes are looked at at once. */
const PIECE = 2 ** 22;

/** Copies bytes; fewer where they end. */
export function readAt(content: Content, from: number, length: number): Uint8Array<ArrayBuffer> {
  if (content instanceof Uint8Array) return content.slice(from, from + length);
  using file = Deno.openSync(content);
  file.seekSync(from, Deno.SeekMode.Start);
  const bytes = new Uint8Array(length);
  let at = 0;
  while (at < length) {
    const read = file.readSync(bytes.subarray(at));
    if (read === null) break;
    at += read;
  }
  return bytes.subarray(0, at);
}

/** All bytes from one on, piece by piece, each valid until the next. */
export function* piecesOf(content: Content, from = 0): Generator<Uint8Array> {
  if (content instanceof Uint8Array) return yield content.subarray(from);
  using file = Deno.openSync(content);
  file.seekSync(from, Deno.SeekMode.Start);
  const piece = new Uint8Array(PIECE);
  for (let read = file.readSync(piece); read !== null; read = file.readSync(piece)) {
    yield piece.subarray(0, read);
  }
}
