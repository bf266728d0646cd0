import { readIsolated } from "./isolated.ts";
import { unpackColumn } from "./packed_column.ts";
import { type Reader, responseTable } from "./reader.ts";
import { wholeReader } from "./whole_reader.ts";

/** Parquet, in any of its encodings and compressions. */
export const parquet: Reader = columnar("parquet");

/** Arrow: IPC files (Feather version 2) and streams, plain or compressed with LZ4 or Zstandard. */
export const arrow: Reader = columnar("arrow");

function columnar(format: "parquet" | "arrow"): Reader {
  return wholeReader({
    async read(bytes, file) {
      const { header, columns } = await readIsolated({ format, bytes, file });
      return responseTable(header, columns.map(unpackColumn));
    },
  });
}
