import type { ParquetFile } from "./parquet_file.ts";
import { columnAt, type PartTools } from "./parquet_part.ts";
import { TEXTS } from "./scan_plan.ts";
import type { Source } from "./source.ts";

/** Finds single values of a Parquet file again, for messages. */
export class ParquetValues {
  #found: { group: number; position: number; textAt: (row: number) => string | null } | null = null;

  constructor(
    private readonly source: Source,
    private readonly file: ParquetFile,
    private readonly tools: PartTools,
  ) {}

  /** The text of a row of the file (from 0) in a column; null where there is none. */
  at(row: number, position: number): string | null {
    const { groups } = this.file;
    let [group, first] = [0, 0];
    while (group < groups.length && row >= first + groups[group]!) {
      first += groups[group++]!;
    }
    if (group >= groups.length) return null;
    if (this.#found?.group !== group || this.#found.position !== position) {
      this.#found = { group, position, textAt: this.#read(group, position) };
    }
    return this.#found.textAt(row - first);
  }

  #read(group: number, position: number) {
    const wanted = { kind: TEXTS, prefix: "", filled: null };
    const read = columnAt(this.source, this.file, group, position, this.tools, wanted);
    if (!("places" in read)) throw new Error("A column of texts has none");
    const { texts, places } = read;
    return (row: number) => texts[places[row] ?? 0] ?? null;
  }
}
