import { damagedBy } from "./damaged.ts";
import { readIsolated } from "./isolated.ts";
import { chunkOf, type ParquetFile, parquetFile } from "./parquet_file.ts";
import { UnusualPage } from "./parquet_pages.ts";
import { decompressorsOf, type ParquetPart, type ParquetPlan, partOf } from "./parquet_part.ts";
import { NobodyInRow, readShared, type ShareOptions } from "./parquet_shared.ts";
import { handColumn } from "./parquet_taking.ts";
import { ParquetValues } from "./parquet_values.ts";
import type { Reader, ReadFile } from "./reader.ts";
import type { Begin, Sink } from "./receiver.ts";
import { HASHES, sinkKind, SKIP } from "./scan_plan.ts";
import type { Source } from "./source.ts";

/** Parquet, in any of its encodings and compressions. */
export const parquet: Reader = { read: (source, begin) => readParquet(source, begin) };

/**
 * Reads a Parquet file: texts and numbers in the usual encodings here and in threads beside, anything
 * else with the library in a thread of its own.
 *
 * @param options For tests: see {@link readShared}.
 * @throws {DataProblems} If the file is damaged.
 */
export function readParquet(
  source: Source,
  begin: Begin,
  options?: ShareOptions,
): Promise<ReadFile> {
  return damagedBy(source.name, async () => {
    const file = parquetFile(source);
    const { header } = file;
    const decompressors = await decompressorsOf(file);
    const readFile = (dropped: readonly number[], library: Library) => ({
      header,
      respondents: file.rows - dropped.length,
      lineOf: () => null,
      textOf: valuesOf(new ParquetValues(source, file, { decompressors, library }), dropped),
    });
    const start = () => {
      const sinks = begin(header);
      const kinds = sinks.map(sinkKind);
      const prefix = sinks.find((sink) => sink?.hashes)?.hashes?.prefix ?? "";
      return { sinks, plan: { kinds, prefix } };
    };
    let { sinks, plan } = start();
    if (isUsual(source, file, plan)) {
      try {
        if (plan.kinds.includes(HASHES)) {
          await readShared(source, file, plan, sinks, decompressors, options);
          return readFile([], null);
        }
      } catch (error) {
        if (!(error instanceof UnusualPage || error instanceof NobodyInRow)) throw error;
        ({ sinks, plan } = start());
      }
      try {
        const parts = new Parts(file, sinks);
        for (const group of file.groups.keys()) {
          parts.take(partOf(source, file, group, { ...plan, decompressors, library: null }));
        }
        return readFile(parts.dropped, null);
      } catch (error) {
        if (!(error instanceof UnusualPage)) throw error;
        ({ sinks, plan } = start());
      }
    }
    const parts = new Parts(file, sinks);
    await readIsolated<ParquetPart>("parquet", source, (part) => parts.take(part), plan);
    return readFile(parts.dropped, (await import("./parquet_library.ts")).libraryPages);
  });
}

type Library = ConstructorParameters<typeof ParquetValues>[2]["library"];

/** Whether the columns that are wanted hold nothing but what can be read without the library. */
function isUsual(source: Source, file: ParquetFile, { kinds }: ParquetPlan): boolean {
  return kinds.every((kind, position) =>
    kind === SKIP ||
    file.groups.every((_, group) => chunkOf(source, file, group, position).type !== null)
  );
}

/** Hands on the parts of a file, in order, without their rows that are left out. */
class Parts {
  /** The rows of the file that are left out, in order. */
  readonly dropped: number[] = [];
  #respondents = 0;
  #rows = 0;

  constructor({ rows }: ParquetFile, private readonly sinks: readonly (Sink | null)[]) {
    for (const sink of sinks) sink?.expect?.(rows);
  }

  take({ rows, dropped, columns }: ParquetPart): void {
    columns.forEach((column, i) =>
      column && handColumn(column, this.sinks[i] ?? null, this.#respondents)
    );
    for (const row of dropped) this.dropped.push(this.#rows + row);
    this.#respondents += rows;
    this.#rows += rows + dropped.length;
  }
}

/** The texts of respondents in a column, where some rows are none. */
function valuesOf(values: ParquetValues, dropped: readonly number[]): ReadFile["textOf"] {
  return (respondent, position) => {
    let row = respondent;
    for (const one of dropped) {
      if (one > row) break;
      row++;
    }
    return values.at(row, position);
  };
}
