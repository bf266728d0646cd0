import { Worker } from "node:worker_threads";
import { DataProblems, type Problem, problem } from "../problem.ts";
import type { readArrowColumns } from "./arrow_columns.ts";
import { type ResponseTable, responseTable } from "./response_table.ts";
import type { readSheets } from "./sheets.ts";

/** What is read in a thread. */
export interface Apart {
  readonly arrow: typeof readArrowColumns;
  readonly workbook: typeof readSheets;
}

/** What the thread is given, and what it says. */
export interface ApartTask {
  readonly kind: keyof Apart;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly file: string;
}
export type ApartTold = { readonly read: unknown } | { readonly problems: readonly Problem[] };

/** Seconds that reading may take at least, and more for every megabyte. */
const SECONDS = 30, SECONDS_PER_MB = 5;
/** Megabytes of memory that reading may take at least, and more for every megabyte of the file. */
const MEMORY = 512, MEMORY_PER_MB = 64;

/**
 * Reads a file in a thread with a limit of memory and time, since a damaged one could fill the memory or
 * never come to an end.
 *
 * @throws {DataProblems} If it is damaged.
 */
export async function readApart<K extends keyof Apart>(
  kind: K,
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
): Promise<Awaited<ReturnType<Apart[K]>>> {
  const megabytes = bytes.length / 2 ** 20;
  const worker = new Worker(new URL("./apart_thread.ts", import.meta.url), {
    workerData: { kind, bytes, file } satisfies ApartTask,
    resourceLimits: { maxOldGenerationSizeMb: Math.ceil(MEMORY + MEMORY_PER_MB * megabytes) },
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const told = await new Promise<ApartTold>((resolve, reject) => {
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
    return told.read as Awaited<ReturnType<Apart[K]>>;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

/** Reads Arrow files and streams: {@link readArrowColumns} in a thread. */
export async function readArrow(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
): Promise<ResponseTable> {
  const { header, columns, unread, notes } = await readApart("arrow", bytes, file);
  return { ...responseTable(header, columns, undefined, unread), notes };
}
