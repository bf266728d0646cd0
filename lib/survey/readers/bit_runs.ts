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
export function readRuns(
  reader: BitReader,
  width: number,
  into: Uint8Array | Uint16Array | Int32Array,
): void {
  if (width > 24) throw new RangeError(`${width} bits for a place in a dictionary`);
  const { bytes, end } = reader;
  const mask = (1 << width) - 1;
  let seen = 0;
  while (seen < into.length) {
    const header = varint(reader);
    if (header & 1) {
      const count = Math.min((header >>> 1) * 8, into.length - seen);
      const first = seen;
      let at = reader.at;
      // The last bytes of a run may be left out where only zeros are in them.
      if (at + Math.floor((count * width) / 8) > end) throw new RangeError("A run is cut off");
      // Eight values take as many bytes as one has bits.
      for (; width <= 4 && seen + 8 <= first + count && at + 4 <= end; at += width, seen += 8) {
        const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) |
          (bytes[at + 3]! << 24);
        into[seen] = word & mask;
        into[seen + 1] = (word >>> width) & mask;
        into[seen + 2] = (word >>> (2 * width)) & mask;
        into[seen + 3] = (word >>> (3 * width)) & mask;
        into[seen + 4] = (word >>> (4 * width)) & mask;
        into[seen + 5] = (word >>> (5 * width)) & mask;
        into[seen + 6] = (word >>> (6 * width)) & mask;
        into[seen + 7] = (word >>> (7 * width)) & mask;
      }
      let [buffer, bits] = [0, 0];
      while (seen < first + count) {
        while (bits < width) {
          buffer |= (at < end ? bytes[at]! : 0) << bits;
          at++;
          bits += 8;
        }
        into[seen++] = buffer & mask;
        buffer >>>= width;
        bits -= width;
      }
      reader.at = Math.min(end, reader.at + (header >>> 1) * width);
    } else {
      const count = header >>> 1;
      if (count === 0 || count > into.length - seen) throw new RangeError(`A run of ${count}`);
      let value = 0;
      for (let shift = 0; shift < width; shift += 8) {
        if (reader.at >= end) throw new RangeError("A run is cut off");
        value |= bytes[reader.at++]! << shift;
      }
      into.fill(value, seen, seen + count);
      seen += count;
    }
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

function varint(reader: BitReader): number {
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    if (reader.at >= reader.end) throw new RangeError("A run is cut off");
    const byte = reader.bytes[reader.at++]!;
    value |= (byte & 127) << shift;
    if (byte < 128) return value >>> 0;
  }
  throw new RangeError("A number has too many bytes");
}
