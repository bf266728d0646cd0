import { chunkOf, type ParquetFile } from "./parquet_file.ts";
import type { Decompressors, ParquetPlan } from "./parquet_part.ts";
import { ParquetTaking } from "./parquet_taking.ts";
import { type ParquetTask, type TaskAnswer, taskReader } from "./parquet_task.ts";
import { ParquetThreads } from "./parquet_threads.ts";
import type { Sink } from "./receiver.ts";
import { HASHES, SKIP, TEXTS } from "./scan_plan.ts";
import type { Source } from "./source.ts";

/** From so many respondents on threads help, which take a moment to start. */
const MANY = 200_000;
/** More threads than that would wait for the one that takes what they read. */
const MOST_THREADS = 4;
/** A task has so many values, or one column. */
const VALUES = 2_000_000;
/** Whoever is so many parts ahead of the others lends them a hand. */
const AHEAD = 4;
/** But not for fewer tasks: it takes a thread some time to be quick at what it has not done yet. */
const WORTH = 6;

/** How {@link readShared} may be told to work. */
export interface ShareOptions {
  readonly many?: number;
  /** Number of threads, this one included. */
  readonly threads?: number;
}

/** Thrown where somebody has no id, and may be a row without any value, which is no respondent. */
export class NobodyInRow extends Error {}

/**
 * Reads a Parquet file with a column of ids in this thread and, where it is large, in others beside it.
 *
 * @throws {NobodyInRow} If somebody has no id.
 * @throws {UnusualPage} If there is a page that only the library can read.
 * @throws {DataProblems} If the file is damaged.
 * @throws {Error} Whatever else a damaged file leads to.
 */
export async function readShared(
  source: Source,
  file: ParquetFile,
  { kinds, prefix }: ParquetPlan,
  sinks: readonly (Sink | null)[],
  decompressors: Decompressors,
  {
    many = MANY,
    threads = Math.min(MOST_THREADS, navigator.hardwareConcurrency),
  }: ShareOptions = {},
): Promise<void> {
  const beside = file.rows >= many && source.path !== null ? threads - 1 : 0;
  const taking = new ParquetTaking(file, sinks);
  const [ids, answers] = tasksOf(source, file, kinds);
  const take = ({ group, columns }: ParquetTask, answer: TaskAnswer) => {
    for (const [i, column] of answer.entries()) {
      if ("hashes" in column && !column.isComplete) throw new NobodyInRow();
      taking.take(group, columns[i]!.position, column);
    }
  };
  /** Ids and answers take about as long as each other; two threads begin at different ones. */
  const nextOf = (own: ParquetTask[], others: ParquetTask[]) => (): ParquetTask | null => {
    const [a, b] = [own.at(-1), others.at(-1)];
    const isAhead = b && (!a || a.group > b.group + AHEAD);
    const lendsHand = isAhead && (beside === 0 || others.length >= WORTH);
    const task = lendsHand ? others.pop() : own.pop();
    if (!task) return null;
    const rooms = task.columns.map(({ kind, chunk: { rows } }) =>
      kind === TEXTS ? taking.room(rows) : kind === HASHES ? taking.room(8 * rows) : null
    );
    return { ...task, rooms };
  };
  const all = { file: source.name, prefix, codecs: [...decompressors.keys()] };
  const team = beside > 0
    ? new ParquetThreads(beside, source.path!, all, nextOf(ids, answers), take)
    : null;
  try {
    const read = await taskReader(
      all,
      (from, into) => source.copy(from, into),
      (group, position, rows) => taking.bytes(group, position, rows),
    );
    const next = nextOf(answers, ids);
    for (let task = next(); task; task = next()) {
      take(task, read(task));
      // What the others have read can be taken meanwhile.
      await team?.turn();
    }
    // While the others are still at their work: whoever wants the survey wants this too.
    if (team) await source.sha256();
    await team?.finish();
  } finally {
    team?.end();
  }
}

/** The tasks of a file, the last first: those for the ids, and those for anything else. */
function tasksOf(
  source: Source,
  file: ParquetFile,
  kinds: readonly number[],
): [ids: ParquetTask[], answers: ParquetTask[]] {
  const [ids, answers]: [ParquetTask[], ParquetTask[]] = [[], []];
  for (const [group, rows] of file.groups.entries()) {
    const columns = kinds
      .map((kind, position) => ({ kind, position }))
      .filter(({ kind }) => kind !== SKIP)
      .map((column) => ({ ...column, chunk: chunkOf(source, file, group, column.position) }));
    const each = Math.max(1, Math.floor(VALUES / Math.max(1, rows)));
    const others = columns.filter(({ kind }) => kind !== HASHES);
    for (let i = 0; i < others.length; i += each) {
      answers.push({ group, columns: others.slice(i, i + each), rooms: [] });
    }
    ids.push({ group, columns: columns.filter(({ kind }) => kind === HASHES), rooms: [] });
  }
  return [ids.reverse(), answers.reverse()];
}
