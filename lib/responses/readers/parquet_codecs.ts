import type { Compressors } from "hyparquet";
import { compressors as library } from "hyparquet-compressors";
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";

/** What decompresses the pages of a Parquet file: Deno itself where it can, being faster. */
export const compressors: Compressors = {
  ...library,
  GZIP: (bytes, length) => plain(gunzipSync(bytes, roomFor(length))),
  BROTLI: (bytes, length) => plain(brotliDecompressSync(bytes, roomFor(length))),
  ZSTD: (bytes, length) => plain(zstdDecompressSync(bytes, roomFor(length))),
};

/** All at once, and no more than the page says it has. */
function roomFor(length: number) {
  return {
    chunkSize: Math.min(2 ** 26, Math.max(64, length)),
    maxOutputLength: Math.max(1, length),
  };
}

function plain(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
