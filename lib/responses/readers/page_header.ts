import { type BitReader, varint } from "./bit_runs.ts";

/** What stands before each page of a Parquet column. */
export interface PageHeader {
  readonly kind: number;
  /** Number of bytes as they stand in the file, and when they are decompressed. */
  readonly packed: number;
  readonly size: number;
  readonly crc: number | null;
  /** Number of rows, those without a value included; of a dictionary, of its values. */
  readonly count: number;
  readonly encoding: number;
  /** Of a page of the second version: how many bytes its levels have, which are not compressed. */
  readonly levels: { readonly repetition: number; readonly definition: number } | null;
  readonly isPacked: boolean;
}

/** Kinds of pages, as the format numbers them. */
export const DATA = 0, DICTIONARY = 2, DATA_V2 = 3;
/** Encodings, as the format numbers them. */
export const PLAIN = 0, PLAIN_DICTIONARY = 2, RLE_DICTIONARY = 8;

/** By their numbers the fields of a structure: numbers (1 and 0 for yes and no) and structures. */
type Fields = Map<number, number | Fields>;

/** Kinds of fields in Thrift's compact protocol, which the headers are written in. */
const STOP = 0, YES = 1, NO = 2, BYTE = 3, I16 = 4, I64 = 6, DOUBLE = 7, BINARY = 8, LIST = 9;
const SET = 10, STRUCT = 12;

/**
 * Reads the header of a page.
 *
 * @throws {RangeError} If the bytes end before it does.
 */
export function pageHeader(reader: BitReader): PageHeader {
  const fields = structure(reader);
  const data = fields.get(5), dictionary = fields.get(7), second = fields.get(8);
  const kind = numberIn(fields, 1);
  const of = kind === DICTIONARY ? dictionary : kind === DATA_V2 ? second : data;
  if (!(of instanceof Map)) throw new RangeError(`A page of a kind that is not read: ${kind}`);
  return {
    kind,
    size: numberIn(fields, 2),
    packed: numberIn(fields, 3),
    crc: fields.has(4) ? numberIn(fields, 4) : null,
    count: numberIn(of, 1),
    encoding: numberIn(of, kind === DATA_V2 ? 4 : 2),
    levels: kind === DATA_V2 ? { definition: numberIn(of, 5), repetition: numberIn(of, 6) } : null,
    isPacked: kind !== DATA_V2 || of.get(7) !== 0,
  };
}

function numberIn(fields: Fields, id: number): number {
  const value = fields.get(id);
  if (typeof value === "number") return value;
  throw new RangeError("A number is missing in the header of a page");
}

function structure(reader: BitReader): Fields {
  const fields: Fields = new Map();
  for (let id = 0;;) {
    const head = byte(reader);
    const type = head & 15;
    if (type === STOP) return fields;
    id = head >> 4 ? id + (head >> 4) : zigzag(reader);
    const value = type === YES ? 1 : type === NO ? 0 : element(reader, type);
    if (value !== null) fields.set(id, value);
  }
}

/** A value; null for what no page is read by. */
function element(reader: BitReader, type: number): number | Fields | null {
  if (type === STRUCT) return structure(reader);
  if (type >= I16 && type <= I64) return zigzag(reader);
  switch (type) {
    case YES:
    case NO:
    case BYTE:
      return byte(reader);
    case DOUBLE:
      return skip(reader, 8);
    case BINARY:
      return skip(reader, varint(reader));
    case LIST:
    case SET: {
      const head = byte(reader);
      const count = head >> 4 === 15 ? varint(reader) : head >> 4;
      for (let i = 0; i < count; i++) element(reader, head & 15);
      return null;
    }
  }
  throw new RangeError(`A header has a field of type ${type}`);
}

function byte(reader: BitReader): number {
  if (reader.at >= reader.end) throw new RangeError("A header is cut off");
  return reader.bytes[reader.at++]!;
}

function skip(reader: BitReader, count: number): null {
  if (!(count <= reader.end - reader.at)) throw new RangeError("A header is cut off");
  reader.at += count;
  return null;
}

/** A number with its sign last, of up to 64 bits; those beyond what a double holds are never used. */
function zigzag(reader: BitReader): number {
  let value = 0;
  let factor = 1;
  for (let i = 0; i < 10; i++, factor *= 128) {
    const next = byte(reader);
    value += (next & 127) * factor;
    if (next < 128) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
  throw new RangeError("A number has too many bytes");
}
