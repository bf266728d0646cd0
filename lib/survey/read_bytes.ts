import { InputError } from "../language/input_error.ts";
import { DataProblems, problem } from "./problem.ts";

/** A file's bytes with its name (without folders) and hash. */
export interface FileBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly name: string;
  /** SHA-256, 64 hex digits. */
  readonly sha256: string;
}

/**
 * Reads a whole file.
 *
 * @param file A path, or a URL that begins with file:.
 * @throws {DataProblems} If it is not there, is no file, or may not be read.
 */
export async function readBytes(file: string | URL): Promise<FileBytes> {
  if (file instanceof URL && file.protocol !== "file:") {
    throw new InputError(
      `Cannot read ${file}: only files on this machine are read. Download it and give its path.`,
    );
  }
  const path = decodeURIComponent(file instanceof URL ? file.pathname : "") || String(file);
  const name = path.replace(/[\\/]+$/, "").split(/[\\/]/).at(-1) || path;
  const bytes = await open(file, path);
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  const sha256 = Array.from(
    new Uint8Array(digest),
    (byte) => byte.toString(16).padStart(2, "0"),
  ).join("");
  return { bytes, name, sha256 };
}

async function open(file: string | URL, path: string) {
  try {
    if ((await Deno.stat(file)).isDirectory) {
      throw new DataProblems(path, [
        problem("unreadable", "a file, but this is a folder"),
      ]);
    }
    return await Deno.readFile(file);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const reason = error instanceof Deno.errors.NotFound
      ? "a file, but there is none at this path"
      : error instanceof Deno.errors.PermissionDenied
      ? "a file that you may read"
      : `a file that can be read: ${(error as Error).message}`;
    throw new DataProblems(path, [problem("unreadable", reason)]);
  }
}
