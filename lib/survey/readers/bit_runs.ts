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
  eachRun(
    reader,
    width,
    into.length,
    (seen, until, at) => unpackBytes(reader, width, into, table, seen, until, at),
    (value, seen, until) => into.fill(table[value]!, seen, until),
  );
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
  let [at, buffer, bits] = [start, 0, 0];
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
  let [seen, at] = [from, start];
  // Eight values take as many bytes as one has bits.
  for (; width <= 4 && seen + 8 <= until && at + 4 <= end; at += width, seen += 8) {
    const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) |
      (bytes[at + 3]! << 24);
    into[seen] = table[word & mask]!;
    into[seen + 1] = table[(word >>> width) & mask]!;
    into[seen + 2] = table[(word >>> (2 * width)) & mask]!;
    into[seen + 3] = table[(word >>> (3 * width)) & mask]!;
    into[seen + 4] = table[(word >>> (4 * width)) & mask]!;
    into[seen + 5] = table[(word >>> (5 * width)) & mask]!;
    into[seen + 6] = table[(word >>> (6 * width)) & mask]!;
    into[seen + 7] = table[(word >>> (7 * width)) & mask]!;
  }
  let [buffer, bits] = [0, 0];
  for (; seen < until; seen++) {
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
