import { InputError } from "./input_error.ts";
import { DataProblems, problem } from "./problem.ts";

/** A file's bytes with its name and hash. */
export interface FileBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly name: string;
  /** SHA-256, 64 hex digits. */
  readonly sha256: string;
}

/**
 * A file's name, without its folders.
 *
 * @param file A path, or a URL that begins with file:.
 * @throws {DataProblems} If it is not there, is no file, or may not be read.
 */
export function fileName(file: string | URL): Promise<string> {
  return readable(file, (name) => Promise.resolve(name));
}

/**
 * Reads a whole file.
 *
 * @param file A path, or a URL that begins with file:.
 * @throws {DataProblems} If it is not there, is no file, or may not be read.
 */
export function readBytes(file: string | URL): Promise<FileBytes> {
  return readable(file, async (name) => {
    const bytes = await Deno.readFile(file);
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return { bytes, name, sha256: hash.toHex() };
  });
}

async function readable<T>(file: string | URL, read: (name: string) => Promise<T>): Promise<T> {
  if (file instanceof URL && file.protocol !== "file:") {
    throw new InputError(
      `Cannot read ${file}: only files on this machine are read. Download it and give its path.`,
    );
  }
  const path = decodeURIComponent(file instanceof URL ? file.pathname : "") || String(file);
  try {
    if ((await Deno.stat(file)).isDirectory) {
      throw new DataProblems(path, [problem("unreadable", "a file, but this is a folder")]);
    }
    return await read(path.replace(/[\\/]+$/, "").split(/[\\/]/).at(-1) || path);
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
