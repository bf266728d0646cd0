import { InputError } from "./input_error.ts";
import { DataProblems, problem } from "./problem.ts";
import { fileSource, type Source } from "./readers/source.ts";

/**
 * Opens a response file.
 *
 * @param file A path, or a URL that begins with file:.
 * @throws {DataProblems} If it is not there, is no file, or may not be read.
 */
export async function openFile(file: string | URL): Promise<Source> {
  if (file instanceof URL && file.protocol !== "file:") {
    throw new InputError(
      `Cannot read ${file}: only files on this machine are read. Download it and give its path.`,
    );
  }
  const path = decodeURIComponent(file instanceof URL ? file.pathname : "") || String(file);
  const name = path.replace(/[\\/]+$/, "").split(/[\\/]/).at(-1) || path;
  try {
    if ((await Deno.stat(file)).isDirectory) {
      throw new DataProblems(path, [
        problem("unreadable", "a file, but this is a folder"),
      ]);
    }
    return await fileSource(file, name);
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
