import { configure, Uint8ArrayReader, ZipReader } from "@zip.js/zip.js";
import { damaged } from "./damaged.ts";

/** No workbook unpacks to more, whatever its size, or for each of its bytes: it would only fill the memory. */
const MOST_BYTES = 2 ** 29, LEAST_BYTES = 2 ** 26, MOST_PER_BYTE = 100;

/**
 * Unpacks a zip archive, and compares every part with its checksum.
 *
 * @param wanted Which parts to unpack, by their names.
 * @returns The parts by their names in small letters, with plain slashes.
 * @throws {DataProblems} If it is cut off, damaged, locked, or too large by what it states or holds.
 */
export async function zipEntries(
  bytes: Uint8Array,
  file: string,
  wanted: (name: string) => boolean,
): Promise<Map<string, Uint8Array>> {
  configure({ useWebWorkers: false });
  const most = Math.min(MOST_BYTES, LEAST_BYTES + MOST_PER_BYTE * bytes.length);
  const tooLarge = damaged(file, `at most ${Math.floor(most / 2 ** 20)} MB of unpacked content`);
  const reader = new ZipReader(new Uint8ArrayReader(bytes), { checkSignature: true });
  const listed = await reader.getEntries().catch(() => {
    throw damaged(file, "the list of parts that ends a workbook; it is cut off or damaged");
  });
  const entries = listed.filter(({ filename }) => wanted(filename));
  if (entries.some(({ encrypted }) => encrypted)) {
    throw damaged(file, "a workbook without a password");
  }
  if (entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0) > most) {
    throw tooLarge;
  }
  const parts = new Map<string, Uint8Array>();
  let total = 0;
  for (const entry of entries) {
    if (entry.directory) continue;
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    const write = (chunk: Uint8Array<ArrayBuffer>) => {
      total += chunk.length;
      if (total > most) throw tooLarge;
      chunks.push(chunk);
    };
    await entry.getData(new WritableStream({ write })).catch((error) => {
      throw error === tooLarge ? error : damaged(file, `${entry.filename} whole: ${error.message}`);
    });
    const name = entry.filename.toLowerCase().replaceAll("\\", "/");
    parts.set(name, new Uint8Array(await new Blob(chunks).arrayBuffer()));
  }
  return parts;
}
