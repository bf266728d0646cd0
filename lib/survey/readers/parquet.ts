import { readIsolated } from "./isolated.ts";
import type {
  ParquetColumn,
  ParquetHeader,
  ParquetPart,
  ParquetPlan,
  textsOf,
} from "./parquet_columns.ts";
import type { Reader } from "./reader.ts";
import type { Begin, Sink } from "./receiver.ts";
import { HASHES, NUMBERS, SKIP, TEXTS } from "./scan_plan.ts";
import type { Source } from "./source.ts";

/** Parquet, in any of its encodings and compressions. */
export const parquet: Reader = {
  async read(source: Source, begin: Begin) {
    let [header, sinks]: [readonly string[], readonly (Sink | null)[]] = [[], []];
    let [respondents, rows] = [0, 0];
    /** The rows of the file that are left out, in order. */
    const dropped: number[] = [];
    const groups: number[] = [];
    // For messages; it is loaded while the thread reads.
    const loading = import("./parquet_columns.ts");
    await readIsolated<ParquetHeader | ParquetPart, ParquetPlan>(
      "parquet",
      source,
      (part, answer) => {
        if ("header" in part) {
          header = part.header;
          sinks = begin(header);
          for (const sink of sinks) sink?.expect?.(part.rows);
          const prefix = sinks.find((sink) => sink?.hashes)?.hashes?.prefix ?? "";
          answer({ kinds: sinks.map(kindOf), prefix });
          return;
        }
        part.columns.forEach((column, i) => column && hand(column, sinks[i] ?? null, respondents));
        for (const row of part.dropped) dropped.push(rows + row);
        groups.push(part.rows + part.dropped.length);
        respondents += part.rows;
        rows += part.rows + part.dropped.length;
      },
    );
    const texts = new LateTexts(source, groups, await loading);
    const rowOf = (respondent: number) => {
      let row = respondent;
      for (const one of dropped) {
        if (one > row) break;
        row++;
      }
      return row;
    };
    return {
      header,
      respondents,
      lineOf: () => null,
      textOf: (respondent, position) => texts.at(rowOf(respondent), position),
    };
  },
};

function kindOf(sink: Sink | null): number {
  if (!sink) return SKIP;
  return sink.hashes ? HASHES : sink.numbers ? NUMBERS : TEXTS;
}

function hand(column: ParquetColumn, sink: Sink | null, row: number) {
  if ("hashes" in column) sink?.hashes?.take(row, column.hashes, column.withPrefix);
  else if ("numbers" in column) sink?.numbers?.(row, column.numbers);
  else sink?.texts(row, { dictionary: { texts: [...column.texts] }, places: column.places });
}

/** Finds single values again, for messages. */
class LateTexts {
  #found: { group: number; position: number; read: ReturnType<typeof textsOf> } | null = null;

  constructor(
    private readonly source: Source,
    private readonly groups: readonly number[],
    private readonly library: typeof import("./parquet_columns.ts"),
  ) {}

  at(row: number, position: number): string | null {
    let [group, first] = [0, 0];
    while (group < this.groups.length && row >= first + this.groups[group]!) {
      first += this.groups[group++]!;
    }
    if (group >= this.groups.length) return null;
    if (this.#found?.group !== group || this.#found.position !== position) {
      const [, file] = this.library.parquetHeaderPart(this.source);
      const read = this.library.textsOf(this.source, file, group, position);
      this.#found = { group, position, read };
    }
    const { texts, places } = this.#found.read;
    return texts[places[row - first] ?? 0] ?? null;
  }
}
