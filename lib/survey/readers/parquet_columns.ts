import { parquetMetadata, parquetRead } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { checkRows, damaged } from "./damaged.ts";
import { packColumn, type PackedColumn } from "./packed_column.ts";
import { asText, noAnswer } from "./value_as_text.ts";

/**
 * Reads the columns of a Parquet file.
 *
 * @throws {DataProblems} If its parts contradict each other, or a column holds lists or records.
 * @throws {Error} Whatever the library throws at a damaged file.
 */
export async function parquetColumns(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
): Promise<{ header: string[]; columns: PackedColumn[] }> {
  const { buffer } = bytes;
  const source = {
    byteLength: bytes.byteLength,
    slice: (from: number, to?: number) => buffer.slice(from, to),
  };
  const metadata = parquetMetadata(buffer);
  const rows = Number(metadata.num_rows);
  const groups = metadata.row_groups.map((group) => Number(group.num_rows));
  const counted = groups.reduce((sum, count) => sum + count, 0);
  if (rows !== counted) {
    throw damaged(file, `${rows} respondents, as the file says, but its parts have ${counted}`);
  }
  checkRows(rows, bytes.length, file);
  const [, ...fields] = metadata.schema;
  for (const { name, num_children, repetition_type } of fields) {
    if (num_children || repetition_type === "REPEATED") throw noAnswer(name, file);
  }
  const header = fields.map(({ name }) => name);
  const columns: PackedColumn[] = [];
  for (const name of header) {
    const values: (string | null)[] = [];
    let rowStart = 0;
    for (const count of groups) {
      // One part of one column at a time: of several at once that are damaged, the library reports
      // the first, and the others end the program.
      await parquetRead({
        file: source,
        metadata,
        compressors,
        columns: [name],
        rowStart,
        rowEnd: rowStart + count,
        onComplete: (read) => {
          for (const [value] of read) values.push(asText(value, name, file));
        },
      });
      rowStart += count;
    }
    if (values.length !== rows) {
      throw damaged(file, `${rows} values in column ${name}, but there are ${values.length}`);
    }
    columns.push(packColumn(values));
  }
  return { header, columns };
}
