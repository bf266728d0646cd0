import { createHash } from "node:crypto";
import { basename, dirname, join, resolve } from "node:path";
import { DataProblems, problem } from "../../responses/problem.ts";

/** One Parquet file of a survey. */
export interface Part {
  readonly path: string;
  readonly bytes: number;
  /** When it was last changed, in milliseconds. */
  readonly changed: number;
}

/**
 * The files that a path stands for: those of a folder, or those that fit a pattern such as
 * `parts/*.parquet`, in the order of their names.
 *
 * @param path A file, a folder, or a path whose last part has `*` or `?`.
 * @returns null where it is neither a folder nor a pattern.
 * @throws {DataProblems} Where there is no Parquet file.
 */
export async function listParts(path: string): Promise<Part[] | null> {
  const full = resolve(path);
  const name = basename(full);
  const isPattern = /[*?]/.test(name);
  const info = await Deno.stat(full).catch(() => null);
  if (info?.isFile || (info === null && !isPattern)) return null;
  const folder = info?.isDirectory ? full : dirname(full);
  const fits = info?.isDirectory ? /\.parquet$/i : patternOf(name);
  const names: string[] = [];
  try {
    for await (const entry of Deno.readDir(folder)) {
      if (!entry.isDirectory && fits.test(entry.name)) names.push(entry.name);
    }
  } catch (error) {
    throw new DataProblems(path, [
      problem("unreadable", `a folder that can be read: ${(error as Error).message}`),
    ]);
  }
  if (names.length === 0) {
    throw new DataProblems(path, [
      problem("unreadable", "at least one Parquet file (its name ends in .parquet)"),
    ]);
  }
  return await Promise.all(names.sort().map((each) => partOf(join(folder, each))));
}

/** One file as a survey of one part. */
export async function partOf(path: string): Promise<Part> {
  const { size, mtime } = await Deno.stat(path);
  return { path, bytes: size, changed: mtime?.getTime() ?? 0 };
}

function patternOf(name: string): RegExp {
  const plain = name.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${plain.replaceAll("*", ".*").replaceAll("?", ".")}$`);
}

/**
 * SHA-256 over the files: of one file its own, of several that of the list of theirs with their
 * names, as `sha256sum *` prints it. Reads them in pieces.
 */
export async function hashParts(parts: readonly Part[]): Promise<string> {
  const lines: string[] = [];
  for (const { path } of parts) lines.push(`${await hashFile(path)}  ${basename(path)}\n`);
  const [only] = lines;
  if (lines.length === 1) return only!.slice(0, 64);
  return createHash("sha256").update(lines.join("")).digest("hex");
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  const file = await Deno.open(path);
  for await (const piece of file.readable) hash.update(piece);
  return hash.digest("hex");
}
