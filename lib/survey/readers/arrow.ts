import { damagedBy } from "./damaged.ts";
import { type Reader, responseTable } from "./reader.ts";
import { asText } from "./value_as_text.ts";

/** Arrow: IPC files (Feather version 2) and streams, plain or compressed with LZ4 or Zstandard. */
export const arrow: Reader = {
  async read(bytes, file) {
    const { CompressionType, setCompressionCodec, tableFromIPC } = await import(
      "@uwdata/flechette"
    );
    const { decompressZstd } = await import("hyparquet-compressors");
    const { decodeLz4Frame } = await import("./lz4_frame.ts");
    const readOnly = () => {
      throw new Error("Only reading is meant here");
    };
    setCompressionCodec(CompressionType.LZ4_FRAME, { encode: readOnly, decode: decodeLz4Frame });
    setCompressionCodec(CompressionType.ZSTD, {
      encode: readOnly,
      decode: (packed: Uint8Array, length?: number) =>
        decompressZstd(packed, new Uint8Array(length ?? 0)),
    });
    return await damagedBy(file, () => {
      const table = tableFromIPC(bytes, { useDate: true, useBigInt: true });
      const columns = table.names.map((name) =>
        Array.from(table.getChild(name) ?? [], (value) => asText(value, name, file))
      );
      return responseTable(table.names.map(String), columns);
    });
  },
};
