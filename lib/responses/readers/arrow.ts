import { CompressionType, setCompressionCodec, tableFromIPC } from "@uwdata/flechette";
import { decompressZstd } from "hyparquet-compressors";
import { DataProblems, problem } from "../problem.ts";
import { checkRows, damagedBy } from "./damaged.ts";
import { decodeLz4Frame } from "./lz4_frame.ts";
import { type ResponseTable, responseTable } from "./response_table.ts";
import { asText } from "./value_as_text.ts";

/**
 * Reads Arrow: IPC files (Feather version 2) and streams, plain or compressed with LZ4 or Zstandard.
 *
 * @throws {DataProblems} If it is damaged or cut off, or a column holds lists or records.
 */
export function readArrow(bytes: Uint8Array<ArrayBuffer>, file: string): Promise<ResponseTable> {
  return damagedBy(file, () => {
    checkEnd(bytes, file);
    const encode = () => {
      throw new Error("Only reading is meant here");
    };
    setCompressionCodec(CompressionType.LZ4_FRAME, { encode, decode: decodeLz4Frame });
    setCompressionCodec(CompressionType.ZSTD, {
      encode,
      decode: (packed: Uint8Array, length = 0) => decompressZstd(packed, new Uint8Array(length)),
    });
    const table = tableFromIPC(bytes, { useDate: true, useBigInt: true });
    checkRows(table.numRows, bytes.length, file);
    const columns = table.names.map((name) =>
      Array.from(table.getChild(name) ?? [], (value) => asText(value, String(name), file))
    );
    return responseTable(table.names.map(String), columns);
  });
}

/** A stream may be cut off between two of its parts without a trace, but for the mark at its end. */
function checkEnd(bytes: Uint8Array, file: string) {
  if (bytes[0] === 0xff && bytes.subarray(-8).toHex() !== "ffffffff00000000") {
    throw new DataProblems(file, [
      problem("half_written", "the mark that ends an Arrow stream; its last part is missing"),
    ]);
  }
}
