import { DataProblems, problem } from "../../problem.ts";
import { ByteReader } from "../byte_reader.ts";
import { damaged } from "../damaged.ts";

/** What stands in an SPSS file before its cases. */
export interface Dictionary {
  readonly variables: readonly SavVariable[];
  readonly decode: Decoder;
  /** 0: as they are; 1: bytecodes; 2: bytecodes in zlib blocks. */
  readonly compression: number;
  /** What is added to a whole number to make its bytecode, usually 100. */
  readonly bias: number;
  /** Number of cases, or null where the file does not say. */
  readonly cases: number | null;
  /** Number of elements of 8 bytes that one case takes. */
  readonly elements: number;
  readonly littleEndian: boolean;
  /** The element (from 0) of the variable by which cases are weighted; -1 where there is none. */
  readonly weight: number;
  /** Where the cases begin. */
  readonly end: number;
}

/**
 * Reads the dictionary of an SPSS file (.sav, .zsav): header, variables, value labels and what later
 * versions added (B. Pfaff et al., PSPP Developers Guide, "System File Format").
 *
 * @throws {DataProblems} If the file is cut off or damaged.
 */
export function readDictionary(bytes: Uint8Array, file: string): Dictionary {
  const reader = new ByteReader(bytes, file, 64);
  const layout = reader.int32();
  if (layout !== 2 && layout !== 3) {
    reader.littleEndian = false;
    reader.position = 64;
    const other = reader.int32();
    if (other !== 2 && other !== 3) {
      throw damaged(file, `layout 2 or 3 at byte 64 of an SPSS file, but it is ${layout}`);
    }
  }
  reader.skip(4);
  const compression = reader.int32();
  if (![0, 1, 2].includes(compression)) {
    throw damaged(file, `compression 0, 1 or 2, but it is ${compression}`);
  }
  const weight = reader.int32() - 1;
  const headerCases = reader.int32();
  const bias = reader.float64();
  reader.skip(9 + 8 + 64 + 3);
  const raw: RawVariable[] = [];
  const labels: RawLabels[] = [];
  const extensions = new Map<number, Uint8Array>();
  for (;;) {
    const at = reader.position;
    const type = reader.int32();
    if (type === 2) raw.push(readVariable(reader));
    else if (type === 3) labels.push(readLabels(reader));
    else if (type === 6) reader.skip(80 * reader.int32());
    else if (type === 7) extensions.set(reader.int32(), reader.take(sizeOfExtension(reader)));
    else if (type === 999) break;
    else throw damaged(file, `a record of an SPSS file at byte ${at}, but its type is ${type}`);
  }
  reader.skip(4);
  const { littleEndian } = reader;
  /** What an extension holds from a byte on; null where there is none or it is shorter. */
  const extension = (subtype: number, from: number, length: number) => {
    const data = extensions.get(subtype);
    if (data === undefined || data.length < from + length) return null;
    const inner = new ByteReader(data, file, from);
    inner.littleEndian = littleEndian;
    return inner;
  };
  const encoding = extensions.get(20);
  const said = encoding === undefined ? null : new TextDecoder("windows-1252").decode(encoding);
  const decode = decoderOf(said, extension(3, 28, 4)?.int32() ?? null, file);
  // Some programs write the record without a number.
  const cases = extension(16, 8, 8)?.int64() || headerCases;
  if (headerCases >= 0 && cases >= 0 && cases !== headerCases) {
    throw damaged(file, `one number of respondents, but the file says ${headerCases} and ${cases}`);
  }
  return {
    variables: savVariables(raw, labels, (subtype) => extension(subtype, 0, 0), decode, reader),
    ...{ decode, weight, compression, bias, littleEndian },
    cases: cases < 0 ? null : cases,
    elements: raw.length,
    end: reader.position,
  };
}

