/** Decompresses what Snappy has compressed, one piece after the other into the same memory. */
export class Unsnapper {
  #bytes = new Uint8Array(0);
  #view = new DataView(this.#bytes.buffer);

  /**
   * @param packed The compressed bytes.
   * @param size Number of bytes they come to.
   * @returns The bytes, valid until the next piece.
   * @throws {RangeError} If they come to another number, or are none that Snappy has written.
   */
  unsnap(packed: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
    let [at, said, shift] = [0, 0, 0];
    for (let more = true; more; shift += 7) {
      const byte = packed[at++];
      if (byte === undefined || shift > 28) throw new RangeError("Snappy: no length");
      said += (byte & 127) * 2 ** shift;
      more = byte > 127;
    }
    if (said !== size) throw new RangeError(`Snappy: ${said} bytes where ${size} should be`);
    // Three bytes can copy 64.
    if (size > 64 * packed.length) throw new RangeError(`Snappy: too few bytes for ${size}`);
    if (size + SLACK > this.#bytes.length) {
      this.#bytes = new Uint8Array(size + SLACK);
      this.#view = new DataView(this.#bytes.buffer);
    }
    const filled = copyAll(packed, at, this.#bytes, this.#view, size);
    if (filled !== size) throw new RangeError(`Snappy: ${filled} bytes of ${size}`);
    return this.#bytes.subarray(0, size);
  }
}

/** Bytes are copied four at a time, at least sixteen, and so may go beyond the last. */
const SLACK = 16;

/** Follows all instructions. @returns How many bytes there are then; -1 where one is wrong. */
function copyAll(
  packed: Uint8Array,
  from: number,
  out: Uint8Array,
  view: DataView,
  size: number,
): number {
  const end = packed.length;
  const read = new DataView(packed.buffer, packed.byteOffset, end);
  let [i, to] = [from, 0];
  while (i < end) {
    const tag = packed[i++]!;
    const kind = tag & 3;
    if (kind === 0) {
      let length = tag >> 2;
      if (length >= 60) {
        const bytes = length - 59;
        if (i + bytes > end) return -1;
        length = 0;
        for (let k = 0; k < bytes; k++) length += packed[i + k]! * 2 ** (8 * k);
        i += bytes;
      }
      length++;
      if (i + length > end || to + length > size) return -1;
      if (length <= 16 && i + 16 <= end) {
        // Without a loop, whose end a processor could not foresee; what is too much is written over.
        view.setInt32(to, read.getInt32(i, true), true);
        view.setInt32(to + 4, read.getInt32(i + 4, true), true);
        view.setInt32(to + 8, read.getInt32(i + 8, true), true);
        view.setInt32(to + 12, read.getInt32(i + 12, true), true);
      } else if (length > 32) out.set(packed.subarray(i, i + length), to);
      else for (let k = 0; k < length; k++) out[to + k] = packed[i + k]!;
      i += length;
      to += length;
      continue;
    }
    let length: number, offset: number;
    if (kind === 1) {
      if (i + 1 > end) return -1;
      length = ((tag >> 2) & 7) + 4;
      offset = (tag >> 5) << 8 | packed[i]!;
      i++;
    } else {
      length = (tag >> 2) + 1;
      if (i + (kind === 2 ? 2 : 4) > end) return -1;
      offset = packed[i]! | packed[i + 1]! << 8;
      if (kind === 3) offset += (packed[i + 2]! | packed[i + 3]! << 8) * 65_536;
      i += kind === 2 ? 2 : 4;
    }
    if (offset === 0 || offset > to || to + length > size) return -1;
    const source = to - offset;
    if (offset >= 4) {
      view.setInt32(to, view.getInt32(source, true), true);
      view.setInt32(to + 4, view.getInt32(source + 4, true), true);
      view.setInt32(to + 8, view.getInt32(source + 8, true), true);
      view.setInt32(to + 12, view.getInt32(source + 12, true), true);
      for (let k = 16; k < length; k += 4) {
        view.setInt32(to + k, view.getInt32(source + k, true), true);
      }
    } else {
      for (let k = 0; k < length; k++) out[to + k] = out[source + k]!;
    }
    to += length;
  }
  return to;
}
