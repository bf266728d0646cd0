import { inflateSync } from "node:zlib";
import { type Problem, problem } from "../problem.ts";
import { ByteReader } from "./byte_reader.ts";
import { damaged } from "./damaged.ts";
import {
  type AboutColumn,
  readColumn,
  type ResponseTable,
  responseTable,
} from "./response_table.ts";
import { type Dictionary, readDictionary } from "./sav/dictionary.ts";

/**
 * SPSS system files: .sav and .zsav, of any byte order, encoding and compression.
 *
 * A code with a label stands in the table as its label. System-missing is no value; a value that the
 * file declares as missing stands there all the same, since "don't know" often is one, and is
 * named in `about`.
 */
export function readSpss(bytes: Uint8Array, file: string): ResponseTable {
  const dictionary = readDictionary(bytes, file);
  const { variables, elements, littleEndian, decode, weight } = dictionary;
  if (elements === 0) throw damaged(file, "at least one variable");
  const { data, zeros } = caseBytes(bytes, dictionary, file);
  const cases = data.length / (8 * elements);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const unread = new Map<number, Problem>();
  const about = new Map<number, AboutColumn>();
  const columns = variables.map(
    ({ width, segments, format, label, labels, isMissing }, position) => {
      const { element } = segments[0]!;
      const missing = new Set<string>();
      about.set(position, {
        ...label && { title: label },
        ...{ missing, labels: new Map([...labels].map(([code, text]) => [text, code])) },
        isWeight: element === weight,
      });
      const valueAt = (at: number): number | string => {
        if (width === 0) return view.getFloat64(at + 8 * element, littleEndian);
        const parts = segments.map(({ element, used }) =>
          data.subarray(at + 8 * element, at + 8 * element + used)
        );
        // A letter may span two of them.
        return decode(
          parts.length > 1 ? Uint8Array.from(parts.flatMap((each) => [...each])) : parts[0]!,
          true,
        );
      };
      const textAt = (at: number) => {
        const value = valueAt(at);
        if (value === -Number.MAX_VALUE || value === "") return null;
        const plain = typeof value === "number" ? numberText(value, format) : value;
        const text = labels.get(String(value)) ?? plain;
        if (isMissing(value)) missing.add(text);
        return text;
      };
      const read = () => Array.from({ length: cases }, (_, row) => textAt(8 * elements * row));
      return readColumn(unread, position, cases, read);
    },
  );
  const table = responseTable(variables.map(({ name }) => name), columns, undefined, unread);
  const expected = `no value in ${zeros} places`;
  return { ...table, about, notes: zeros > 0 ? [problem("zero_for_missing", expected)] : [] };
}

/** Seconds from 14 October 1582, where SPSS begins to count, to 1 January 1970. */
const EPOCH = 12_219_379_200;
/** Print formats of dates: DATE, ADATE, JDATE, EDATE, SDATE. */
const DATES = new Set([20, 23, 24, 38, 39]);
/** Print formats of dates with a time: DATETIME, YMDHMS. */
const TIMES = new Set([22, 41]);

/** A number as text; where its print format is one of dates, as in ISO 8601 without a zone. */
function numberText(value: number, format: number): string {
  const date = new Date((value - EPOCH) * 1000);
  if (!(DATES.has(format) || TIMES.has(format)) || isNaN(date.getTime())) return String(value);
  return date.toISOString().slice(0, DATES.has(format) ? 10 : 19);
}

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
function caseBytes(bytes: Uint8Array, dictionary: Dictionary, file: string): Cases {
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