/** The length of a record 7, behind its subtype. */
function sizeOfExtension(reader: ByteReader): number {
  const [size, count] = [reader.int32(), reader.int32()];
  if (size >= 0 && count >= 0) return size * count;
  throw damaged(reader.file, `a size at byte ${reader.position}, but it is ${size} × ${count}`);
}

/** Value labels as they stand: 8 bytes of value and the label, and the variables they belong to. */
interface RawLabels {
  readonly labels: readonly { value: Uint8Array; label: Uint8Array }[];
  /** Positions of the first elements of the variables, from 1. */
  readonly variables: readonly number[];
}

/** A variable as its user knows it: very long texts are one, whatever they are in the file. */
interface SavVariable {
  readonly name: string;
  readonly label: string | null;
  /** 0: a number; else the width of a text in bytes. */
  readonly width: number;
  readonly format: number;
  /** The elements of a case that it stands in: each a run, of whose bytes `used` count. */
  readonly segments: readonly { readonly element: number; readonly used: number }[];
  /** Labels by value; a value is a number as a string, or a text. */
  readonly labels: ReadonlyMap<string, string>;
  readonly isMissing: (value: number | string) => boolean;
}

/** The most bytes of a text that one segment of a very long text holds. */
const SEGMENT = 255;
/** What the width of a very long text is divided by to get its number of segments. */
const SEGMENT_STEP = 252;

/**
 * Puts together what the records of a dictionary say of each variable.
 *
 * @param extension What records of type 7 add, by their subtype. 13: `SHORT=Long`, separated by tabs; 14:
 *   `SHORT=00700`, for texts of more than 255 bytes; 21 and 22: labels and missing values of texts of more
 *   than 8 bytes.
 * @param reader The file, for its byte order and name.
 * @throws {DataProblems} If the records contradict each other.
 */
function savVariables(
  raw: readonly RawVariable[],
  labels: readonly RawLabels[],
  extension: (subtype: number) => ByteReader | null,
  decode: Decoder,
  reader: ByteReader,
): SavVariable[] {
  const longNames = pairs(extension(13)?.bytes, decode);
  const widths = pairs(extension(14)?.bytes, decode);
  const longLabels = readNamed(extension(21), decode, readLongLabels);
  const longMissing = readNamed(extension(22), decode, readLongMissing);
  const byElement = new Map<number, RawLabels["labels"]>();
  for (const { labels: set, variables } of labels) {
    for (const element of variables) byElement.set(element - 1, set);
  }
  const variables: SavVariable[] = [];
  for (let element = 0; element < raw.length;) {
    const first = raw[element] as RawVariable;
    if (first.width < 0) throw damaged(reader.file, "a variable before what continues it");
    const short = decode(first.name, true);
    const key = keyOfName(first.name);
    const name = longNames.get(key) ?? short;
    const width = Number(widths.get(key) ?? first.width);
    const segments = [];
    const count = width > SEGMENT ? Math.ceil(width / SEGMENT_STEP) : 1;
    for (let s = 0; s < count; s++) {
      const segment = raw[element];
      if (!segment || (segment.width < 1 && width > 0)) {
        throw damaged(reader.file, `${count} parts of the long text ${name}, but there are ${s}`);
      }
      const used = Math.min(SEGMENT, Math.max(0, width - SEGMENT * s));
      if (used > segment.width) {
        throw damaged(
          reader.file,
          `${used} bytes in a part of ${name}, but it has ${segment.width}`,
        );
      }
      segments.push({ element, used });
      element += elementsOf(segment.width);
    }
    const own = byElement.get(segments[0]?.element ?? -1) ?? [];
    const ofLong = <T>(named: ReadonlyMap<string, readonly T[]>) =>
      named.get(name.toUpperCase()) ?? named.get(short.toUpperCase()) ?? [];
    const keyOf = (value: Uint8Array) =>
      width === 0 ? String(numberOf(value, reader.littleEndian)) : decode(value, true);
    variables.push({
      name,
      label: first.label && decode(first.label, true),
      width,
      format: first.format,
      segments,
      labels: new Map(
        [...own, ...ofLong(longLabels)]
          .map(({ value, label }) => [keyOf(value), decode(label, true)] as const)
          .filter(([, label]) => label !== ""),
      ),
      isMissing: width === 0
        ? missingNumber(first.missing, reader.littleEndian)
        : missingText([...first.missing.values, ...ofLong(longMissing)].map(keyOf)),
    });
  }
  return variables;
}

