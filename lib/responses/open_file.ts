import { InputError } from "./input_error.ts";
import { DataProblems, problem } from "./problem.ts";
import { readAt } from "./readers/duckdb.ts";
import { fileKind, type Kind } from "./readers/read_table.ts";

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

/** What can be told of a file without reading it all. */
export interface FilePeek {
  readonly kind: Kind;
  /** Its size in bytes. */
  readonly bytes: number;
  /** Its column names, where its beginning (or, of Parquet, its end) tells them. */
  readonly header: readonly string[];
  /** Number of rows, where the file tells. */
  readonly rows: number | null;
}

/** Enough for the longest header that a codebook makes likely. */
const HEAD = 65_536;

/**
 * Looks at a file's ends: what kind it is and which columns it has.
 *
 * @param file A path or file: URL.
 * @returns null where it cannot be read or has nothing in it: reading it in earnest says why.
 */
export async function peekFile(file: string | URL): Promise<FilePeek | null> {
  try {
    const { size, isFile } = await Deno.stat(file);
    if (!isFile || size === 0) return null;
    const head = readAt(file, 0, HEAD);
    const kind = fileKind(head);
    const peek = { kind, bytes: size, header: [], rows: null };
    if (kind === "text") return { ...peek, header: firstLine(head) };
    if (kind !== "parquet") return peek;
    const { parquetFile } = await import("./readers/parquet.ts");
    const read = (from: number, length: number) => readAt(file, from, length);
    const { header, rows } = parquetFile({ name: String(file), size }, read);
    return { ...peek, header, rows };
  } catch {
    // Whatever is wrong with it, reading it finds it too and says it in full.
    return null;
  }
}

/** The values of the first line, whatever the delimiter. Names of counts have plain letters only. */
function firstLine(head: Uint8Array): string[] {
  const plain = new TextDecoder().decode(head).replaceAll("\0", "");
  const [line = ""] = plain.split(/[\r\n]/, 1);
  return line.split(/[,;\t|]/).map((name) => name.replace(/[^\w ]/g, "").trim());
}
