import { type ByteReader } from "../byte_reader.ts";
import { damaged } from "../damaged.ts";

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