function elementsOf(width: number): number {
  return width === 0 ? 1 : Math.ceil(width / 8);
}

function missingNumber(
  { range, values }: RawVariable["missing"],
  littleEndian: boolean,
): (value: number | string) => boolean {
  const numbers = values.map((value) => numberOf(value, littleEndian));
  const [low = NaN, high = NaN] = range ? numbers : [];
  const single = new Set(range ? numbers.slice(2) : numbers);
  return (value) =>
    typeof value === "number" && (single.has(value) || (value >= low && value <= high));
}

function missingText(values: readonly string[]): (value: number | string) => boolean {
  const missing = new Set(values);
  return (value) => typeof value === "string" && missing.has(value);
}

function numberOf(bytes: Uint8Array, littleEndian: boolean): number {
  return new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, littleEndian);
}

/** `SHORT=value` pairs, separated by tabs and zeros; a short name of 8 bytes may end inside a letter. */
function pairs(bytes: Uint8Array | undefined, decode: Decoder): Map<string, string> {
  const found = new Map<string, string>();
  for (let from = 0, end = 0; bytes && from < bytes.length; from = end + 1) {
    end = bytes.findIndex((byte, i) => i >= from && (byte === 9 || byte === 0));
    if (end < 0) end = bytes.length;
    const pair = bytes.subarray(from, end);
    const middle = pair.indexOf(61);
    if (middle < 1 || middle === pair.length - 1) continue;
    found.set(keyOfName(pair.subarray(0, middle)), decode(pair.subarray(middle + 1)));
  }
  return found;
}

const keyOfName = (bytes: Uint8Array) => String.fromCharCode(...bytes).trimEnd().toUpperCase();

/** One element of 8 bytes of a case: a number, up to 8 bytes of text, or the next 8 of a text. */
interface RawVariable {
  /** 0: a number; from 1 to 255: a text of so many bytes; -1: the text before goes on. */
  readonly width: number;
  /** The short name, up to 8 bytes. */
  readonly name: Uint8Array;
  readonly label: Uint8Array | null;
  /** Type of the print format: 20 is a date, 22 a date with time, and so on. */
  readonly format: number;
  /** Values declared missing: single ones, and a range from the first to the second of two. */
  readonly missing: { readonly range: boolean; readonly values: readonly Uint8Array[] };
}

/** Reads record 2, after its type. */
function readVariable(reader: ByteReader): RawVariable {
  const at = reader.position;
  const width = reader.int32();
  const hasLabel = reader.int32();
  const missing = reader.int32();
  const format = reader.int32() >> 16 & 0xff;
  reader.skip(4);
  const name = reader.take(8);
  if (width < -1 || width > 255 || ![0, 1].includes(hasLabel) || Math.abs(missing) > 3) {
    throw damaged(reader.file, `a variable at byte ${at}`);
  }
  let label: Uint8Array | null = null;
  if (hasLabel === 1) {
    const length = reader.int32();
    label = reader.take(length);
    reader.skip((4 - length % 4) % 4);
  }
  const values = Array.from({ length: Math.abs(missing) }, () => reader.take(8));
  return { width, name, label, format, missing: { range: missing < 0, values } };
}

