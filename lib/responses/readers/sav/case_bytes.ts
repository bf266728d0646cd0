import { inflateSync } from "node:zlib";
import { ByteReader } from "../byte_reader.ts";
import { damaged } from "../damaged.ts";
import type { Dictionary } from "./dictionary.ts";

/** No response file is so large; one that claims to be is damaged. */
const MOST_BYTES = 2 ** 31 - 1;

/**
 * Unpacks the cases of an SPSS file: 8 bytes for each element of each case, one after the other.
 *
 * @param onZero Is told of every number that is 0 in eight bytes where a byte would have done: so LimeSurvey
 *   writes what has no value, and it is unpacked as system-missing.
 * @throws {DataProblems} If the file is cut off or damaged.
 */
export function caseBytes(
  bytes: Uint8Array,
  dictionary: Dictionary,
  file: string,
  onZero: () => void,
): Uint8Array {
  const reader = new ByteReader(bytes, file, dictionary.end);
  reader.littleEndian = dictionary.littleEndian;
  const size = 8 * dictionary.elements;
  if (dictionary.compression === 0) {
    const all = bytes.subarray(dictionary.end);
    const cases = dictionary.cases ?? Math.floor(all.length / size);
    if (all.length > cases * size) throw tooMany(cases, file);
    return new ByteReader(all, file).take(cases * size);
  }
  const codes = dictionary.compression === 2
    ? inflateBlocks(reader)
    : bytes.subarray(dictionary.end);
  return expand(codes, dictionary, file, onZero);
}

/** Joins the zlib blocks of a .zsav file. */
function inflateBlocks(reader: ByteReader): Uint8Array {
  const { file, bytes } = reader;
  const start = reader.position;
  const [own, trailer, trailerLength] = [reader.int64(), reader.int64(), reader.int64()];
  if (own !== start || trailer < start || trailer + trailerLength > bytes.length) {
    throw damaged(file, "the list of compressed blocks where the file says it is");
  }
  reader.seek(trailer);
  reader.skip(16 + 4);
  const count = reader.int32();
  if (trailerLength !== 24 + 24 * count) {
    throw damaged(file, `a list of ${count} compressed blocks`);
  }
  const blocks: Uint8Array[] = [];
  let total = 0;
  for (let i = 0; i < count; i++) {
    reader.skip(8);
    const [from, size, packed] = [reader.int64(), reader.int32(), reader.int32()];
    if (size < 0 || packed < 0 || from < start || from + packed > trailer) {
      throw damaged(file, `compressed block ${i + 1} inside the file`);
    }
    total += size;
    if (total > MOST_BYTES) throw damaged(file, "at most 2 GB of answers");
    const block = inflate(bytes.subarray(from, from + packed), size, file);
    if (block.length !== size) {
      throw damaged(file, `${size} bytes in compressed block ${i + 1}, but it has ${block.length}`);
    }
    blocks.push(block);
  }
  const joined = new Uint8Array(total);
  let at = 0;
  for (const block of blocks) (joined.set(block, at), at += block.length);
  return joined;
}

function inflate(packed: Uint8Array, size: number, file: string): Uint8Array {
  try {
    return inflateSync(packed, { maxOutputLength: Math.max(1, size) });
  } catch (error) {
    throw damaged(file, `a compressed block that unpacks, but: ${(error as Error).message}`);
  }
}

const IGNORE = 0, END = 252, RAW = 253, SPACES = 254, SYSTEM_MISSING = 255;

/** Undoes the bytecodes: eight codes, then the 8 bytes of each element that has no code of its own. */
function expand(
  codes: Uint8Array,
  dictionary: Dictionary,
  file: string,
  onZero: () => void,
): Uint8Array {
  const numbers = new Set(
    dictionary.variables.filter(({ width }) => width === 0).map((v) => v.segments[0]?.element),
  );
  const { elements, cases, bias, littleEndian } = dictionary;
  const most = cases === null ? MOST_BYTES : cases * elements * 8;
  if (most > MOST_BYTES) throw damaged(file, "at most 2 GB of answers");
  // Eight codes can stand for 64 bytes at most.
  let out = new Uint8Array(Math.min(most, 8 * codes.length));
  const view = new DataView(out.buffer);
  const reader = new ByteReader(codes, file);
  let at = 0;
  let ended = false;
  while (!ended && at < most && reader.left > 0) {
    for (const code of reader.take(8)) {
      if (code === IGNORE || ended) continue;
      if (code === END) {
        ended = true;
        continue;
      }
      if (at >= most) throw tooMany(cases ?? 0, file);
      if (code === RAW) {
        const raw = reader.take(8);
        out.set(raw, at);
        if (numbers.has(at / 8 % elements) && raw.every((byte) => byte === 0)) {
          view.setFloat64(at, -Number.MAX_VALUE, littleEndian);
          onZero();
        }
      } else if (code === SPACES) out.fill(32, at, at + 8);
      else if (code === SYSTEM_MISSING) view.setFloat64(at, -Number.MAX_VALUE, littleEndian);
      else view.setFloat64(at, code - bias, littleEndian);
      at += 8;
    }
  }
  out = out.subarray(0, at);
  for (const code of reader.take(reader.left)) {
    if (code !== IGNORE && code !== END) throw tooMany(cases ?? at / (8 * elements), file);
  }
  // Without its last elements the file would seem to have fewer respondents.
  if (cases === null ? at % (8 * elements) !== 0 : at < most) {
    throw damaged(
      file,
      `${cases ?? "whole"} respondents, but the answers end after ` +
        `${Math.floor(at / (8 * elements))} of them`,
    );
  }
  return out;
}

function tooMany(cases: number, file: string): Error {
  return damaged(file, `${cases} respondents, but more follows behind the last of them`);
}
