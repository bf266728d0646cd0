import { DataProblems } from "../problem.ts";
import { UnusualPage } from "./parquet_pages.ts";
import type { ParquetTask, ParquetTasks, TaskAnswer } from "./parquet_task.ts";
import { Turns } from "./turns.ts";
import type { ThreadMessage, ThreadPlan } from "./parquet_worker.ts";

/** So many tasks a thread has at once, so that it need not wait for the next. */
const AT_ONCE = 2;

/** Threads that read columns of a Parquet file beside this one. */
export class ParquetThreads {
  readonly #workers: Worker[];
  readonly #turns = new Turns();
  readonly #done = Promise.withResolvers<void>();
  #underway = 0;
  #isDone = false;

  /**
   * @param count Number of threads.
   * @param next Says what is to be read next; null where all is given out.
   * @param take Is given what was read.
   */
  constructor(
    count: number,
    path: string | URL,
    tasks: ParquetTasks,
    next: () => ParquetTask | null,
    take: (task: ParquetTask, answer: TaskAnswer) => void,
  ) {
    // It is waited for at the end; this thread may still be at its own part of the work then.
    this.#done.promise.catch(() => {});
    this.#workers = Array.from({ length: count }, () => {
      const worker = new Worker(new URL("./parquet_worker.ts", import.meta.url), {
        type: "module",
      });
      const given: ParquetTask[] = [];
      const give = () => {
        const task = next();
        if (!task) return;
        given.push(task);
        this.#underway++;
        worker.postMessage(task, task.rooms.filter((room) => room !== null));
      };
      worker.onmessage = ({ data }: MessageEvent<ThreadMessage>) => {
        const task = given.shift();
        this.#underway--;
        try {
          if ("problems" in data) throw new DataProblems(tasks.file, data.problems);
          if ("unusual" in data) throw new UnusualPage();
          // What is taken may leave memory for the next.
          if (task) take(task, data.answer);
          give();
        } catch (error) {
          this.#done.reject(error);
        }
        this.#settle();
      };
      worker.onerror = (event) => {
        event.preventDefault();
        this.#done.reject(new Error(`A thread that reads came to an end: ${event.message}`));
      };
      worker.postMessage({ ...tasks, path: String(path) } satisfies ThreadPlan);
      for (let i = 0; i < AT_ONCE; i++) give();
      return worker;
    });
  }

  /** Lets this thread take what the others have read by now. */
  async turn(): Promise<void> {
    await this.#turns.next();
  }

  /** Waits until everything that was given out is read. */
  async finish(): Promise<void> {
    this.#isDone = true;
    this.#settle();
    await this.#done.promise;
  }

  /** Ends the threads, whatever they are at. */
  end(): void {
    for (const worker of this.#workers) worker.terminate();
    this.#turns.end();
  }

  #settle() {
    if (this.#isDone && this.#underway === 0) this.#done.resolve();
  }
}
