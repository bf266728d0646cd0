import { Worker } from "node:worker_threads";
import { DataProblems, type Problem, problem } from "../problem.ts";
import type { PackedColumn } from "./packed_column.ts";

/** What the worker is given. */
export interface Task {
  readonly format: "parquet" | "arrow";
  readonly bytes: Uint8Array;
  readonly file: string;
}

/** What the worker answers. */
export type Answer =
  | { readonly header: readonly string[]; readonly columns: readonly PackedColumn[] }
  | { readonly problems: readonly Problem[] };

/** Seconds that reading may take at least, and more for every megabyte. */
const SECONDS = 30, SECONDS_PER_MB = 5;
/** Megabytes of memory that reading may take at least, and more for every megabyte of the file. */
const MEMORY = 512, MEMORY_PER_MB = 64;

/**
 * Reads a file in a thread of its own, with a limit of memory and time: the libraries for these formats
 * trust every number in a file, so that a damaged one could fill the memory or never come to an end.
 *
 * @returns Header and columns.
 * @throws {DataProblems} If the file is damaged, or takes more than any file of its size should.
 */
export async function readIsolated(
  task: Task,
): Promise<{ header: readonly string[]; columns: readonly PackedColumn[] }> {
  const megabytes = task.bytes.length / 2 ** 20;
  const worker = new Worker(new URL("./isolated_worker.ts", import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: Math.ceil(MEMORY + MEMORY_PER_MB * megabytes) },
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const answer = await new Promise<Answer>((resolve, reject) => {
      const refuse = (reason: string) =>
        resolve({ problems: [problem("damaged", "content that can be read", { value: reason })] });
      worker.once("message", resolve);
      worker.once(
        "error",
        (error: Error) =>
          /memory/i.test(error.message) ? refuse("it would fill the memory") : reject(error),
      );
      timer = setTimeout(
        () => refuse("reading it does not come to an end"),
        1000 * (SECONDS + SECONDS_PER_MB * megabytes),
      );
    });
    if ("problems" in answer) throw new DataProblems(task.file, answer.problems);
    return answer;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
