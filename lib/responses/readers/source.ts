import { createHash, type Hash } from "node:crypto";
import { DataProblems, problem } from "../problem.ts";
import { readPiece } from "./file_piece.ts";

/** Files up to this size are read whole at once. */
const SMALL = 2 ** 23;
/** What was not hashed on the way is read again in pieces of so many bytes. */
const PIECE = 2 ** 19;

/** The bytes of a file, from wherever they are wanted; they need not fit in the memory. */
export interface Source {
  /** The file's name, without its folders. */
  readonly name: string;
  /** Number of bytes. */
  readonly size: number;
  /** Where another thread finds the same bytes; null where they are in this thread's memory only. */
  readonly path: string | URL | null;
  /**
   * Copies bytes.
   *
   * @param from The position in the file.
   * @param into Where they go; the part of it that lies beyond the file's end stays as it is.
   * @throws {DataProblems} If the file has become shorter meanwhile.
   */
  copy(from: number, into: Uint8Array): void;
  /** All bytes, not to be changed. */
  whole(): Uint8Array<ArrayBuffer>;
  /** SHA-256 of all bytes, 64 hex digits. */
  sha256(): Promise<string>;
}

/**
 * The source of bytes that are in memory.
 *
 * @param path The file that they are all of, where they are of one.
 */
export function bytesSource(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  path: string | URL | null = null,
): Source {
  return {
    name,
    size: bytes.length,
    path,
    copy: (from, into) => into.set(bytes.subarray(from, from + into.length)),
    whole: () => bytes,
    sha256: async () => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex(),
  };
}

/**
 * The source of a file on this machine. A large one is read piece by piece, where the pieces are
 * wanted; what is read in order is hashed on the way.
 *
 * @throws {Deno.errors.NotFound} And what else opening it may throw.
 */
export async function fileSource(file: string | URL, name: string): Promise<Source> {
  const { size, isFile } = await Deno.stat(file);
  // A pipe has no size, and can be read only once.
  if (!isFile) return bytesSource(await Deno.readFile(file), name);
  if (size <= SMALL) return bytesSource(await Deno.readFile(file), name, file);
  return new LargeFile(file, name, size);
}

class LargeFile implements Source {
  #hash: Hash | null = createHash("sha256");
  #hashed = 0;

  constructor(
    readonly path: string | URL,
    readonly name: string,
    readonly size: number,
  ) {}

  copy(from: number, into: Uint8Array) {
    const wanted = Math.min(into.length, this.size - from);
    if (readPiece(this.path, from, into.subarray(0, wanted)) < wanted) {
      throw new DataProblems(this.name, [
        problem("half_written", `${this.size} bytes, as it had when it was opened`),
      ]);
    }
    if (from <= this.#hashed && from + wanted > this.#hashed) {
      this.#hash?.update(into.subarray(this.#hashed - from, wanted));
      this.#hashed = from + wanted;
    }
  }

  whole(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.size);
    this.copy(0, bytes);
    return bytes;
  }

  #sha256: string | null = null;

  sha256(): Promise<string> {
    const piece = new Uint8Array(PIECE);
    while (this.#hashed < this.size) {
      this.copy(this.#hashed, piece.subarray(0, this.size - this.#hashed));
    }
    this.#sha256 ??= this.#hash?.digest("hex") ?? "";
    this.#hash = null;
    return Promise.resolve(this.#sha256);
  }
}
