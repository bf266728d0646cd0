import { Unsnapper } from "./snappy.ts";

/** @returns The bytes that compressed ones come to, valid until the next call. */
export type Decompress = (packed: Uint8Array, size: number) => Uint8Array;

/**
 * What decompresses the pages of a Parquet file. Snappy, which most have, is read here: what reads the
 * others takes a new thread longer to load than most files take to be read.
 *
 * @param codec As the file names it.
 * @throws {Error} If nobody can read it.
 */
export async function decompressorOf(codec: string): Promise<Decompress> {
  const decompress = await plainOf(codec);
  return (packed, size) => {
    if (!(size >= 0)) throw new RangeError(`A page of ${size} bytes`);
    const bytes = size === 0 && packed.length === 0 ? packed : decompress(packed, size);
    if (bytes.length === size) return bytes;
    throw new RangeError(`A page of ${bytes.length} bytes where ${size} should be`);
  };
}

async function plainOf(codec: string): Promise<Decompress> {
  if (codec === "UNCOMPRESSED") return (packed) => packed;
  if (codec === "SNAPPY") {
    const snappy = new Unsnapper();
    return (packed, size) => snappy.unsnap(packed, size);
  }
  const { compressors } = await import("./parquet_codecs.ts");
  const found = compressors[codec as keyof typeof compressors];
  if (found) return (packed, size) => found(packed, size);
  throw new Error(`A compression that is not read: ${codec}`);
}
