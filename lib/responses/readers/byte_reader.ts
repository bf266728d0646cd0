import { DataProblems, problem } from "../problem.ts";
import { damaged } from "./damaged.ts";

/** Reads numbers and bytes one after the other; a file that ends too early is a problem, not a crash. */
export class ByteReader {
  readonly #view: DataView;
  position: number;
  littleEndian = true;

  /**
   * @param bytes The whole file.
   * @param file Its name, for messages.
   * @param position Where to begin.
   */
  constructor(readonly bytes: Uint8Array, readonly file: string, position = 0) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = position;
  }

  /** Number of bytes left. */
  get left(): number {
    return Math.max(0, this.bytes.length - this.position);
  }

  int32(): number {
    return this.#view.getInt32(this.#advance(4), this.littleEndian);
  }

  /** A whole number of 64 bits; no file is so large that a double could not hold its positions. */
  int64(): number {
    return Number(this.#view.getBigInt64(this.#advance(8), this.littleEndian));
  }

  float64(): number {
    return this.#view.getFloat64(this.#advance(8), this.littleEndian);
  }

  /** A whole number of things that follow, of which each takes a byte at least. */
  count(): number {
    const count = this.int32();
    if (count >= 0 && count <= this.left) return count;
    throw damaged(this.file, `a number of entries at byte ${this.position}, but it is ${count}`);
  }

  /** The next bytes, as a view. */
  take(length: number): Uint8Array {
    const from = this.#advance(length);
    return this.bytes.subarray(from, from + length);
  }

  /** Goes to a position that the file states; one outside it means damage. */
  seek(position: number): void {
    if (!(position >= 0 && position <= this.bytes.length)) {
      throw damaged(this.file, `a position inside the file, but it says ${position}`);
    }
    this.position = position;
  }

  skip(length: number): void {
    this.#advance(length);
  }

  #advance(length: number): number {
    if (!(length >= 0)) {
      throw damaged(this.file, `a length at byte ${this.position}, but it is ${length}`);
    }
    if (length > this.left) {
      throw new DataProblems(this.file, [
        problem(
          "half_written",
          `${length} more bytes at byte ${this.position}; ${this.left} are left`,
        ),
      ]);
    }
    const from = this.position;
    this.position += length;
    return from;
  }
}
