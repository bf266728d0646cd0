import { readIsolated } from "./isolated.ts";
import { type PackedColumn, unpackColumn } from "./packed_column.ts";
import { responseTable } from "./reader.ts";
import type { Source } from "./source.ts";
import type { Reader } from "./reader.ts";
import { handOn } from "./whole_reader.ts";

/** Arrow: IPC files (Feather version 2) and streams, plain or compressed with LZ4 or Zstandard. */
export const arrow: Reader = {
  async read(source: Source, begin) {
    let read: { header: readonly string[]; columns: readonly PackedColumn[] } | null = null;
    await readIsolated<NonNullable<typeof read>>("arrow", source, (part) => {
      read = part;
    });
    const { header, columns } = read ?? { header: [], columns: [] };
    return handOn(responseTable(header, columns.map(unpackColumn)), begin);
  },
};
