import { inflateSync } from "node:zlib";
import { ByteReader } from "../byte_reader.ts";
import { damaged } from "../damaged.ts";
import type { Dictionary } from "./dictionary.ts";

/** No response file is so large; one that claims to be is damaged. */
const MOST_BYTES = 2 ** 31 - 1;

/** The cases of a file: 8 bytes for each element of each, one after the other. */
interface Cases {
  readonly data: Uint8Array;
  /** Numbers that are 0 in eight bytes where one would do: so LimeSurvey writes what has no value. */
  readonly zeros: number;
}

/**
 * Unpacks the cases of an SPSS file.
 *
 * @throws {DataProblems} If the file is cut off or damaged.
 */
export function caseBytes(bytes: Uint8Array, dictionary: Dictionary, file: string): Cases {
  const { end, elements, compression, littleEndian } = dictionary;
  const packed = bytes.subarray(end);
  if (compression === 0) {
    const size = 8 * elements;
    const cases = dictionary.cases ?? Math.floor(packed.length / size);
    if (packed.length > cases * size) throw tooMany(cases, file);
    return { data: new ByteReader(packed, file).take(cases * size), zeros: 0 };
  }
  const reader = new ByteReader(bytes, file, end);
  reader.littleEndian = littleEndian;
  return expand(compression === 2 ? inflateBlocks(reader) : packed, dictionary, file);
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
  const blocks = Array.from({ length: count }, (_, i) => {
    reader.skip(8);
    const [from, size, packed] = [reader.int64(), reader.int32(), reader.int32()];
    if (size < 0 || packed < 0 || from < start || from + packed > trailer) {
      throw damaged(file, `compressed block ${i + 1} inside the file`);
    }
    return { from, size, packed };
  });
  const total = blocks.reduce((sum, { size }) => sum + size, 0);
  if (total > MOST_BYTES) throw damaged(file, "at most 2 GB of answers");
  const joined = new Uint8Array(total);
  let at = 0;
  for (const { from, size, packed } of blocks) {
    try {
      const block = inflateSync(bytes.subarray(from, from + packed), {
        maxOutputLength: size || 1,
      });
      if (block.length !== size) throw new Error(`it has ${block.length} bytes`);
      joined.set(block, at);
    } catch (error) {
      const why = (error as Error).message;
      throw damaged(file, `a compressed block that unpacks to ${size} bytes, but: ${why}`);
    }
    at += size;
  }
  return joined;
}

const IGNORE = 0, END = 252, RAW = 253, SPACES = 254, SYSTEM_MISSING = 255;

/** Undoes the bytecodes: eight codes, then the 8 bytes of each element that has no code of its own. */
function expand(codes: Uint8Array, dictionary: Dictionary, file: string): Cases {
  const numbers = new Set(
    dictionary.variables.filter(({ width }) => width === 0).map((v) => v.segments[0]?.element),
  );
  const { elements, cases, bias, littleEndian } = dictionary;
  const most = cases === null ? MOST_BYTES : cases * elements * 8;
  if (most > MOST_BYTES) throw damaged(file, "at most 2 GB of answers");
  // Eight codes can stand for 64 bytes at most.
  const out = new Uint8Array(Math.min(most, 8 * codes.length));
  const view = new DataView(out.buffer);
  const reader = new ByteReader(codes, file);
  let [at, ended, zeros] = [0, false, 0];
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
          zeros++;
        }
      } else if (code === SPACES) out.fill(32, at, at + 8);
      else if (code === SYSTEM_MISSING) view.setFloat64(at, -Number.MAX_VALUE, littleEndian);
      else view.setFloat64(at, code - bias, littleEndian);
      at += 8;
    }
  }
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
  return { data: out.subarray(0, at), zeros };
}

function tooMany(cases: number, file: string): Error {
  return damaged(file, `${cases} respondents, but more follows behind the last of them`);
}
