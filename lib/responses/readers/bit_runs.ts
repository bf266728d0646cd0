/** Where to read in some bytes, and how far. */
export interface BitReader {
  readonly bytes: Uint8Array;
  at: number;
  readonly end: number;
}

/**
 * Reads whole numbers in Parquet's mixture of runs of one value and values packed in so few bits.
 *
 * @param width Number of bits, 0 to 24.
 * @param into Where they go; as many are read as there is room for.
 * @throws {RangeError} If the bytes end before that.
 */
export function readRuns(reader: BitReader, width: number, into: Int32Array): void {
  if (width > 24) throw new RangeError(`${width} bits for a place in a dictionary`);
  eachRun(
    reader,
    width,
    into.length,
    (seen, until, at) => unpack(reader, width, into, seen, until, at),
    (value, seen, until) => into.fill(value, seen, until),
  );
}

/**
 * Reads numbers of up to eight bits as {@link readRuns} does, and puts a byte for each.
 *
 * @param table By number what is put for it: 256 bytes.
 */
export function readBytes(
  reader: BitReader,
  width: number,
  into: Uint8Array,
  table: Uint8Array = ITSELF,
): void {
  if (width > 8) throw new RangeError(`${width} bits for a byte`);
  const pairs = width <= 4 ? pairsOf(table, width) : null;
  const [from, to] = [viewOf(reader.bytes), viewOf(into)];
  eachRun(
    reader,
    width,
    into.length,
    (first, until, start) => {
      let seen = first;
      let at = start;
      if (pairs) {
        // Eight values take as many bytes as one has bits, and a word is read for them.
        const words = Math.floor((reader.end - 4 - at) / width) + 1;
        const eights = Math.max(0, Math.min((until - seen) >> 3, words));
        unpackPairs(from, width, to, pairs, seen, eights, at);
        seen += 8 * eights;
        at += width * eights;
      }
      unpackBytes(reader, width, into, table, seen, until, at);
    },
    (value, seen, until) => into.fill(table[value]!, seen, until),
  );
}

/** For every two numbers of so many bits the two bytes that are put for them. */
function pairsOf(table: Uint8Array, width: number): Uint16Array {
  const mask = (1 << width) - 1;
  return Uint16Array.from(
    { length: 1 << (2 * width) },
    (_, pair) => table[pair & mask]! | (table[pair >> width]! << 8),
  );
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Unpacks so many times eight numbers of up to four bits, two at once. */
function unpackPairs(
  bytes: DataView,
  width: number,
  into: DataView,
  pairs: Uint16Array,
  first: number,
  eights: number,
  start: number,
): void {
  const mask = (1 << (2 * width)) - 1;
  const second = 2 * width;
  const third = 4 * width;
  const fourth = 6 * width;
  for (let i = 0; i < eights; i++) {
    const word = bytes.getInt32(start + i * width, true);
    const at = first + 8 * i;
    into.setInt32(at, pairs[word & mask]! | (pairs[(word >>> second) & mask]! << 16), true);
    into.setInt32(
      at + 4,
      pairs[(word >>> third) & mask]! | (pairs[(word >>> fourth) & mask]! << 16),
      true,
    );
  }
}

/** What is put for every number where it is the number itself. */
const ITSELF = Uint8Array.from({ length: 256 }, (_, number) => number);

function eachRun(
  reader: BitReader,
  width: number,
  length: number,
  onPacked: (seen: number, until: number, at: number) => void,
  onRepeated: (value: number, seen: number, until: number) => void,
): void {
  const { bytes, end } = reader;
  for (let seen = 0; seen < length;) {
    const header = varint(reader);
    if (header & 1) {
      const count = Math.min((header >>> 1) * 8, length - seen);
      // The last bytes of a run may be left out where only zeros are in them.
      if (reader.at + Math.floor((count * width) / 8) > end) {
        throw new RangeError("A run is cut off");
      }
      onPacked(seen, seen + count, reader.at);
      seen += count;
      reader.at = Math.min(end, reader.at + (header >>> 1) * width);
    } else {
      const count = header >>> 1;
      if (count === 0 || count > length - seen) throw new RangeError(`A run of ${count}`);
      let value = 0;
      for (let shift = 0; shift < width; shift += 8) {
        if (reader.at >= end) throw new RangeError("A run is cut off");
        value |= bytes[reader.at++]! << shift;
      }
      onRepeated(value, seen, seen + count);
      seen += count;
    }
  }
}

function unpack(
  { bytes, end }: BitReader,
  width: number,
  into: Int32Array,
  from: number,
  until: number,
  start: number,
): void {
  const mask = (1 << width) - 1;
  let at = start;
  let buffer = 0;
  let bits = 0;
  for (let seen = from; seen < until; seen++) {
    while (bits < width) {
      buffer |= (at < end ? bytes[at]! : 0) << bits;
      at++;
      bits += 8;
    }
    into[seen] = buffer & mask;
    buffer >>>= width;
    bits -= width;
  }
}

/** The same through a table, into bytes; written out, since these two loops read most of a file. */
function unpackBytes(
  { bytes, end }: BitReader,
  width: number,
  into: Uint8Array,
  table: Uint8Array,
  from: number,
  until: number,
  start: number,
): void {
  const mask = (1 << width) - 1;
  let at = start;
  let buffer = 0;
  let bits = 0;
  for (let seen = from; seen < until; seen++) {
    while (bits < width) {
      buffer |= (at < end ? bytes[at]! : 0) << bits;
      at++;
      bits += 8;
    }
    into[seen] = table[buffer & mask]!;
    buffer >>>= width;
    bits -= width;
  }
}

/**
 * Whether there is one run alone, of the value 1: everybody has a value.
 *
 * @param reader Stays where it is.
 */
export function isOneRun(reader: BitReader, count: number): boolean {
  const look = { ...reader };
  return varint(look) === 2 * count && look.bytes[look.at] === 1;
}

/** A number with seven bits in each byte. */
export function varint(reader: BitReader): number {
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    if (reader.at >= reader.end) throw new RangeError("A run is cut off");
    const byte = reader.bytes[reader.at++]!;
    value |= (byte & 127) << shift;
    if (byte < 128) return value >>> 0;
  }
  throw new RangeError("A number has too many bytes");
}
