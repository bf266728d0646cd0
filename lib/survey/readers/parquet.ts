import { damaged, damagedBy } from "./damaged.ts";
import { type Reader, responseTable } from "./reader.ts";
import { asText } from "./value_as_text.ts";

/** Parquet, in any of its encodings and compressions. */
export const parquet: Reader = {
  async read(bytes, file) {
    const { parquetMetadata, parquetRead } = await import("hyparquet");
    const { compressors } = await import("hyparquet-compressors");
    const { buffer } = bytes;
    return await damagedBy(file, async () => {
      const metadata = parquetMetadata(buffer);
      const rows = Number(metadata.num_rows);
      const counted = metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
      if (rows !== counted) {
        throw damaged(file, `${rows} respondents, as the file says, but its parts have ${counted}`);
      }
      const header = metadata.schema.filter((_, i) => i > 0)
        .slice(0, metadata.schema[0]?.num_children).map(({ name }) => name);
      const read: unknown[][] = [];
      await parquetRead({
        file: { byteLength: bytes.byteLength, slice: (from, to) => buffer.slice(from, to) },
        metadata,
        compressors,
        onComplete: (all) => read.push(...all),
      });
      if (read.length !== rows) {
        throw damaged(file, `${rows} respondents, as the file says, but there are ${read.length}`);
      }
      const columns = header.map((name, c) => read.map((row) => asText(row[c], name, file)));
      return responseTable(header, columns);
    });
  },
};
