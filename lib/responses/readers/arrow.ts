import { Worker } from "node:worker_threads";
import { DataProblems, type Problem, problem } from "../problem.ts";
import { type CellText, type ResponseTable, responseTable } from "./response_table.ts";

/** What the thread is given. */
export interface ArrowTask {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly file: string;
}

/** What the thread says: what it read, or what is wrong with the file. */
export type ArrowTold =
  | {
    readonly header: readonly string[];
    readonly columns: readonly (readonly CellText[])[];
    /** Columns that cannot be read, by position. */
    readonly unread: ReadonlyMap<number, Problem>;
    readonly notes: readonly Problem[];
  }
  | { readonly problems: readonly Problem[] };

/** Seconds that reading may take at least, and more for every megabyte. */
const SECONDS = 30, SECONDS_PER_MB = 5;
/** Megabytes of memory that reading may take at least, and more for every megabyte of the file. */
const MEMORY = 512, MEMORY_PER_MB = 64;

/**
 * Reads Arrow: IPC files (Feather version 2) and streams, plain or compressed with LZ4 or Zstandard.
 *
 * It is done in a thread with a limit of memory and time: the library trusts every number in a file, so
 * that a damaged one could fill the memory or never come to an end.
 *
 * @throws {DataProblems} If it is damaged, cut off in the middle of a part, or big-endian.
 */
export async function readArrow(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
): Promise<ResponseTable> {
  const megabytes = bytes.length / 2 ** 20;
  const worker = new Worker(new URL("./arrow_thread.ts", import.meta.url), {
    workerData: { bytes, file } satisfies ArrowTask,
    resourceLimits: { maxOldGenerationSizeMb: Math.ceil(MEMORY + MEMORY_PER_MB * megabytes) },
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const told = await new Promise<ArrowTold>((resolve, reject) => {
      const refuse = (value: string) =>
        resolve({ problems: [problem("damaged", "content that can be read", { value })] });
      worker.once("message", resolve);
      worker.once("error", (error: Error) => {
        if (/memory/i.test(error.message)) refuse("it would fill the memory");
        else reject(error);
      });
      const seconds = SECONDS + SECONDS_PER_MB * megabytes;
      timer = setTimeout(() => refuse("reading it does not come to an end"), 1000 * seconds);
    });
    if ("problems" in told) throw new DataProblems(file, told.problems);
    const { unread, notes } = told;
    return { ...responseTable(told.header, told.columns), unread, notes };
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
