import { openFile } from "./open_file.ts";

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
  const source = await openFile(file);
  return { bytes: source.whole(), name: source.name, sha256: await source.sha256() };
}
