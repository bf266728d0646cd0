import { CompressionType, setCompressionCodec, tableFromIPC, Type } from "@uwdata/flechette";
import { zstdDecompressSync } from "node:zlib";
import { type Problem, problem } from "../problem.ts";
import { checkRows, damaged } from "./damaged.ts";
import { type CellText, cellText, readColumn } from "./response_table.ts";

/** What is in an Arrow file. */
interface ArrowColumns {
  readonly header: readonly string[];
  readonly columns: readonly (readonly CellText[])[];
  /** Columns that cannot be read, by position. */
  readonly unread: ReadonlyMap<number, Problem>;
  readonly notes: readonly Problem[];
}

/**
 * Reads Arrow: IPC files (Feather version 2) and streams, plain or compressed with LZ4 or Zstandard.
 *
 * @throws {DataProblems} If it is damaged, cut off in the middle of a part, or big-endian.
 */
export function readArrowColumns(bytes: Uint8Array, file: string): ArrowColumns {
  const encode = () => {
    throw new Error("Only reading is meant here");
  };
  setCompressionCodec(CompressionType.LZ4_FRAME, { encode, decode: decodeLz4Frame });
  setCompressionCodec(CompressionType.ZSTD, {
    encode,
    decode: (packed: Uint8Array, length = 0) =>
      Uint8Array.from(zstdDecompressSync(packed, { maxOutputLength: Math.max(1, length) })),
  });
  const refused = "numbers with the lowest byte first (little-endian), but they are big-endian";
  if (isBigEndian(bytes)) throw damaged(file, refused);
  const options = { useDate: true, useBigInt: true, useDecimalInt: true };
  const table = tableFromIPC(dictionariesFirst(bytes), options);
  checkRows(table.numRows, bytes.length, file);
  const unread = new Map<number, Problem>();
  const columns = table.schema.fields.map(({ name, type }, position) => {
    const text = type.typeId === Type.Decimal
      ? (value: unknown) => decimalText(value as bigint | number | null, type.scale)
      : (value: unknown) => cellText(value, name, file);
    const read = () => Array.from(table.getChildAt(position), text);
    return readColumn(unread, position, table.numRows, read);
  });
  // A stream may be cut off between two of its parts without a trace, but for the mark at its end.
  const isOpen = bytes[0] === 0xff && bytes.subarray(-8).toHex() !== "ffffffff00000000";
  const notes = isOpen
    ? [problem("open_end", `${table.numRows} respondents, if nothing is missing behind them`)]
    : [];
  return { header: table.names.map(String), columns, unread, notes };
}

/** The number of a table's field in a FlatBuffer, as a place; 0 where it has none. */
function fieldAt(view: DataView, table: number, field: number): number {
  const fields = table - view.getInt32(table, true);
  const entry = 4 + 2 * field;
  const offset = entry < view.getUint16(fields, true) ? view.getUint16(fields + entry, true) : 0;
  return offset === 0 ? 0 : table + offset;
}

const follow = (view: DataView, at: number) => at + view.getUint32(at, true);

/**
 * Whether the schema, which is the first part, says that numbers have their highest byte first: the library
 * would read everything else before it looks.
 */
function isBigEndian(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = isFile(bytes) ? HEAD : 0;
  const message = start + (view.getInt32(start, true) === -1 ? 8 : 4);
  const header = fieldAt(view, follow(view, message), 2);
  const endianness = header && fieldAt(view, follow(view, header), 0);
  return endianness > 0 && view.getInt16(endianness, true) === 1;
}

const isFile = (bytes: Uint8Array) => new TextDecoder().decode(bytes.subarray(0, 6)) === "ARROW1";

/** A decimal number with all its digits, from a whole one and how many of its digits are decimals. */
function decimalText(value: bigint | number | null, scale: number): string | null {
  if (value === null) return null;
  const digits = String(value).replace("-", "").padStart(scale + 1, "0");
  const point = digits.length - scale;
  const decimals = digits.slice(point).replace(/0+$/, "");
  const whole = scale < 0 ? digits + "0".repeat(-scale) : digits.slice(0, point);
  return `${value < 0 ? "-" : ""}${whole}${decimals && `.${decimals}`}`;
}

/** Bytes before the first part of an Arrow file, and behind its footer. */
const HEAD = 8, TAIL = 10;

/**
 * An Arrow file with its dictionaries before its rows. Some programs write them behind, which a file may and
 * the library takes for the order in which they come (Arrow Columnar Format, "IPC File Format").
 */
