import { readFile } from "node:fs/promises";

/** The bytes of a template. */
export function readTemplate(path: string): Promise<Uint8Array> {
  return readFile(path);
}
