import { readIsolated } from "./isolated.ts";
import type {
  ParquetColumn,
  ParquetHeader,
  ParquetPart,
  ParquetPlan,
  textsOf,
} from "./parquet_columns.ts";
import type { Reader, ReadFile } from "./reader.ts";
import type { Begin, Sink } from "./receiver.ts";
import { HASHES, NUMBERS, SKIP, TEXTS } from "./scan_plan.ts";
import type { Source } from "./source.ts";

/** From so many respondents on several threads share the parts of a file. */
const MANY = 2_000_000;
/** More threads than that would wait for the one that takes what they read. */
const MOST_THREADS = 4;

/** Parquet, in any of its encodings and compressions. */
export const parquet: Reader = { read: (source, begin) => readParquet(source, begin) };

/**
 * Reads a Parquet file.
 *
 * @param many From so many respondents on several threads share the work.
 * @throws {DataProblems} If the file is damaged.
 */
export async function readParquet(
  source: Source,
  begin: Begin,
  { many = MANY, threads = Math.min(MOST_THREADS, navigator.hardwareConcurrency) } = {},
): Promise<ReadFile> {
  // For messages; it is loaded while the threads read.
  const loading = import("./parquet_columns.ts");
  const end = new AbortController();
  const others: Promise<void>[] = [];
  let taken: Taking | null = null as Taking | null;
  const read = (share: number): Promise<void> =>
    readIsolated<ParquetHeader | ParquetPart, ParquetPlan>("parquet", source, (part, answer) => {
      if (!("header" in part)) {
        taken?.take(part);
        return;
      }
      if (!taken) {
        const shares = part.rows < many ? 1 : Math.max(1, Math.min(threads, part.groups));
        taken = new Taking(part, begin(part.header), shares);
        for (let other = 1; other < shares; other++) {
          others.push(read(other));
          // It is waited for below, when the first is done.
          others.at(-1)?.catch(() => {});
        }
      }
      answer(taken.planOf(share));
    }, end.signal);
  try {
    await read(0);
    await Promise.all(others);
  } finally {
    end.abort(new Error("Another thread has found what is wrong"));
  }
  if (!taken) throw new Error(`Nothing was read of ${source.name}`);
  return taken.readFile(new LateTexts(source, taken.groups, await loading));
}

/** Takes the parts of a file, in whatever order they come, and hands them on in that of the file. */
class Taking {
  readonly groups: number[] = [];
  readonly #waiting = new Map<number, ParquetPart>();
  /** The rows of the file that are left out, in order. */
  readonly #dropped: number[] = [];
  #respondents = 0;
  #rows = 0;

  constructor(
    private readonly header: ParquetHeader,
    private readonly sinks: readonly (Sink | null)[],
    private readonly shares: number,
  ) {
    for (const sink of sinks) sink?.expect?.(header.rows);
  }

  planOf(share: number): ParquetPlan {
    const { sinks, shares } = this;
    const prefix = sinks.find((sink) => sink?.hashes)?.hashes?.prefix ?? "";
    return { kinds: sinks.map(kindOf), prefix, share, shares };
  }

  take(part: ParquetPart): void {
    this.#waiting.set(part.group, part);
    for (;;) {
      const next = this.#waiting.get(this.groups.length);
      if (!next) return;
      this.#waiting.delete(next.group);
      this.#hand(next);
    }
  }

  #hand({ rows, dropped, columns }: ParquetPart) {
    columns.forEach((column, i) =>
      column && hand(column, this.sinks[i] ?? null, this.#respondents)
    );
    for (const row of dropped) this.#dropped.push(this.#rows + row);
    this.groups.push(rows + dropped.length);
    this.#respondents += rows;
    this.#rows += rows + dropped.length;
  }

  readFile(texts: LateTexts): ReadFile {
    const rowOf = (respondent: number) => {
      let row = respondent;
      for (const one of this.#dropped) {
        if (one > row) break;
        row++;
      }
      return row;
    };
    return {
      header: this.header.header,
      respondents: this.#respondents,
      lineOf: () => null,
      textOf: (respondent, position) => texts.at(rowOf(respondent), position),
    };
  }
}

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
