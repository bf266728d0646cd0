import { Worker } from "node:worker_threads";
import { DataProblems, type Problem, problem } from "../problem.ts";
import type { Source } from "./source.ts";

/** What the worker is given: a file, by its path or, where it has none, by its bytes. */
export interface Task {
  readonly format: "parquet" | "arrow";
  readonly file: string;
  readonly path: string | null;
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  /** What is wanted of it, as the format's reader says it. */
  readonly plan: unknown;
}

/** What the worker says: a part of what it read, that it is done, or what is wrong with the file. */
export type Message<Part> =
  | { readonly part: Part }
  | { readonly done: true }
  | { readonly problems: readonly Problem[] };

/** Seconds that reading may take at least, and more for every megabyte. */
const SECONDS = 30, SECONDS_PER_MB = 5;
/** Megabytes of memory that reading may take at least, and more for every megabyte of the file. */
const MEMORY = 512, MEMORY_PER_MB = 64;

/**
 * Reads a file in a thread of its own, with a limit of memory and time: the libraries for these formats
 * trust every number in a file, so that a damaged one could fill the memory or never come to an end.
 *
 * @param onPart Is given what the thread reads, in order.
 * @param plan What is wanted of the file.
 * @throws {DataProblems} If the file is damaged, or takes more than any file of its size should.
 */
export async function readIsolated<Part>(
  format: Task["format"],
  source: Source,
  onPart: (part: Part) => void,
  plan: unknown = null,
): Promise<void> {
  const megabytes = source.size / 2 ** 20;
  const path = source.path === null ? null : String(source.path);
  const task: Task = {
    format,
    file: source.name,
    path,
    bytes: path === null ? source.whole() : null,
    plan,
  };
  const worker = new Worker(new URL("./isolated_worker.ts", import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: Math.ceil(MEMORY + MEMORY_PER_MB * megabytes) },
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const refuse = (reason: string) =>
        reject(
          new DataProblems(source.name, [
            problem("damaged", "content that can be read", { value: reason }),
          ]),
        );
      worker.on("message", (message: Message<Part>) => {
        try {
          if ("problems" in message) reject(new DataProblems(source.name, message.problems));
          else if ("part" in message) onPart(message.part);
          else resolve();
        } catch (error) {
          reject(error);
        }
      });
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
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
