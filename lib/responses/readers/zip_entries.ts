import { crc32, inflateRawSync } from "node:zlib";
import { damaged } from "./damaged.ts";
import { ByteReader } from "./byte_reader.ts";

const END = 0x06054b50, ENTRY = 0x02014b50, LOCAL = 0x04034b50;
/** No workbook unpacks to more, whatever its size, or for each of its bytes: it would only fill the memory. */
const MOST_BYTES = 2 ** 29, LEAST_BYTES = 2 ** 26, MOST_PER_BYTE = 100;

/**
 * Unpacks a zip archive and compares every part with its checksum, which libraries leave aside (PKWARE,
 * APPNOTE.TXT 6.3.10, sections 4.3.7 to 4.3.16).
 *
 * @param wanted Which parts to unpack, by their names.
 * @returns The parts by their names in small letters, with plain slashes.
 * @throws {DataProblems} If the archive is cut off, damaged, locked, or too large.
 */
export function zipEntries(
  bytes: Uint8Array,
  file: string,
  wanted: (name: string) => boolean,
): Map<string, Uint8Array> {
  const reader = new ByteReader(bytes, file, findEnd(bytes, file));
  reader.skip(10);
  const count = uint16(reader);
  reader.skip(4);
  reader.seek(reader.int32());
  const entries = new Map<string, Uint8Array>();
  let total = 0;
  for (let i = 0; i < count; i++) {
    if (reader.int32() !== ENTRY) throw damaged(file, "a list of parts at the end of the archive");
    reader.skip(4);
    const flags = uint16(reader);
    const method = uint16(reader);
    reader.skip(4);
    const checksum = reader.int32() >>> 0;
    const [packed, size] = [reader.int32(), reader.int32()];
    const [nameLength, extra, comment] = [uint16(reader), uint16(reader), uint16(reader)];
    reader.skip(8);
    const at = reader.int32();
    const name = new TextDecoder().decode(reader.take(nameLength));
    reader.skip(extra + comment);
    if (!wanted(name)) continue;
    if (flags & 1) throw damaged(file, "a workbook without a password");
    total += size;
    const most = Math.min(MOST_BYTES, LEAST_BYTES + MOST_PER_BYTE * bytes.length);
    if (size < 0 || total > most) {
      throw damaged(file, `at most ${Math.floor(most / 2 ** 20)} MB of unpacked content`);
    }
    const content = unpack(contentAt(bytes, file, at, packed), method, size, name, file);
    if (content.length !== size || crc32(content) !== checksum) {
      throw damaged(file, `the content of ${name} as its checksum says`);
    }
    entries.set(name.toLowerCase().replaceAll("\\", "/"), content);
  }
  return entries;
}

function uint16(reader: ByteReader): number {
  const [low = 0, high = 0] = reader.take(2);
  return low | high << 8;
}

/** Position of the record at the end, behind which a comment may stand. */
function findEnd(bytes: Uint8Array, file: string): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 65_557); at--) {
    if (view.getUint32(at, true) === END) return at;
  }
  throw damaged(file, "the list of parts that ends a workbook; it is cut off or damaged");
}

function contentAt(bytes: Uint8Array, file: string, at: number, packed: number): Uint8Array {
  const reader = new ByteReader(bytes, file);
  reader.seek(at);
  if (reader.int32() !== LOCAL) throw damaged(file, "a part of the workbook where its list says");
  reader.skip(22);
  const [name, extra] = [uint16(reader), uint16(reader)];
  reader.skip(name + extra);
  return reader.take(packed);
}

function unpack(
  content: Uint8Array,
  method: number,
  size: number,
  name: string,
  file: string,
): Uint8Array {
  if (method === 0) return content;
  if (method !== 8) {
    throw damaged(file, `${name} packed as Excel does, but it is by method ${method}`);
  }
  try {
    return inflateRawSync(content, { maxOutputLength: Math.max(1, size) });
  } catch (error) {
    throw damaged(file, `${name} to unpack, but: ${(error as Error).message}`);
  }
}