function dictionariesFirst(bytes: Uint8Array): Uint8Array {
  if (!isFile(bytes)) return bytes;
  const whole = bytes.slice();
  const view = new DataView(whole.buffer);
  const end = whole.length - TAIL;
  const footer = end - view.getInt32(end, true);
  const table = follow(view, footer);
  /** The places in the file that a field of the footer lists: each 24 bytes, its offset the first 8. */
  const blocks = (field: number) => {
    const at = fieldAt(view, table, field);
    if (at === 0) return [];
    const list = follow(view, at);
    return Array.from({ length: view.getUint32(list, true) }, (_, i) => {
      const place = list + 4 + 24 * i;
      const length = view.getInt32(place + 8, true) + Number(view.getBigInt64(place + 16, true));
      return { place, from: Number(view.getBigInt64(place, true)), length };
    });
  };
  const [dictionaries, rows] = [blocks(2), blocks(3)];
  const first = Math.min(...rows.map(({ from }) => from));
  if (dictionaries.every(({ from }) => from < first)) return bytes;
  let to = HEAD;
  for (const { place, from, length } of [...dictionaries, ...rows]) {
    if (!(length >= 0 && from >= HEAD && from + length <= footer && to + length <= footer)) {
      return bytes;
    }
    whole.set(bytes.subarray(from, from + length), to);
    view.setBigInt64(place, BigInt(to), true);
    to += length;
  }
  return whole;
}

const MAGIC = 0x184d2204;
/** Bits of the flag byte. */
const BLOCK_CHECKSUM = 16, CONTENT_SIZE = 8, DICTIONARY = 1;
/** The bit of a block's size that says that it is not compressed. */
const PLAIN = 0x80000000;

/**
 * Unpacks an LZ4 frame, the way in which Arrow files are compressed by default (LZ4 Frame Format
 * Description 1.6.2). Checksums are left aside.
 *
 * @param frame The whole frame.
 * @param length Number of bytes unpacked.
 * @throws {Error} If it is no such frame, or has another length.
 */
function decodeLz4Frame(frame: Uint8Array, length = 0): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new Error("no LZ4 frame");
  const flags = view.getUint8(4);
  const out = new Uint8Array(length);
  let [at, filled] = [7 + (flags & CONTENT_SIZE ? 8 : 0) + (flags & DICTIONARY ? 4 : 0), 0];
  for (;;) {
    const size = view.getUint32(at, true);
    at += 4;
    if (size === 0) break;
    const end = at + (size & ~PLAIN);
    if (end > frame.length) throw new Error("an LZ4 block goes beyond the end");
    const block = frame.subarray(at, end);
    if (size & PLAIN) {
      out.set(block, filled);
      filled += block.length;
    } else filled = decodeBlock(block, out, filled);
    at = end + (flags & BLOCK_CHECKSUM ? 4 : 0);
  }
  if (filled !== length) throw new Error(`${length} bytes in an LZ4 frame, but it has ${filled}`);
  return out;
}

/**
 * Unpacks one block behind those before it, to whose bytes it may refer (LZ4 Block Format
 * Description): literals, then a match of earlier bytes, and so on; the last sequence has no match.
 *
 * @returns Number of bytes that are filled now.
 */
function decodeBlock(block: Uint8Array, out: Uint8Array, filled: number): number {
  let [i, o] = [0, filled];
  const byte = () => {
    const value = block[i++];
    if (value === undefined) throw new Error("an LZ4 block stops in the middle");
    return value;
  };
  /** A length of 15 goes on in the next bytes, up to one that is not 255. */
  const lengthFrom = (nibble: number) => {
    let total = nibble;
    for (let more = nibble === 15 ? 255 : 0; more === 255; total += more) more = byte();
    return total;
  };
  while (i < block.length) {
    const token = byte();
    const literals = lengthFrom(token >> 4);
    if (i + literals > block.length) throw new Error("an LZ4 block stops in the middle");
    out.set(block.subarray(i, i + literals), o);
    (i += literals, o += literals);
    if (i >= block.length) break;
    const offset = byte() | byte() << 8;
    const end = o + lengthFrom(token & 15) + 4;
    if (offset === 0 || offset > o || end > out.length) {
      throw new Error("an LZ4 match out of range");
    }
    for (; o < end; o++) out[o] = out[o - offset] as number;
  }
  return o;
}
