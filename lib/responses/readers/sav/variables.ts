import type { ByteReader } from "../byte_reader.ts";
import { damaged } from "../damaged.ts";
import type { Decoder } from "./decoder.ts";

/** Value labels as they stand: 8 bytes of value and the label, and the variables they belong to. */
export interface RawLabels {
  readonly labels: readonly { value: Uint8Array; label: Uint8Array }[];
  /** Positions of the first elements of the variables, from 1. */
  readonly variables: readonly number[];
}

/** A variable as its user knows it: very long texts are one, whatever they are in the file. */
export interface SavVariable {
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
export function savVariables(
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
export interface RawVariable {
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
export function readVariable(reader: ByteReader): RawVariable {
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
export function readLabels(reader: ByteReader): RawLabels {
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