/** Reads records 3 and 4, after the first one's type. */
function readLabels(reader: ByteReader): RawLabels {
  const labels = Array.from({ length: reader.count() }, () => {
    const value = reader.take(8);
    const length = reader.take(1)[0] ?? 0;
    const label = reader.take(length);
    reader.skip((8 - (1 + length) % 8) % 8);
    return { value, label };
  });
  const type = reader.int32();
  if (type !== 4) throw damaged(reader.file, `record 4 after value labels, but it is ${type}`);
  return { labels, variables: Array.from({ length: reader.count() }, () => reader.int32()) };
}

/** Reads what an extension says of one variable after the other, by their names in capitals. */
function readNamed<T>(
  reader: ByteReader | null,
  decode: Decoder,
  read: (reader: ByteReader) => T[],
): Map<string, T[]> {
  const found = new Map<string, T[]>();
  while (reader !== null && reader.left > 0) {
    const name = decode(reader.take(reader.int32())).toUpperCase();
    found.set(name, read(reader));
  }
  return found;
}

function readLongLabels(reader: ByteReader): RawLabels["labels"][number][] {
  reader.skip(4);
  return Array.from({ length: reader.count() }, () => {
    const value = reader.take(reader.int32());
    return { value, label: reader.take(reader.int32()) };
  });
}

function readLongMissing(reader: ByteReader): Uint8Array[] {
  const count = reader.take(1)[0] ?? 0;
  const length = reader.int32();
  return Array.from({ length: count }, (_, i) => {
    // Old versions of PSPP wrote the length before every value.
    const { position } = reader;
    if (i > 0 && reader.left >= 4 + length && reader.int32() !== length) reader.position = position;
    return reader.take(length);
  });
}

/** Turns bytes of a field into text; `fixed`: the field has a fixed width, so a long text was cut. */
type Decoder = (bytes: Uint8Array, fixed?: boolean) => string;

/** Character codes of record 7/3 that have a name; others are taken as code pages of Windows. */
const CODES: Record<number, string> = {
  2: "windows-1252",
  3: "windows-1252",
  20127: "us-ascii",
  28591: "iso-8859-1",
  28605: "iso-8859-15",
  65001: "utf-8",
};

/**
 * Makes the decoder of a file: by the name in its record 7/20, else by the code in record 7/3, else
 * windows-1252, which is what SPSS wrote in Denmark before it said.
 *
 * @throws {DataProblems} If the encoding is none that can be decoded.
 */
export function decoderOf(
  name: string | null,
  code: number | null,
  file: string,
): Decoder {
  const said = name?.replaceAll("\0", "").trim().toLowerCase() ||
    (code === null ? "" : CODES[code] ?? `windows-${code}`) || "windows-1252";
  const page = /^(?:cp|ms|ibm|windows|code ?page)?[-_ ]?(\d{3,5})$/.exec(said)?.[1];
  const label = page === undefined ? said : CODES[Number(page)] ?? `windows-${page}`;
  const make = (): TextDecoder => {
    try {
      return new TextDecoder(label, { fatal: true, ignoreBOM: true });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new DataProblems(file, [
        problem("encoding", "an encoding such as UTF-8 or windows-1252", { value: said }),
      ]);
    }
  };
  const decoder = make();
  return (bytes, fixed = false) => {
    const trimmed = withoutPadding(bytes);
    // A width in bytes may end inside a letter; what is left of that letter is no text.
    const most = fixed && trimmed.length > 0 ? 3 : 0;
    for (let cut = 0; cut <= most; cut++) {
      try {
        return decoder.decode(trimmed.subarray(0, trimmed.length - cut)).trimEnd();
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
      }
    }
    throw new DataProblems(file, [
      problem("encoding", `text in ${label}, as the file says its letters are`, {
        value: new TextDecoder("windows-1252").decode(trimmed.subarray(0, 40)),
      }),
    ]);
  };
}

/** Text is filled up with spaces, by some programs with zeros. */
function withoutPadding(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 32 || bytes[end - 1] === 0)) end--;
  return bytes.subarray(0, end);
}
